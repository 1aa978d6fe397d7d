"""Which step of a graph each entry of a log is, what was not taken, and what is in the log but not in the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from analyzer.analyses.acceptance import accepts
from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.engine import milliseconds
from analyzer.analyses.flow_graph import ControlFlow
from analyzer.analyses.overlay.log import InstanceLog, LogStep, State
from analyzer.analyses.traces import Ended, Event, Outcome, Started, Trace
from analyzer.graph import model
from analyzer.records import record

MAX_EVENTS = 600
"""Steps of a log up to which a path through the graph is searched; in longer ones, and in those without times, steps are
found by name alone."""

SENTINELS = frozenset({"<dynamic>", "<missing>", "could not compute", "unknown"})
OUTCOMES = {"complete": Outcome.COMPLETE, "errored": Outcome.ERRORED}


@record
class Painting:
    """A step of the graph in one instance: its entries in the log, the rollbacks of them, and how long it was to take.

    ``planned``: milliseconds of a sleep, or of the timeout of a wait; None: not static, or none.
    """

    node: model.Node
    entries: tuple[LogStep, ...]
    rollbacks: tuple[LogStep, ...]
    planned: float | None

    @property
    def state(self) -> State | None:
        """Of the entry that matters most: under way, failed, done; None: not taken."""
        states = {entry.state for entry in self.entries}
        return next((state for state in URGENCY if state in states), None)


URGENCY = (State.RUNNING, State.WAITING, State.FAILED, State.SUCCEEDED)


@record
class Overlay:
    """``paintings``: every step of the graph, in its order. ``unplanned``: entries of which the graph has no step.

    ``astray``: the first entry that stands where no path of the graph has it; None: all of them are a path.
    """

    log: InstanceLog
    paintings: tuple[Painting, ...]
    unplanned: tuple[LogStep, ...]
    astray: LogStep | None


def paint(workflow: model.Workflow, log: InstanceLog) -> Overlay:
    """Paints a log on a graph, whose node ids must be distinct."""
    flow = control_flow(workflow)
    entries = [step for step in log.steps if step.kind != "rollback"]
    candidates = [_candidates(flow, entry) for entry in entries]
    planned = [index for index, points in enumerate(candidates) if points]
    chosen, astray = _assigned(
        flow, log.status, [entries[index] for index in planned], [candidates[index] for index in planned]
    )
    found: dict[int, list[LogStep]] = {}
    for index, point in zip(planned, chosen, strict=True):
        found.setdefault(id(flow.promises[point]), []).append(entries[index])
    rollbacks = [step for step in log.steps if step.kind == "rollback"]
    paintings = tuple(_painting(node, found.get(id(node), []), rollbacks) for node in _steps(workflow))
    unplanned = tuple(entry for entry, points in zip(entries, candidates, strict=True) if not points)
    known = {entry.log_name for entry in entries if entry.kind == "do"}
    foreign = tuple(rollback for rollback in rollbacks if rollback.log_name not in known)
    return Overlay(log, paintings, unplanned + foreign, None if astray is None else entries[planned[astray]])


def _steps(workflow: model.Workflow) -> Iterator[model.Step]:
    for body in (workflow.body, *(function.body for function in workflow.functions)):
        for node in model.walk(body):
            match node:
                case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                    yield node


def _candidates(flow: ControlFlow, entry: LogStep) -> frozenset[int]:
    """The START points an entry may belong to: of its kind, with a name that fits; those of just this name, if any."""
    fitting = {start for start, node in flow.promises.items() if _kind(node) == entry.kind and _fits(node, entry.name)}
    exact = {start for start in fitting if getattr(flow.promises[start], "name", "") == entry.name}
    return frozenset(exact or fitting)


def _kind(node: model.Promise) -> str:
    match node:
        case model.StepDo():
            return "do"
        case model.StepSleep() | model.StepSleepUntil():
            return "sleep"
        case model.StepWaitForEvent():
            return "wait"
        case _:
            return ""


def _fits(node: model.Promise, name: str) -> bool:
    pattern = getattr(node, "name", "")
    if pattern in SENTINELS:
        return True
    return re.fullmatch(".*".join(map(re.escape, pattern.split("${...}"))), name, re.DOTALL) is not None


def _assigned(
    flow: ControlFlow, status: str, entries: list[LogStep], candidates: list[frozenset[int]]
) -> tuple[list[int], int | None]:
    """A START point for each entry, on one path as far as there is one; and the first entry that leaves every path."""
    matched: Mapping[int, int] = {}
    astray = None
    if entries and len(entries) <= MAX_EVENTS and all(entry.start is not None for entry in entries):
        outcome = OUTCOMES.get(status, Outcome.UNKNOWN)
        for around in (frozenset[int](), _around(flow, candidates)):
            trace = Trace(tuple(_events(entries, candidates, around)), outcome, nested=False)
            verdict = accepts(flow, trace)
            matched = dict(verdict.matched)
            refused = verdict.refused_at if verdict.refused_at != len(trace.events) else None
            astray = None if refused is None else trace.events[refused].call
            if astray is None:
                break
    chosen: list[int] = []
    for call, points in enumerate(candidates):
        last = chosen[-1] if chosen else -1
        chosen.append(matched.get(call, min(points, key=lambda point: (point <= last, point))))
    return chosen, astray


def _around(flow: ControlFlow, candidates: list[frozenset[int]]) -> frozenset[int]:
    """The entries that may have others inside them."""
    return frozenset(call for call, points in enumerate(candidates) if any(point in flow.inner for point in points))


def _events(entries: list[LogStep], candidates: list[frozenset[int]], around: frozenset[int]) -> Iterator[Event]:
    """Starts and ends. Of one instant ends come first, of those that of what started last: it may stand inside the others.

    ``around``: entries whose end comes behind a start of the same instant instead: that of a step inside them.
    """
    open_: list[int] = []
    for call, (entry, points) in enumerate(zip(entries, candidates, strict=True)):
        over = [each for each in open_ if _is_over(entries[each], entry.start, strictly=each in around)]
        yield from _ends(entries, over)
        open_ = [other for other in open_ if other not in over]
        yield Started(call, points)
        open_.append(call)
    yield from _ends(entries, [call for call in open_ if entries[call].state in (State.SUCCEEDED, State.FAILED)])


def _is_over(entry: LogStep, now: float | None, *, strictly: bool) -> bool:
    if entry.state not in (State.SUCCEEDED, State.FAILED):
        return False
    return entry.end is None or now is None or entry.end < now or (entry.end == now and not strictly)


def _ends(entries: list[LogStep], calls: Iterable[int]) -> Iterator[Event]:
    for call in sorted(calls, key=lambda call: (entries[call].end or 0, -call)):
        yield Ended(call, entries[call].state is State.FAILED)


def _painting(node: model.Step, entries: list[LogStep], rollbacks: list[LogStep]) -> Painting:
    names = {entry.log_name for entry in entries} if _kind(node) == "do" else set()
    return Painting(node, tuple(entries), tuple(each for each in rollbacks if each.log_name in names), _planned(node))


def _planned(node: model.Step) -> float | None:
    match node:
        case model.StepSleep(duration=duration):
            return milliseconds(duration)
        case model.StepWaitForEvent(options=model.WaitOptions(timeout=timeout)):
            return milliseconds(timeout)
        case _:
            return None
