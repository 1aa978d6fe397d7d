"""The packages of a workspace of npm, yarn, bun or pnpm, by name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache

from analyzer.project.documents.access import text_of, texts_of
from analyzer.project.resolution.files import Files, upward

_PNPM = "pnpm-workspace.yaml"
_MAGIC = re.compile(r"[*?\[]")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_UNSEARCHED = frozenset({"node_modules", "bower_components"})


class Workspaces:
    """Finds packages of the workspaces around a folder; each workspace is searched once, when first asked for."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.packages = cache(self._packages)

    def folder_of(self, name: str, folder: str) -> str | None:
        """The folder of the package of a name in the nearest workspace around an absolute folder that has it."""
        for root in upward(folder):
            found = self.packages(root).get(name)
            if found is not None:
                return found
        return None

    def _packages(self, root: str) -> Mapping[str, str]:
        patterns = self._patterns(root)
        left_out = set(self._expand(root, (pattern[1:] for pattern in patterns if pattern.startswith("!"))))
        found: dict[str, str] = {}
        for folder in self._expand(root, (pattern for pattern in patterns if not pattern.startswith("!"))):
            name = text_of(self.files.manifest(folder) or {}, "name")
            if name and folder not in left_out:
                found.setdefault(name, folder)
        return found

    def _patterns(self, root: str) -> tuple[str, ...]:
        manifest = self.files.manifest(root) or {}
        match manifest.get("workspaces"):
            case dict() as workspaces:
                patterns = texts_of(workspaces, "packages")
            case _:
                patterns = texts_of(manifest, "workspaces")
        path = os.path.join(root, _PNPM)
        return (*patterns, *_pnpm_patterns(path)) if self.files.is_file(path) else patterns

    def _expand(self, root: str, patterns: Iterable[str]) -> list[str]:
        """The folders that patterns match, each once, in the order of the patterns."""
        found: dict[str, None] = {}
        for pattern in patterns:
            for plain in _without_choices(pattern):
                segments = [segment for segment in plain.split("/") if segment not in ("", ".")]
                found.update(dict.fromkeys(self._matching(root, segments)))
        return list(found)

    def _matching(self, root: str, segments: list[str]) -> list[str]:
        found: set[str] = set()
        seen: set[tuple[str, int]] = set()
        waiting = [(root, 0)]
        while waiting:
            folder, index = waiting.pop()
            if (folder, index) in seen:
                continue
            seen.add((folder, index))
            if index == len(segments):
                found.add(folder)
                continue
            segment = segments[index]
            if segment == "**":
                waiting.append((folder, index + 1))
                waiting += [(os.path.join(folder, name), index) for name in self._folders(folder)]
            elif _MAGIC.search(segment):
                names = (name for name in self._folders(folder) if fnmatchcase(name, segment))
                waiting += [(os.path.join(folder, name), index + 1) for name in names]
            elif self.files.is_folder(os.path.join(folder, segment)):
                waiting.append((os.path.normpath(os.path.join(folder, segment)), index + 1))
        return sorted(found)

    def _folders(self, folder: str) -> list[str]:
        return [name for name in self.files.folders(folder) if name not in _UNSEARCHED]


def _without_choices(pattern: str) -> list[str]:
    """A pattern with ``{a,b}`` as one pattern for each choice."""
    done: list[str] = []
    waiting = [pattern]
    while waiting and len(done) < 100:
        plain = waiting.pop()
        choice = _CHOICE.search(plain)
        if choice is None:
            done.append(plain)
        else:
            parts = choice[1].split(",")
            waiting += [plain[: choice.start()] + part + plain[choice.end() :] for part in reversed(parts)]
    return done


def _pnpm_patterns(path: str) -> tuple[str, ...]:
    import yaml

    try:
        with open(path, encoding="utf-8-sig") as file:
            data = yaml.safe_load(file)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return ()
    match data:
        case dict():
            return texts_of(data, "packages")
        case _:
            return ()
