"""Where in the sources each part of a payload comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypedDict

from analyzer.graph.model import StepDo, StepSleep, StepSleepUntil, StepWaitForEvent
from analyzer.source import SourceFile, Span

VERSION = 1
"""Of the format; raised when a field changes its meaning or goes."""


class Place(TypedDict):
    """A piece of a file: lines and columns count from 1, in code points; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class SpanEntry(Place):
    """The place of a part of a payload; of a step also that of its method's name, which the engine reports."""

    method: Place | None


class SpansDocument(TypedDict):
    """JSON pointers into a payload document, each with its place."""

    version: int
    spans: dict[str, SpanEntry]


class Spanned(Protocol):
    """A part of a graph."""

    @property
    def span(self) -> Span | None:
        """Where it is written, if it was read from a source."""


def spans_document(places: Iterable[tuple[str, Spanned]], sources: Mapping[str, SourceFile]) -> SpansDocument:
    """Joins the parts of a payload, by JSON pointer, to their places in sources, by path. A part without a span is left out."""
    entries = {pointer: _entry(part, part.span, sources) for pointer, part in places if part.span is not None}
    return {"version": VERSION, "spans": entries}


def _entry(part: Spanned, span: Span, sources: Mapping[str, SourceFile]) -> SpanEntry:
    match part:
        case StepDo() | StepSleep() | StepSleepUntil() | StepWaitForEvent() if part.name_span is not None:
            return {**_place(span, sources), "method": _place(part.name_span, sources)}
        case _:
            return {**_place(span, sources), "method": None}


def _place(span: Span, sources: Mapping[str, SourceFile]) -> Place:
    source = sources[span.path]
    start, end = source.position(span.start), source.position(span.end)
    return {"path": span.path, "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
