"""What the analyzer has to say about a place in a source."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.records import field, record
from analyzer.source import Position, Span


@record
class Edit:
    """Replaces a piece of a source (an empty one: inserts) by a text."""

    span: Span
    text: str


@record
class Fix:
    """What would be right, in words as for a menu, and the edits that make it so.

    ``safe``: the program does what it did, or what it certainly was meant to do; otherwise a person has to look at it.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool


@record
class Finding:
    """A code of the rules at a place: path, first and last position (1-based, the end exclusive), and one sentence."""

    path: str
    start: Position
    end: Position
    code: str
    message: str
    severity: Severity = field(compare=False)
    name: str = field(compare=False, default="")
    fix: Fix | None = field(compare=False, default=None, repr=False)

    def __lt__(self, other: Finding) -> bool:
        """Findings are sorted by place, then by code and message."""
        return self._order() < other._order()

    def _order(self) -> tuple[object, ...]:
        return self.path, self.start, self.end, self.code, self.message
