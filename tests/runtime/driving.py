"""Driving a case through its jobs, and through variations of them, until its control-flow graph has been walked.

Beside the jobs written down, each step is made to fail once, in the job that first reached it; one that may overlap others
is also made slow once. Every run is checked; what they cover together is measured in edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from engine import Happened, Job, Run
from runtime_cases import RuntimeCase, trace_of

from analyzer.analyses.acceptance import Verdict, accepts
from analyzer.analyses.flow_graph import ControlFlow, EdgeKind, PointKind
from analyzer.analyses.traces import Ended, Trace
from analyzer.graph import model

Runner = Callable[[RuntimeCase, Job], Run]
"""Runs one job of a case."""

SLOW = 40
"""How long a step is made to take, in milliseconds: many times what one takes by itself."""


@dataclass(frozen=True)
class Driven:
    """One run of a case, as observed and as judged."""

    job: Job
    run: Run
    trace: Trace
    verdict: Verdict


@dataclass
class Driving:
    """The runs of a case, and the edges that their paths use; ``excused`` are, in words, edges that no run can take."""

    case: RuntimeCase
    runs: list[Driven] = field(default_factory=list)
    edges: set[tuple[int, int]] = field(default_factory=set)
    excused: frozenset[str] = frozenset()

    def run(self, runner: Runner, job: Job) -> Driven:
        """Runs one job."""
        run = runner(self.case, job)
        trace = trace_of(self.case, run)
        driven = Driven(job, run, trace, _verdict(self.case, trace))
        self.runs.append(driven)
        self.edges |= driven.verdict.edges | _ended(self.case.flow, driven)
        return driven

    @property
    def uncovered(self) -> set[tuple[int, int]]:
        """Observable edges that no run has taken, and should have."""
        missed = observable_edges(self.case.flow) - self.edges
        return {edge for edge in missed if words(self.case, edge) not in self.excused}


def _verdict(case: RuntimeCase, trace: Trace) -> Verdict:
    """By a path on which no code between steps raises, if there is one."""
    strict = accepts(case.strict_flow, trace)
    return strict if strict.accepted else accepts(case.flow, trace)


def drive(runner: Runner, case: RuntimeCase, excused: Iterable[str] = ()) -> Driving:
    """Runs a case's jobs, and the variations of them that may show more."""
    driving = Driving(case, excused=frozenset(excused))
    for job in case.jobs:
        driving.run(runner, job)
    for start in sorted(case.flow.promises):
        for job in _variations(driving, start):
            driving.run(runner, job)
    for job in _further_failures(driving):
        driving.run(runner, job)
    return driving


def _variations(driving: Driving, start: int) -> Iterator[Job]:
    """The job that first reached a step, with the step made to fail, and to be slow where something runs beside it."""
    flow = driving.case.flow
    node = flow.promises[start]
    found = next((found for driven in driving.runs if (found := _call_at(driven, start)) is not None), None)
    if found is None:
        return
    job, entry = found
    match node:
        case model.StepDo():
            if _can_fail(driving, start):
                yield _failing(driving, job, entry)
            if any(driving.case.relations.may_overlap(node.id, other) for other in driving.case.relations.nodes):
                occurrence = f"{entry.name}-{entry.count}"
                yield replace(job, label=f"{job.label}; {occurrence} is slow", delays={**job.delays, occurrence: SLOW})
        case model.StepWaitForEvent() if _can_fail(driving, start):
            yield _failing(driving, job, entry)


def _call_at(driven: Driven, start: int) -> tuple[Job, Happened] | None:
    call = next((call for call, point in driven.verdict.matched if point == start), None)
    entry = next((entry for entry in driven.run.trace if entry.kind == "call" and entry.call == call), None)
    return None if entry is None else (driven.job, entry)


def _failing(driving: Driving, job: Job, entry: Happened) -> Job:
    """A job in which one call fails. Inside another step it fails like a mishap, so that the outer step is tried again."""
    occurrence = f"{entry.name}-{entry.count}"
    if entry.type == "waitForEvent":
        return replace(job, label=f"{job.label}; {entry.name} times out", timeouts=[*job.timeouts, entry.name])
    failure = {} if entry.inside is None else {"name": "Error"}
    return replace(job, label=f"{job.label}; {occurrence} fails", fail={**job.fail, occurrence: failure})


def _can_fail(driving: Driving, start: int) -> bool:
    """Whether the failure of a step may take an edge not taken yet."""
    flow = driving.case.flow
    if not flow.is_awaited(start):
        return True
    return any(
        (start, target) not in driving.edges for target, data in flow.graph.adj[start].items() if data["kind"] is EdgeKind.FAIL
    )


def _further_failures(driving: Driving) -> Iterator[Job]:
    """While errors have ways they have not gone, each job with each of its calls made to fail."""
    tried = {driven.job.label for driven in driving.runs}
    for driven in list(driving.runs)[: len(driving.case.jobs)]:
        for entry in driven.run.trace:
            if entry.kind == "call" and entry.type in ("do", "waitForEvent"):
                job = _failing(driving, driven.job, entry)
                if job.label not in tried and any(_is_failure(driving.case.flow, edge) for edge in driving.uncovered):
                    yield job


def _is_failure(flow: ControlFlow, edge: tuple[int, int]) -> bool:
    return flow.kind(*edge) in (EdgeKind.FAIL, EdgeKind.THROW) or flow.points[edge[0]].kind is PointKind.RAISED


def _ended(flow: ControlFlow, driven: Driven) -> set[tuple[int, int]]:
    """The edges of started steps to their ends, which no thread passes."""
    over = {event.call for event in driven.trace.events if isinstance(event, Ended)}
    points = [point for call, point in driven.verdict.matched if call in over and point not in flow.inner]
    return {(point, flow.ends[point]) for point in points if not flow.is_awaited(point)}


def observable_edges(flow: ControlFlow) -> set[tuple[int, int]]:
    """The edges of a graph whose use a trace can show: those of points that can be reached, without errors of plain code.

    Nobody waits for what floats, so that it has ended is not seen either.
    """
    reached = _reachable(flow)
    floating = {flow.ends[start] for start, node in flow.promises.items() if node.started is model.Started.FLOATING}
    return {
        (source, target)
        for source, target, data in flow.graph.edges(data=True)
        if source in reached and data["kind"] is not EdgeKind.MAY_THROW and target not in floating
    }


def _reachable(flow: ControlFlow) -> set[int]:
    found = {flow.bodies[0].entry}
    stack = list(found)
    while stack:
        for target in flow.graph.succ[stack.pop()]:
            if target not in found:
                found.add(target)
                stack.append(target)
    return found


# ---------------------------------------------------------------- in words


def words(case: RuntimeCase, edge: tuple[int, int]) -> str:
    """An edge for a reader: ``start charge -FAIL-> catch``."""
    kind = case.flow.kind(*edge).name
    return f"{_point(case, edge[0])} -{kind}-> {_point(case, edge[1])}"


def _point(case: RuntimeCase, index: int) -> str:
    point = case.flow.points[index]
    what = point.kind.name.lower()
    owner = case.flow.bodies[point.body].owner
    if point.node is None or point.kind in (PointKind.ENTRY, PointKind.EXIT, PointKind.RAISED):
        return f"{what} of {_label(case, owner)}"
    if point.kind is PointKind.CASE:
        return f"{what} {point.part + 1} at {_label(case, point.node)}"
    return f"{what} {_label(case, point.node)}"


def _label(case: RuntimeCase, node: object) -> str:
    match node:
        case model.Workflow():
            return "run"
        case model.FunctionDef(name=name):
            return name
        case model.StepDo(name=name) | model.StepSleep(name=name) | model.StepSleepUntil(name=name):
            return name
        case model.StepWaitForEvent(name=name) | model.FunctionCall(name=name):
            return name
    span = getattr(node, "span", None)
    line = "" if span is None else f" line {case.analysis.sources[span.path].position(span.start).line}"
    return f"{type(node).__name__.lower()}{line}"
