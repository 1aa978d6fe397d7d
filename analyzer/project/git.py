"""What a git repository knows about files. Where there is no git, or no repository, there is no history."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from analyzer.config import MAX_SIZE
from analyzer.records import record

TIMEOUT = 60.0
"""Seconds after which a git process is given up."""

_FILE_MODES = ("100644", "100755")
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class Commit(NamedTuple):
    """A commit: its full hash, and when it was committed in seconds since 1970 UTC."""

    sha: str
    time: float


@record
class Repository:
    """A repository by the absolute path of its top folder. Each question gives nothing where git fails to answer it."""

    root: str

    def inner(self, path: str) -> str | None:
        """A path as git spells it, from the top folder; None if it is not below it."""
        relative = os.path.relpath(os.path.realpath(path), self.root)
        return None if relative.startswith(os.pardir) or os.path.isabs(relative) else relative.replace(os.sep, "/")

    def resolve(self, name: str) -> str | None:
        """The hash of the commit that a name means, or None."""
        return _line(_git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))

    def merge_base(self, first: str, second: str) -> str | None:
        """The newest commit that two commits both come from, or None."""
        return _line(_git(self.root, "merge-base", first, second))

    def holds(self, sha: str, path: str) -> bool:
        """Whether a path is in a commit."""
        return _git(self.root, "cat-file", "-e", f"{sha}:{path}") is not None

    def commits(self, paths: Sequence[str], most: int) -> tuple[Commit, ...]:
        """The last commits that changed any of some paths, newest first."""
        pathspecs = [f":(top,literal){path}" for path in paths]
        out = _git(self.root, "log", f"--max-count={most}", "--format=%H %ct", "--", *pathspecs) if paths else None
        return tuple(Commit(sha, float(time)) for sha, time in map(str.split, (out or b"").decode().splitlines()))

    def tree(self, sha: str) -> dict[str, str]:
        """The regular files of a commit that are no larger than a source may be, by path, each with the name of its content."""
        out = _git(self.root, "ls-tree", "-r", "-z", "--long", "--full-tree", sha) or b""
        return dict(_entries(out))

    def contents(self, objects: Iterable[str]) -> Mapping[str, bytes]:
        """Contents by their names."""
        asked = list(dict.fromkeys(objects))
        out = _git(self.root, "cat-file", "--batch", given="\n".join([*asked, ""]).encode()) if asked else None
        return dict(_batch(out or b""))


def repository_around(folder: str) -> Repository | None:
    """The repository a folder is in, if git can read it."""
    root = _line(_git(folder, "rev-parse", "--show-toplevel"))
    return None if root is None else Repository(os.path.realpath(root))


def _line(out: bytes | None) -> str | None:
    """What git prints as one line."""
    return os.fsdecode(out.removesuffix(b"\n")) if out else None


def _git(folder: str, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints, or None if there is no git, or it refuses. Nothing is written, and no program of the user's is run."""
    command = ["git", "-c", "log.showSignature=false", "-c", "core.quotePath=false", *arguments]
    environment = {**os.environ, **_QUIET}
    try:
        done = subprocess.run(command, cwd=folder, input=given, capture_output=True, timeout=TIMEOUT, env=environment)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def _entries(listing: bytes) -> Iterator[tuple[str, str]]:
    for line in listing.split(b"\0"):
        head, _, path = line.partition(b"\t")
        match head.decode().split():
            case [mode, "blob", name, size] if mode in _FILE_MODES and int(size) <= MAX_SIZE:
                yield os.fsdecode(path), name


def _batch(out: bytes) -> Iterator[tuple[str, bytes]]:
    """Takes apart ``<name> <type> <size>``, the content and a line break, again and again; an unknown name has no content."""
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        match out[at:end].decode().split():
            case [name, _, size] if size.isdecimal():
                at = end + 1 + int(size) + 1
                yield name, out[end + 1 : at - 1]
            case _:
                at = end + 1
