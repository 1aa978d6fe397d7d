"""Which paths below a folder gitignore files and the configuration leave out."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from analyzer.records import record

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

GITIGNORE = ".gitignore"
_STARS = re.compile(r"\*+")
_MAX_STARS = 6
"""Each star of a pattern multiplies what matching may cost by the length of a name."""

_EXCLUDE_FILE = os.path.join(".git", "info", "exclude")


@record
class Patterns:
    """Gitignore patterns of one origin, for paths relative to a walked root.

    They hold for paths that start with ``inside``, which is cut off; ``outside`` is the way from their folder to the root.
    """

    origin: str
    spec: GitIgnoreSpec
    inside: str = ""
    outside: str = ""

    def decide(self, path: str) -> bool | None:
        """Whether a path relative to the root (of a folder: with a slash at its end) is ignored; None: no pattern says."""
        if not path.startswith(self.inside):
            return None
        return self.spec.check_file(self.outside + path[len(self.inside) :]).include


@record
class Ignoring:
    """The patterns that hold in a folder: of gitignore files, the outermost first, and the configured ones."""

    gitignores: tuple[Patterns, ...] = ()
    configured: Patterns | None = None

    def reason(self, path: str) -> str | None:
        """Why a path relative to the root is left out, or None. The innermost gitignore file with a word on it decides."""
        if self.configured is not None and self.configured.decide(path):
            return self.configured.origin
        for patterns in reversed(self.gitignores):
            decision = patterns.decide(path)
            if decision is not None:
                return patterns.origin if decision else None
        return None

    def below(self, path: str, folder: str) -> Ignoring:
        """With the gitignore file at ``path``, in a folder given relative to the root (with a slash at its end)."""
        patterns = _read(path, inside=folder)
        return self if patterns is None else Ignoring((*self.gitignores, patterns), self.configured)


def ignoring_at(root: str, exclude: Iterable[str], exclude_folder: str | None) -> Ignoring:
    """What holds at a root: files of its git repository above it, and configured patterns relative to a folder.

    A root that is ignored itself was named on purpose: then nothing above it counts.
    """
    root = os.path.abspath(root)
    gitignores = tuple(_above(root))
    configured = _configured(root, list(exclude), exclude_folder or root)
    ignoring = Ignoring(gitignores, configured)
    return Ignoring((), configured) if gitignores and ignoring.reason("") else ignoring


def _above(root: str) -> list[Patterns]:
    """The patterns of the folders from the git repository's top to above the root, the outermost first."""
    found: list[Patterns | None] = []
    folder, outside = root, ""
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return []
        outside = f"{os.path.basename(folder)}/{outside}"
        folder = parent
        found.append(_read(os.path.join(folder, GITIGNORE), outside=outside))
    found.append(_read(os.path.join(folder, _EXCLUDE_FILE), outside=outside))
    return [patterns for patterns in reversed(found) if patterns is not None]


def _configured(root: str, exclude: list[str], folder: str) -> Patterns | None:
    if not exclude:
        return None
    spec = spec_of(exclude)
    folder = os.path.abspath(folder)
    if (root + os.sep).startswith(folder.rstrip(os.sep) + os.sep):
        return Patterns("excluded by the configuration", spec, outside=_slashed(os.path.relpath(root, folder)))
    return Patterns("excluded by the configuration", spec, inside=_slashed(os.path.relpath(folder, root)))


def _slashed(path: str) -> str:
    return "" if path == "." else path.replace(os.sep, "/") + "/"


def _read(path: str, *, inside: str = "", outside: str = "") -> Patterns | None:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [line for line in file.read().splitlines() if line.strip() and not line.startswith("#")]
    except OSError:
        return None
    return Patterns(f"ignored by {path}", spec_of(lines), inside, outside) if lines else None


def spec_of(lines: Iterable[str]) -> GitIgnoreSpec:
    """Gitignore patterns compiled. One that git would not take either, or that could take forever, is left out."""
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    patterns: list[GitIgnoreSpecPattern] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of the regular expression made of ``[[:alpha:]]``
        for line in lines:
            try:
                if len(_STARS.findall(line)) <= _MAX_STARS:
                    patterns.append(GitIgnoreSpecPattern(line))
            except (ValueError, re.error):
                continue
    return GitIgnoreSpec(patterns)
