"""What a comparison found, as every format shows it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from analyzer.analyses.diff.difference import Difference
from analyzer.analyses.diff.forms import Form
from analyzer.records import record

if TYPE_CHECKING:
    from analyzer.payload.document import GraphDocument

VERSION = 1
"""Of the JSON format; raised when a field changes its meaning or goes."""


@record
class Place:
    """Where something stands: a file, also one of a revision, and line and column from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Status(Enum):
    """What became of a workflow."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@record
class Entry:
    """One workflow. ``before`` and ``after`` are its payloads, ``old_place`` and ``new_place`` where a step of them stands."""

    class_name: str
    status: Status
    difference: Difference | None
    before: GraphDocument | None
    after: GraphDocument | None
    old_place: Callable[[Form], Place | None]
    new_place: Callable[[Form], Place | None]


@record
class DiffReport:
    """``old`` and ``new``: what was compared, as it was named. A workflow each, those of NEW first."""

    old: str
    new: str
    entries: tuple[Entry, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return all(entry.status is Status.SAME for entry in self.entries)
