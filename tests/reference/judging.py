"""What recorded runs say of a tree: whether each is a path of it, ours as it is, the platform's rebuilt from its payload."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from comparison import Case
from engine import Happened, Run
from recording import Recorded, raises
from runtime_cases import RuntimeCase, trace_of

from analyzer.analyses.acceptance import accepts
from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.flow_graph import ControlFlow, EdgeKind
from analyzer.analyses.traces import Ended, Event, Outcome, Started, Trace
from analyzer.graph import model
from analyzer.payload.convert import from_payload
from analyzer.payload.validation import read_payload

OUTCOMES = {"complete": Outcome.COMPLETE, "errored": Outcome.ERRORED}
SENTINELS = ("<dynamic>", "<missing>", "could not compute")
KINDS = {
    "do": model.StepDo,
    "sleep": model.StepSleep,
    "sleepUntil": model.StepSleepUntil,
    "waitForEvent": model.StepWaitForEvent,
}


def refused_by_ours(case: Case, recorded: Iterable[Recorded]) -> list[str]:
    """Runs that our graph does not allow, each in words."""
    subject = RuntimeCase(case.id, Path("case.ts"), case.source, ())
    if not subject.analysis.workflows:
        return []
    return [_story(run) for run in _runs(recorded) if run.trace and not _is_path(subject.flow, _placed(subject, run))]


def refused_by_theirs(case: Case, recorded: Iterable[Recorded]) -> list[str]:
    """Runs that the platform's tree does not allow, each in words.

    A tree allows code between steps to raise; where a case has none that does, a run that completes must do without.
    """
    if not case.observed:
        return [_story(run) for run in _runs(recorded) if run.trace]
    workflow = from_payload(read_payload({"version": 1, "workflow": case.observed[0]}))
    lenient, strict = control_flow(workflow), control_flow(workflow)
    _raise_nowhere(strict)
    flows = [(run, lenient if raises(case) or run.status != "complete" else strict) for run in _runs(recorded)]
    return [_story(run) for run, flow in flows if not _is_path(flow, _named(flow, run))]


def _raise_nowhere(flow: ControlFlow) -> None:
    """Takes out the ways of errors raised between steps."""
    edges = flow.graph.edges(data="kind")
    flow.graph.remove_edges_from([(source, target) for source, target, kind in edges if kind is EdgeKind.MAY_THROW])


def _runs(recorded: Iterable[Recorded]) -> Iterator[Run]:
    return (one.run for one in recorded if one.run is not None)


def _is_path(flow: ControlFlow, trace: Trace | None) -> bool:
    return trace is not None and accepts(flow, trace).accepted


def _placed(subject: RuntimeCase, run: Run) -> Trace | None:
    """A run as a trace of our graph, in which a step stands at the place of its call; None if one stands nowhere."""
    try:
        return trace_of(subject, run)
    except AssertionError:
        return None


def _named(flow: ControlFlow, run: Run) -> Trace | None:
    """A run as a trace of a graph without places: steps by kind and name; None if one is in it nowhere."""
    events: list[Event] = []
    for entry in run.trace:
        if entry.kind == "end":
            events.append(Ended(entry.call, entry.failed))
            continue
        points = frozenset(start for start, node in flow.promises.items() if _fits(node, entry))
        if not points:
            return None
        events.append(Started(entry.call, points, entry.inside))
    return Trace(tuple(events), OUTCOMES.get(run.status, Outcome.UNKNOWN))


def _fits(node: model.Promise, entry: Happened) -> bool:
    """Whether a step of a tree may be a call. A tree has names as they are written: with escapes, say."""
    if not isinstance(node, KINDS[entry.type]):
        return False
    pattern = re.escape(node.name).replace(re.escape("${...}"), ".*")
    return node.name in SENTINELS or re.fullmatch(pattern, entry.name, re.DOTALL) is not None


def _story(run: Run) -> str:
    """A run in a line: ``+`` a start, ``-`` an end, ``!`` a failure, then how it went."""
    names = {entry.call: entry.name for entry in run.trace if entry.kind == "call"}
    marks = {True: "!", False: "-"}
    words = [f"{'+' if entry.kind == 'call' else marks[entry.failed]}{names[entry.call]}" for entry in run.trace]
    return " ".join([*words, run.status])
