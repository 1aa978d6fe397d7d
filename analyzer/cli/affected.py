"""Which workflows of a project a change of some files can affect."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from analyzer.api import Analysis
from analyzer.cli.inputs import STDIN
from analyzer.errors import UnreadableFileError, UsageError


def affected_by(paths: Iterable[str], analyses: Iterable[Analysis]) -> Iterator[Analysis]:
    """The analyses into which one of the paths, or a file below one of them, went: as the workflow's file, or imported by it.

    Raises UnreadableFileError for a path that does not exist, UsageError for standard input.
    """
    named = [*map(_real, paths)]
    for analysis in analyses:
        if any(_is_in(os.path.realpath(source), name) for source in analysis.sources for name in named):
            yield analysis


def _real(path: str) -> str:
    if path == STDIN:
        raise UsageError("--affected goes by files, and - is none")
    if not os.path.exists(path):
        raise UnreadableFileError(path, "no such file or directory")
    return os.path.realpath(path)


def _is_in(path: str, name: str) -> bool:
    return path == name or path.startswith(name.rstrip(os.sep) + os.sep)
