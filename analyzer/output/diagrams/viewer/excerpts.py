"""The lines of sources around what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Extent
    from analyzer.source import SourceFile

AROUND = 3
"""Lines shown before and behind a node."""

MAX_LINES = 60
"""Lines shown of a node."""

MAX_COLUMNS = 400
"""Characters shown of a line; a longer one is written by a bundler, and its nodes are shown one by one."""


class FileExcerpt(TypedDict):
    """Runs of lines of a file, each with the number of its first line."""

    path: str
    runs: list[tuple[int, str]]


def excerpts(sources: Mapping[str, SourceFile], extents: Iterable[Extent]) -> list[FileExcerpt]:
    """What is around the extents, a file after another in the order in which they are first met."""
    wanted: dict[str, list[tuple[int, int]]] = {}
    for path, start, end in extents:
        last = min(end.line, start.line + MAX_LINES) + AROUND
        wanted.setdefault(path, []).append((max(start.line - AROUND, 1), last))
    return [{"path": path, "runs": _runs(sources[path], ranges)} for path, ranges in wanted.items()]


def clip(source: SourceFile, extent: Extent) -> str:
    """The beginning of what is written in an extent, if its line is too long to be shown; else nothing."""
    starts = source.line_starts
    start = starts[extent.start.line - 1]
    end = starts[extent.start.line] if extent.start.line < len(starts) else len(source.text)
    if end - start <= MAX_COLUMNS:
        return ""
    stop = starts[extent.end.line - 1] + extent.end.column - 1
    start += extent.start.column - 1
    return source.text[start : min(stop, start + MAX_COLUMNS)]


def _runs(source: SourceFile, ranges: list[tuple[int, int]]) -> list[tuple[int, str]]:
    merged: list[list[int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return [(first, _text(source, first, last)) for first, last in merged]


def _text(source: SourceFile, first: int, last: int) -> str:
    starts = [*source.line_starts, len(source.text)]
    last = min(last, len(source.line_starts))
    lines = (source.text[starts[line - 1] : starts[line]].rstrip("\r\n") for line in range(first, last + 1))
    return "\n".join(line if len(line) <= MAX_COLUMNS else line[:MAX_COLUMNS] + "…" for line in lines)
