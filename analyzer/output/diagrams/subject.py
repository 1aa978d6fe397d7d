"""What a diagram is drawn from: a payload, and what is known of its parts beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from analyzer.graph import model
from analyzer.records import field, record
from analyzer.source import Language, Position, SourceFile, Span

if TYPE_CHECKING:
    from analyzer.lint.finding import Finding
    from analyzer.payload.document import GraphDocument, NodeDocument, WorkflowDocument
    from analyzer.payload.places import Origin

    Drawn: TypeAlias = NodeDocument | WorkflowDocument

UNSEEN = "SG9"
"""The family of codes of what the analyzer could not see."""


class Remark(NamedTuple):
    """What is to be said at a part of a diagram; ``line`` counts from 1, 0 if the place is not known."""

    code: str
    message: str
    line: int


class Extent(NamedTuple):
    """Where a part of a diagram is written; positions count from 1, the end is exclusive."""

    path: str
    start: Position
    end: Position


@record
class Subject:
    """One workflow to be drawn.

    Only the payload must be there. ``origins``: the part of the graph each node of it stands for. ``notes``: about the
    workflow. ``find``: gives what the linter says about it; called by formats that show findings. ``annotations``: lines to be
    added to parts of the graph, by their ``id()``.
    """

    document: GraphDocument
    path: str = ""
    language: Language = Language.JAVASCRIPT
    origins: tuple[Origin, ...] = field(default=(), repr=False)
    span: Span | None = None
    notes: tuple[model.Note, ...] = ()
    sources: Mapping[str, SourceFile] = field(default_factory=dict, repr=False)
    find: Callable[[], tuple[Finding, ...]] = tuple
    annotations: Mapping[int, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def workflow(self) -> WorkflowDocument:
        """The workflow in the payload."""
        return self.document["workflow"]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the linter says about this workflow."""
        return self.find()

    def origin(self, node: Drawn) -> model.Node | model.FunctionDef | None:
        """The part of the graph a node of the payload stands for, if it was made from one."""
        return self._origins.get(id(node))

    def annotation(self, node: Drawn) -> tuple[str, ...]:
        """Lines to be added to a node of the payload."""
        return self.annotations.get(id(self.origin(node)), ()) if self.annotations else ()

    def extent(self, node: Drawn) -> Extent | None:
        """Where a node, a function or the workflow itself is written, if it was read from a source."""
        origin = self.origin(node)
        span = self.span if node is self.workflow else origin.span if origin is not None else None
        return None if span is None else self._extent(span)

    def remarks(self, node: Drawn) -> list[Remark]:
        """What could not be seen at a node and at no part inside it."""
        return self._remarks.get(id(node), [])

    def innermost(self, places: Iterable[tuple[str, Position]]) -> list[Drawn | None]:
        """The innermost drawn part around each place; None: outside the workflow."""
        parts = [(extent, part) for part in self._parts() if (extent := self.extent(part)) is not None]
        parts.sort(key=lambda pair: (pair[0].path, pair[0].start, (-pair[0].end.line, -pair[0].end.column)))
        return _sweep(parts, list(places))

    def _parts(self) -> Iterator[Drawn]:
        yield self.workflow
        yield from (node for node, _ in self.origins)

    @cached_property
    def _origins(self) -> dict[int, model.Node | model.FunctionDef]:
        return {id(node): origin for node, origin in self.origins}

    @cached_property
    def _remarks(self) -> dict[int, list[Remark]]:
        unseen = [note for note in self.notes if note.code.startswith(UNSEEN)]
        placed = [(note, self._extent(note.span) if note.span else None) for note in unseen]
        nowhere = ("", Position(0, 0))
        parts = self.innermost((extent.path, extent.start) if extent else nowhere for _, extent in placed) if placed else []
        found: dict[int, list[Remark]] = {}
        for (note, extent), part in zip(placed, parts, strict=True):
            remark = Remark(note.code, note.message, extent.start.line if extent else 0)
            found.setdefault(id(self.workflow if part is None else part), []).append(remark)
        return found

    def _extent(self, span: Span) -> Extent:
        source = self.sources[span.path]
        return Extent(span.path, source.position(span.start), source.position(span.end))


def _sweep(parts: list[tuple[Extent, Drawn]], places: list[tuple[str, Position]]) -> list[Drawn | None]:
    """One walk over sorted parts and places, with the parts around the current place on a stack."""
    found: list[Drawn | None] = [None] * len(places)
    around: list[tuple[Extent, Drawn]] = []
    following = 0
    for index in sorted(range(len(places)), key=places.__getitem__):
        path, position = places[index]
        while following < len(parts) and (parts[following][0].path, parts[following][0].start) <= (path, position):
            around = [each for each in around if each[0].path == parts[following][0].path]
            around = [each for each in around if each[0].end > parts[following][0].start]
            around.append(parts[following])
            following += 1
        holding = [part for extent, part in around if extent.path == path and extent.start <= position < extent.end]
        found[index] = holding[-1] if holding else None
    return found
