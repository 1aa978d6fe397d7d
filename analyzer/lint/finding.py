"""What the analyzer has to say about a place in a source."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.graph.model import Severity
from analyzer.source import Position, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces a piece of a source (an empty one: inserts) by a text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What would be right, in words as for a menu, and the edits that make it so.

    ``safe``: the program does what it did, or what it certainly was meant to do; otherwise a person has to look at it.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True, order=True)
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
