"""What must have ended before something starts, what may run at the same time, and what runs inside what.

Three relations between the steps, calls and blocks of a workflow, read off its control-flow graph:

- a *must precede* b: on every path to a start of b, an execution of a has ended before, well or badly;
- a and b *may overlap*: on some path, one may start while the other has not ended. What runs inside a step's callback does
  not overlap that step, it is *inside* it.

Where more than one promise of a kind may be open, an earlier one is taken to stay open unless a join waits for all of them.
An attempt of a step that has timed out is taken as ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.flow_graph import ControlFlow
from analyzer.analyses.open_promises import Facts, open_promises
from analyzer.graph import model
from analyzer.records import record


@record
class Precedence:
    """The relations of a workflow. ``nodes``: its steps, calls and blocks, by id, in the order of the control-flow graph.

    The sets are bits, bit n for the n-th node: of each node, what precedes it, what may overlap it, what is inside it.
    """

    nodes: Mapping[int, model.Promise]
    _places: Mapping[int, int]
    _before: tuple[int, ...]
    _beside: tuple[int, ...]
    _within: tuple[int, ...]

    def must_precede(self, earlier: int, later: int) -> bool:
        """Whether one node (by id) has always ended before another starts."""
        return self._has(self._before, later, earlier)

    def may_overlap(self, one: int, other: int) -> bool:
        """Whether two nodes (by id; one node twice, for two executions of it) may run at the same time."""
        return self._has(self._beside, one, other)

    def is_inside(self, inner: int, outer: int) -> bool:
        """Whether a node (by id) may run inside the callback of a step."""
        return self._has(self._within, outer, inner)

    def preceding(self, later: int) -> list[int]:
        """The ids of what must have ended before a node (by id) starts."""
        ids = tuple(self.nodes)
        return [ids[place] for place in bits(self._before[self._places[later]])]

    def must_precede_pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of ids, the earlier first."""
        return ((earlier, later) for later, earlier in self._pairs(self._before))

    def may_overlap_pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of ids, each in both orders."""
        return self._pairs(self._beside)

    def inside_pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of ids, the inner first."""
        return ((inner, outer) for outer, inner in self._pairs(self._within))

    def _has(self, sets: tuple[int, ...], owner: int, member: int) -> bool:
        return bool(sets[self._places[owner]] >> self._places[member] & 1)

    def _pairs(self, sets: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        ids = tuple(self.nodes)
        return ((ids[place], ids[other]) for place, members in enumerate(sets) for other in bits(members))


def precedence(workflow: model.Workflow) -> Precedence:
    """The relations between the nodes of a workflow, whose ids must be distinct."""
    return precedence_of(control_flow(workflow))


def precedence_of(flow: ControlFlow) -> Precedence:
    """The relations between the nodes of a control-flow graph."""
    facts = open_promises(flow)
    starts = facts.starts
    closures = _closures(flow, facts)
    beside = _beside(flow, facts, closures)
    before = _before(flow, facts)
    within = tuple(closures[flow.inner[start]] if start in flow.inner and flow.is_step(start) else 0 for start in starts)
    ids = [flow.promises[start].id for start in starts]
    nodes = {id_: flow.promises[start] for id_, start in zip(ids, starts, strict=True)}
    return Precedence(nodes, {id_: place for place, id_ in enumerate(ids)}, before, beside, within)


def bits(members: int) -> Iterator[int]:
    """The places of the bits that are set, least first."""
    while members:
        least = members & -members
        yield least.bit_length() - 1
        members ^= least


def _closures(flow: ControlFlow, facts: Facts) -> list[int]:
    """Of each body, everything that runs in it or in what it runs."""
    closures = [0] * len(flow.bodies)
    for place, start in enumerate(facts.starts):
        closures[flow.points[start].body] |= 1 << place
    changed = list(range(len(flow.bodies)))
    callers: dict[int, set[int]] = {}
    for start, body in flow.inner.items():
        callers.setdefault(body, set()).add(flow.points[start].body)
    while changed:
        body = changed.pop()
        for caller in callers.get(body, ()):
            if closures[body] & ~closures[caller]:
                closures[caller] |= closures[body]
                changed.append(caller)
    return closures


def _beside(flow: ControlFlow, facts: Facts, closures: list[int]) -> tuple[int, ...]:
    """Of each node, what may run at the same time: what is open where it starts, or where anything around it starts."""
    whole = [
        (1 << place) | (closures[flow.inner[start]] if start in flow.inner else 0) for place, start in enumerate(facts.starts)
    ]
    beside = [0] * len(facts.starts)
    for place, start in enumerate(facts.starts):
        for other in bits(facts.open_at[start]):
            beside[place] |= whole[other]
    around = _around(flow, facts, beside)
    for place, start in enumerate(facts.starts):
        beside[place] |= around[flow.points[start].body]
    for place, others in enumerate(tuple(beside)):
        for other in bits(others):
            beside[other] |= 1 << place
    return tuple(beside)


def _around(flow: ControlFlow, facts: Facts, beside: list[int]) -> list[int]:
    """Of each body, what may run beside the whole of it."""
    around = [0] * len(flow.bodies)
    calls: dict[int, list[tuple[int, int]]] = {}
    for place, start in enumerate(facts.starts):
        if start in flow.inner:
            calls.setdefault(flow.points[start].body, []).append((place, flow.inner[start]))
    changed = list(range(len(flow.bodies)))
    while changed:
        body = changed.pop()
        for place, inner in calls.get(body, ()):
            new = beside[place] | around[body]
            if new & ~around[inner]:
                around[inner] |= new
                changed.append(inner)
    return around


def _before(flow: ControlFlow, facts: Facts) -> tuple[int, ...]:
    """Of each node, what has ended before it on every path: in its own body, and wherever that body is run from."""
    everything = (1 << len(facts.starts)) - 1
    entered = [everything] * len(flow.bodies)
    entered[0] = 0
    calls: dict[int, list[tuple[int, int]]] = {}
    for start, body in flow.inner.items():
        calls.setdefault(flow.points[start].body, []).append((start, body))
    changed = [0]
    while changed:
        body = changed.pop()
        for start, inner in calls.get(body, ()):
            known = entered[body] | facts.done_at[start]
            if entered[inner] & ~known:
                entered[inner] &= known
                changed.append(inner)
    return tuple(facts.done_at[start] | entered[flow.points[start].body] for start in facts.starts)
