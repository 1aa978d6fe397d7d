"""Finding the source files below the paths a user names.

Skipped without being opened: hidden folders, and those below, whose content nobody here wrote. ``dist``, ``build`` and
``out`` are not among them: such a folder is in a gitignore file where it is generated, and sources where it is not.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.errors import UnreadableFileError
from analyzer.project.ignoring import GITIGNORE, Ignoring, ignoring_at, spec_of
from analyzer.source import SUFFIXES

MARKERS = (b"WorkflowEntrypoint", b"AgentWorkflow", b"ThinkWorkflow")
"""A file without any of these bytes, or the name of a configured base, declares no entrypoint."""

SKIPPED_FOLDERS = frozenset({"node_modules", "bower_components", "__pycache__", "site-packages", "python_modules"})
"""Folders of installed packages and of bytecode (``python_modules``: where pywrangler installs)."""

Skipped: TypeAlias = Callable[[str, str], object]
"""Is told each path that is left out, and why in words."""

_VIRTUAL_ENVIRONMENT = "pyvenv.cfg"
_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
_ENDINGS = tuple(SUFFIXES)
_CHUNK = 1 << 16
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_NO_BASE = "names no entrypoint base"
_GLOB = re.compile(r"[*?\[]")


def find_sources(
    paths: Iterable[str], settings: Settings = DEFAULT_SETTINGS, skipped: Skipped = lambda path, reason: None
) -> Iterator[str]:
    """The source files among and below paths, sorted within each folder, every file once.

    A path may be a glob pattern (``**``: any folders). A file named in ``paths`` is given whatever it is; below a folder or
    by a pattern only files that may hold an entrypoint, and those of which that cannot be said because they cannot be
    read. Raises UnreadableFileError for a path that does not exist, before the first file is given.
    """
    starts = [_start(path) for path in paths]
    search = _Search(settings, skipped)
    return _unique(path for start in starts for path in _files(search, start))


def find_named(root: str, names: Container[str], settings: Settings = DEFAULT_SETTINGS) -> Iterator[str]:
    """The files of certain names below a folder, by the same rules, sorted within each folder."""
    return _Search(settings, lambda path, reason: None).named(root, names)


class _Start(NamedTuple):
    """A file, or a folder of which, with a pattern, only some paths are wanted."""

    path: str
    is_folder: bool
    pattern: str | None = None


def _start(path: str) -> _Start:
    if os.path.exists(path):
        return _Start(path, os.path.isdir(path))
    pattern = _GLOB.search(path)
    folder = os.path.dirname(path[: pattern.start()]) or ("/" if path.startswith("/") else ".") if pattern else ""
    if not os.path.isdir(folder):
        raise UnreadableFileError(path, "no such file or directory")
    return _Start(folder, True, "/" + os.path.relpath(path, folder).replace(os.sep, "/"))


def _files(search: _Search, start: _Start) -> Iterator[str]:
    if not start.is_folder:
        yield start.path
    elif start.pattern is None:
        yield from search.below(start.path)
    else:
        spec = spec_of([start.pattern])
        yield from (path for path in search.below(start.path) if spec.match_file(os.path.relpath(path, start.path)))


def _unique(paths: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path


class _Folder(NamedTuple):
    """A folder and what is in it. Its path, and that from the root, end in a slash or are empty."""

    path: str
    inner: str
    ignoring: Ignoring
    entries: list[os.DirEntry[str]]


class _Search:
    """Walks folders and searches files. What runs once a file is kept bare: there may be a hundred thousand of them."""

    def __init__(self, settings: Settings, skipped: Skipped) -> None:
        names = (base.rpartition(".")[2].encode() for base, _ in settings.entrypoint_bases)
        self.markers = tuple(dict.fromkeys((*MARKERS, *names)))
        self.wide = {
            bom: tuple(marker.decode().encode(codec) for marker in self.markers)
            for bom, codec in ((BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
        }
        self.settings, self.skipped = settings, skipped

    def below(self, root: str) -> Iterator[str]:
        """The files below a folder that may hold an entrypoint."""
        for path, inner, ignoring, entries in self.walk(root):
            for entry in entries:
                name = entry.name
                if not name.lower().endswith(_ENDINGS) or name.endswith(_DECLARATIONS) or _is_folder(entry, path):
                    continue
                reason = self.reason(entry, path + name) or ignoring.reason(inner + name)
                if reason is None:
                    yield path + name
                else:
                    self.skipped(path + name, reason)

    def named(self, root: str, names: Container[str]) -> Iterator[str]:
        """The files below a folder that have one of these names."""
        for path, inner, ignoring, entries in self.walk(root):
            for entry in entries:
                if entry.name in names and os.path.isfile(path + entry.name) and ignoring.reason(inner + entry.name) is None:
                    yield path + entry.name

    def walk(self, root: str) -> Iterator[_Folder]:
        """The folders below and at a root that are searched, each before those in it."""
        folder = os.path.dirname(self.settings.path) if self.settings.path is not None else None
        path = os.path.normpath(root)
        start = "" if path == "." else path.rstrip(os.sep) + os.sep
        stack = [(start, "", ignoring_at(root, self.settings.exclude, folder))]
        while stack:
            path, inner, ignoring = stack.pop()
            entries = self.entries(path, inner)
            if any(entry.name == GITIGNORE for entry in entries):
                ignoring = ignoring.below(path + GITIGNORE, inner)
            folders = [entry.name for entry in entries if self.is_walked(entry, path, inner, ignoring)]
            stack += ((f"{path}{name}{os.sep}", f"{inner}{name}/", ignoring) for name in reversed(folders))
            yield _Folder(path, inner, ignoring, entries)

    def is_walked(self, entry: os.DirEntry[str], path: str, inner: str, ignoring: Ignoring) -> bool:
        name = entry.name
        if not _is_folder(entry, path):
            return False
        is_link = entry.is_symlink()
        reason = "a link to a folder" if is_link else _unwanted(name) or ignoring.reason(f"{inner}{name}/")
        if reason is not None:
            self.skipped(path + name, reason)
        return reason is None

    def entries(self, path: str, inner: str) -> list[os.DirEntry[str]]:
        """What is in a folder, sorted; nothing if it cannot be read or is a virtual environment."""
        try:
            with os.scandir(path or ".") as found:
                entries = sorted(found, key=_name)
        except OSError as error:
            self.skipped(path.rstrip(os.sep) or ".", error.strerror or "cannot be read")
            return []
        if inner and any(entry.name == _VIRTUAL_ENVIRONMENT for entry in entries):
            self.skipped(path.rstrip(os.sep), "a virtual environment")
            return []
        return entries

    def reason(self, entry: os.DirEntry[str], path: str) -> str | None:
        """Why a file need not be analyzed, or None. One that cannot be opened is given, so that it is reported."""
        if not entry.is_file(follow_symlinks=False) and not os.path.isfile(path):
            return "no regular file, or a broken link"
        try:
            descriptor = os.open(path, _READ)
        except OSError:
            return None
        try:
            return self.search(descriptor)
        except OSError:
            return None
        finally:
            os.close(descriptor)

    def search(self, descriptor: int) -> str | None:
        data = os.read(descriptor, _CHUNK)
        markers = self.wide.get(data[:2], self.markers)
        for marker in markers:
            if marker in data:
                return None
        return _NO_BASE if len(data) < _CHUNK else self.search_on(descriptor, data, markers)

    def search_on(self, descriptor: int, data: bytes, markers: tuple[bytes, ...]) -> str | None:
        """Goes on in pieces and no further than may be read, so that a film named ``.ts`` costs no memory."""
        overlap = max(map(len, markers)) - 1
        left = self.settings.max_size - len(data)
        while left > 0 and (more := os.read(descriptor, _CHUNK)):
            data = data[-overlap:] + more
            if any(marker in data for marker in markers):
                return None
            left -= len(more)
        return _NO_BASE if left > 0 else f"{_NO_BASE} up to the limit of {self.settings.max_size / 1_000_000:g} MB"


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_folder(entry: os.DirEntry[str], path: str) -> bool:
    """Whether an entry of a folder is one, or a link to one; a link to itself is none."""
    return os.path.isdir(path + entry.name) if entry.is_symlink() else entry.is_dir(follow_symlinks=False)


def _unwanted(name: str) -> str | None:
    """Why a folder of this name is not walked, or None."""
    if name.startswith("."):
        return "a hidden folder"
    return "a folder of other people's or generated code" if name in SKIPPED_FOLDERS else None
