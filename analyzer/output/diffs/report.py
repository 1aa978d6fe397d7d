"""What a comparison found, as every format shows it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from analyzer.analyses.diff.difference import Difference
from analyzer.analyses.diff.forms import Form
from analyzer.records import record

if TYPE_CHECKING:
    from analyzer.analyses.inflight.verdicts import InFlight
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
    """One workflow. ``before`` and ``after`` are its payloads, ``old_place`` and ``new_place`` where a step of them stands.

    ``in_flight``: what happens to instances under way, if that was asked for and both versions have the workflow. ``path``:
    its file in the folder that was compared, empty for one file.
    """

    class_name: str
    status: Status
    difference: Difference | None
    before: GraphDocument | None
    after: GraphDocument | None
    old_place: Callable[[Form], Place | None]
    new_place: Callable[[Form], Place | None]
    in_flight: InFlight | None = None
    path: str = ""

    @property
    def title(self) -> str:
        """What it is called: its class and, if a folder was compared, its file."""
        return f"{self.class_name} in {self.path}" if self.path else self.class_name


@record
class DiffReport:
    """``old`` and ``new``: what was compared, as it was named. A workflow each, those of NEW first."""

    old: str
    new: str
    entries: tuple[Entry, ...]

    @property
    def is_breaking(self) -> bool:
        """Whether instances under way break. A workflow that is gone breaks all of its instances."""
        return any(
            entry.status is Status.REMOVED if entry.in_flight is None else entry.in_flight.is_breaking for entry in self.entries
        )

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return all(entry.status is Status.SAME for entry in self.entries)
