"""The order of steps over several schedules of one run: as it comes, and with each step in turn made slow.

What ends before another starts in every schedule must precede it; what overlaps in some schedule may overlap. Only steps
with callbacks are slowed, one at a time, so an order that needs two slow steps or a slow wait is not seen.
"""

from __future__ import annotations

from dataclasses import replace

from driving import SLOW, Driven, Driving, Runner
from engine import Job
from runtime_cases import RuntimeCase
from trace_checks import overlapping

from analyzer.analyses.traces import Ended, Started

Pairs = set[tuple[str, str]]


def observed(runner: Runner, case: RuntimeCase, job: Job) -> tuple[Pairs, Pairs]:
    """Pairs of step names: the first always ended before the second started; they overlapped once (sorted names)."""
    driving = Driving(case)
    plain = driving.run(runner, job)
    for name in dict.fromkeys(entry.name for entry in plain.run.trace if entry.kind == "call" and entry.type == "do"):
        driving.run(runner, replace(job, label=f"{name} is slow", delays={**job.delays, name: SLOW}))
    before = set.intersection(*(_before(driven) for driven in driving.runs))
    beside = set.union(*(_beside(driven) for driven in driving.runs))
    return before, beside


def _names(driven: Driven) -> dict[int, str]:
    return {entry.call: entry.name for entry in driven.run.trace if entry.kind == "call"}


def _before(driven: Driven) -> Pairs:
    """What has ended once before another starts first."""
    names = _names(driven)
    over: dict[str, None] = {}
    begun: set[str] = set()
    found: Pairs = set()
    for event in driven.trace.events:
        name = names[event.call]
        match event:
            case Ended():
                over[name] = None
            case Started() if name not in begun:
                begun.add(name)
                found |= {(earlier, name) for earlier in over}
    return found


def _beside(driven: Driven) -> Pairs:
    names = _names(driven)
    return {_sorted(names[one], names[other]) for one, other in overlapping(driven)}


def _sorted(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def claimed(case: RuntimeCase) -> tuple[Pairs, Pairs]:
    """The same pairs as the graph has them."""
    relations = case.relations
    names = {id_: node.name for id_, node in relations.nodes.items() if hasattr(node, "name_span")}
    before = {(names[a], names[b]) for a, b in relations.must_precede_pairs() if a in names and b in names and a != b}
    beside = {_sorted(names[a], names[b]) for a, b in relations.may_overlap_pairs() if a in names and b in names}
    return before, beside
