"""What every run must show of its graph: its order is a path, and no relation of the graph is broken by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from driving import Driven
from runtime_cases import RuntimeCase, trace_of

from analyzer.analyses.acceptance import accepts
from analyzer.analyses.precedence import Precedence
from analyzer.analyses.traces import Ended, Started


def complaints(case: RuntimeCase, driven: Driven) -> list[str]:
    """What is wrong with a run, each in a sentence; nothing, if the graph tells the truth."""
    verdict, relations = driven.verdict, case.relations
    if not verdict.accepted or not verdict.decided:
        return [f"{driven.job.label}: the trace is no path of the graph from event {verdict.refused_at} on: {_story(driven)}"]
    if driven.run.status == "complete" and not accepts(case.strict_flow, driven.trace).accepted:
        return [f"{driven.job.label}: the trace is a path only if code between steps raised: {_story(driven)}"]
    nodes = {call: case.flow.promises[point].id for call, point in verdict.matched}
    names = {entry.call: f"{entry.name}-{entry.count}" for entry in driven.run.trace if entry.kind == "call"}
    found = [*_order(relations, driven, nodes), *_overlaps(relations, driven, nodes), *_nesting(relations, driven, nodes)]
    return [f"{driven.job.label}: {names[first]} {what} {names[second]}" for first, what, second in found]


def complaints_about(wrong: RuntimeCase, driven: Driven) -> list[str]:
    """What a run of the right graph's case shows of a wrong graph; a step that is in it nowhere shows at once."""
    try:
        trace = trace_of(wrong, driven.run)
    except AssertionError as error:
        return [str(error)]
    return complaints(wrong, replace(driven, trace=trace, verdict=accepts(wrong.flow, trace)))


Complaint = tuple[int, str, int]


def _order(relations: Precedence, driven: Driven, nodes: dict[int, int]) -> Iterator[Complaint]:
    """What must precede a step has ended before it starts."""
    over: set[int] = set()
    seen = {nodes[event.call]: event.call for event in driven.trace.events if isinstance(event, Started)}
    for event in driven.trace.events:
        match event:
            case Ended(call=call):
                over.add(nodes[call])
            case Started(call=call):
                for node in relations.preceding(nodes[call]):
                    if _is_step(relations, node) and node not in over:
                        yield seen.get(node, call), "has not ended before", call


def _is_step(relations: Precedence, node: int) -> bool:
    """Blocks and calls do not show in a trace."""
    return hasattr(relations.nodes[node], "name_span")


def _overlaps(relations: Precedence, driven: Driven, nodes: dict[int, int]) -> Iterator[Complaint]:
    """Steps overlap only where the graph says so."""
    for one, other in overlapping(driven):
        if not relations.may_overlap(nodes[one], nodes[other]):
            yield one, "must not overlap", other


def overlapping(driven: Driven) -> Iterator[tuple[int, int]]:
    """Pairs of calls of which the second started while the first ran, other than inside it."""
    running: dict[int, None] = {}
    inside: dict[int, int | None] = {}
    for event in driven.trace.events:
        match event:
            case Ended(call=call):
                running.pop(call, None)
            case Started(call=call, inside=outer):
                inside[call] = outer
                around = set(_ancestors(inside, call))
                yield from ((other, call) for other in running if other not in around)
                running[call] = None


def _ancestors(inside: dict[int, int | None], call: int) -> Iterator[int]:
    outer = inside[call]
    while outer is not None:
        yield outer
        outer = inside[outer]


def _nesting(relations: Precedence, driven: Driven, nodes: dict[int, int]) -> Iterator[Complaint]:
    """A step made inside another's callback is inside it in the graph."""
    for event in driven.trace.events:
        match event:
            case Started(call=call, inside=int() as outer) if not relations.is_inside(nodes[call], nodes[outer]):
                yield call, "is not inside", outer


def _story(driven: Driven) -> str:
    names = {entry.call: entry.name for entry in driven.run.trace if entry.kind == "call"}
    words = []
    for event in driven.trace.events:
        match event:
            case Started(call=call):
                words.append(f"+{names[call]}")
            case Ended(call=call, failed=failed):
                words.append(f"{'!' if failed else '-'}{names[call]}")
    return f"{' '.join(words)}, then {driven.run.status}"
