"""How much of what is in a source the analyzer could see."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.graph.model import Note, Workflow
from analyzer.graph.steps import steps
from analyzer.records import record

UNSEEN_CODES = frozenset({"SG901", "SG902", "SG904", "SG906"})
"""Notes that stand for a step call that is not, or not wholly, in the graph."""

DYNAMIC_NAME = "<dynamic>"


@record
class Coverage:
    """Step calls that are resolved, with a static name or a pattern, and step calls seen in all."""

    resolved: int
    seen: int

    @property
    def percent(self) -> float:
        """The resolved share in percent; 0 if no step call was seen."""
        return 100 * self.resolved / self.seen if self.seen else 0.0


def coverage(workflows: Iterable[Workflow], notes: Iterable[Note]) -> Coverage:
    """The coverage of workflows, given all notes about them. A call drawn more than once, as an unrolled one, counts once."""
    named = (step for workflow in workflows for step in steps(workflow) if step.name != DYNAMIC_NAME)
    resolved = len({step.span or id(step) for step in named})
    unseen = len({note for note in notes if note.code in UNSEEN_CODES})
    return Coverage(resolved, resolved + unseen)


def total(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of several sources together."""
    listed = list(parts)
    return Coverage(sum(part.resolved for part in listed), sum(part.seen for part in listed))
