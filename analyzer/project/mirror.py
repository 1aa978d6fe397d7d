"""A commit's sources as files, for an analyzer that reads files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from analyzer.project.discovery import SKIPPED_FOLDERS
from analyzer.project.git import Repository
from analyzer.source import SUFFIXES

CONFIGURATION = (".json", ".jsonc", ".toml", ".yaml", ".yml")
"""Suffixes of what tells how modules are found."""

AT_ONCE = 500
"""Files whose contents are held in memory together."""

_KEPT = frozenset((*SUFFIXES, *CONFIGURATION))
_FORBIDDEN = frozenset(("", ".", "..", ".git", *SKIPPED_FOLDERS))


class Mirror:
    """A folder that holds the sources and configurations of one commit at a time; going to the next writes what differs."""

    def __init__(self, repository: Repository, folder: str) -> None:
        self._repository, self._folder = repository, folder
        self._files: dict[str, str] = {}

    def show(self, sha: str) -> None:
        """Makes the folder that of a commit. Raises OSError if it cannot be written."""
        files = {path: name for path, name in self._repository.tree(sha).items() if _is_kept(path)}
        for path in self._files.keys() - files.keys():
            Path(self.path(path)).unlink()
            del self._files[path]
        changed = [path for path, name in files.items() if self._files.get(path) != name]
        for start in range(0, len(changed), AT_ONCE):
            self._write({path: files[path] for path in changed[start : start + AT_ONCE]})

    def path(self, inner: str) -> str:
        """Where a path of the repository stands in the folder."""
        return os.path.join(self._folder, *inner.split("/"))

    def _write(self, files: Mapping[str, str]) -> None:
        contents = self._repository.contents(files.values())
        for inner, name in files.items():
            path = Path(self.path(inner))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(contents.get(name, b""))
            self._files[inner] = name


def _is_kept(path: str) -> bool:
    """Whether a path of a commit is written: never one that would leave the folder, whatever a made-up tree holds."""
    parts = path.split("/")
    return PurePosixPath(path).suffix.lower() in _KEPT and _FORBIDDEN.isdisjoint(parts)
