"""What was observed of one run of a workflow: which steps started and ended, in which order."""

from __future__ import annotations

from enum import Enum, auto
from typing import TypeAlias

from analyzer.analyses.flow_graph import ControlFlow
from analyzer.graph import model
from analyzer.records import record


class Outcome(Enum):
    """How a run ended, as far as it was watched."""

    COMPLETE = auto()
    ERRORED = auto()
    UNKNOWN = auto()  # it was still running, or was ended from outside


@record
class Started:
    """The start of a step. ``call`` numbers it within its trace, ``points`` are the START points it may be one of.

    ``inside``: the call in whose callback it was made, None outside any.
    """

    call: int
    points: frozenset[int]
    inside: int | None = None


@record
class Ended:
    """The end of a step that started before: for good, after all its attempts."""

    call: int
    failed: bool = False


Event: TypeAlias = Started | Ended


@record
class Trace:
    """Starts and ends in the order observed. ``nested``: whether ``inside`` was observed too."""

    events: tuple[Event, ...]
    outcome: Outcome = Outcome.UNKNOWN
    nested: bool = True


def points_at(flow: ControlFlow, path: str, offset: int) -> frozenset[int]:
    """The START points of steps whose method token begins at an offset of a file; several if code is inlined twice."""
    return frozenset(start for start, node in flow.promises.items() if _begins(node, path, offset))


def _begins(node: model.Promise, path: str, offset: int) -> bool:
    match node:
        case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
            span = node.name_span
            return span is not None and span.path == path and span.start == offset
        case _:
            return False
