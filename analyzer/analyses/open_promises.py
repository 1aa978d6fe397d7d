"""Which promises may be open, and what must have ended, wherever something starts: a dataflow analysis.

Facts flow along the control-flow graph of each body by itself; what a call or callback does is known from a summary of its
body, and bodies are looked at again until the summaries stand still. Sets are bits, bit n for the n-th START point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from typing import NamedTuple

from analyzer.analyses.flow_graph import Body, ControlFlow, EdgeKind, PointKind
from analyzer.graph import model
from analyzer.records import record


@record
class Facts:
    """What holds in front of each START point, seen from the beginning of its body.

    ``starts``: the START points in order. ``open_at``: what may be running beside; ``done_at``: what must have ended.
    """

    starts: tuple[int, ...]
    open_at: Mapping[int, int]
    done_at: Mapping[int, int]


def open_promises(flow: ControlFlow) -> Facts:
    """Computes the facts of a control-flow graph, in about the time of reading it once for each level of loops and calls."""
    analysis = _Analysis(flow)
    analysis.run()
    starts = tuple(sorted(flow.promises))
    # a START that nothing reaches has no facts: nothing is open, and everything holds
    states = {start: analysis.states.get(start, analysis.nowhere) for start in starts}
    return Facts(
        starts,
        {start: state.open | state.older for start, state in states.items()},
        {start: state.done for start, state in states.items()},
    )


class _State(NamedTuple):
    """What may be open: the latest of its kind (``open``), an earlier one (``older``). What must have begun, and ended."""

    open: int
    older: int
    begun: int
    done: int


class _Summary(NamedTuple):
    """What a body leaves running when it ends, or when it raises, and what must have ended in it when it ends."""

    left: int = 0
    left_raising: int = 0
    done: int = -1


NOTHING = _State(0, 0, 0, 0)
NO_BODY = _Summary(0, 0, 0)
INSIDE = frozenset(EdgeKind) - {EdgeKind.CALL, EdgeKind.FORK, EdgeKind.RETURN, EdgeKind.SETTLE}
"""Edges that stay in a body; a RETRY begins it again."""


class _Analysis:
    def __init__(self, flow: ControlFlow) -> None:
        self.flow = flow
        self.place = {start: place for place, start in enumerate(sorted(flow.promises))}
        self.everything = (1 << len(self.place)) - 1
        self.nowhere = _State(0, 0, self.everything, self.everything)
        self.states: dict[int, _State] = {}
        self.summaries = [_Summary() for _ in flow.bodies]
        self.points: list[list[int]] = [[] for _ in flow.bodies]
        for point in flow.points:
            self.points[point.body].append(point.index)
        self.ways = [self._ways(point) for point in range(len(flow.points))]

    def _ways(self, point: int) -> list[tuple[int, EdgeKind]]:
        ways = [(target, data["kind"]) for target, data in self.flow.graph.adj[point].items() if data["kind"] in INSIDE]
        if point in self.flow.inner and self.flow.is_awaited(point):
            ways.append((self.flow.ends[point], EdgeKind.NEXT))
            if point in self.flow.failures:
                ways.append((self.flow.failures[point], EdgeKind.FAIL))
        return ways

    def run(self) -> None:
        """Looks at bodies until nothing changes, those that others run first."""
        callers: dict[int, set[int]] = {}
        for start, inner in self.flow.inner.items():
            callers.setdefault(inner, set()).add(self.flow.points[start].body)
        waiting = dict.fromkeys(reversed(self._order()))
        while waiting:
            body, _ = waiting.popitem()
            summary = self._body(body)
            if summary != self.summaries[body]:
                self.summaries[body] = summary
                waiting.update(dict.fromkeys(sorted(callers.get(body, ()))))

    def _order(self) -> list[int]:
        """Bodies, each behind those it runs, as far as they do not run each other."""
        runs: dict[int, list[int]] = {}
        for start, inner in sorted(self.flow.inner.items()):
            runs.setdefault(self.flow.points[start].body, []).append(inner)
        order: dict[int, None] = {}
        entered: set[int] = set()
        for root in range(len(self.flow.bodies)):
            stack = [(root, False)]
            while stack:
                body, left = stack.pop()
                if left:
                    order[body] = None
                elif body not in entered:
                    entered.add(body)
                    stack.append((body, True))
                    stack.extend((inner, False) for inner in reversed(runs.get(body, [])))
        return list(order)

    def _body(self, index: int) -> _Summary:
        body = self.flow.bodies[index]
        self._flow(body)
        end = self.states.get(body.exit)
        raised = self.states.get(body.raised, NOTHING)
        raising = raised.open | raised.older
        if end is None:
            return _Summary(0, raising, self.everything)
        return _Summary(end.open | end.older, raising, end.done)

    def _flow(self, body: Body) -> None:
        """Carries facts along the edges of a body until nothing changes, roughly in the order in which it is written."""
        self.states.setdefault(body.entry, NOTHING)
        waiting = [point for point in self.points[body.index] if point in self.states]
        while waiting:
            point = heappop(waiting)
            while waiting and waiting[0] == point:
                heappop(waiting)
            for target, after in self._after(point, self.states[point]):
                before = self.states.get(target)
                met = after if before is None else _meet(before, after)
                if met != before:
                    self.states[target] = met
                    heappush(waiting, target)

    def _after(self, point: int, state: _State) -> Iterable[tuple[int, _State]]:
        match self.flow.points[point].kind:
            case PointKind.START:
                return [(target, self._started(point, state, kind)) for target, kind in self.ways[point]]
            case PointKind.JOIN:
                return [
                    (target, state if kind is EdgeKind.FAIL else self._joined(point, state))
                    for target, kind in self.ways[point]
                ]
            case _:
                return [(target, state) for target, _ in self.ways[point]]

    def _started(self, start: int, state: _State, kind: EdgeKind) -> _State:
        bit = 1 << self.place[start]
        if not self.flow.is_awaited(start):
            return _State(state.open | bit, state.older | (state.open & bit), state.begun | bit, state.done)
        inner = self._inner(start)
        if kind is EdgeKind.NEXT:
            return _State(state.open | inner.left, state.older, state.begun | bit, state.done | bit | inner.done)
        left = inner.left | inner.left_raising
        return _State(state.open | left, state.older, state.begun | bit, state.done | bit)

    def _joined(self, join: int, state: _State) -> _State:
        node = self.flow.points[join].node
        assert isinstance(node, model.Join)
        if node.kind in (model.JoinKind.RACE, model.JoinKind.ANY) and (node.others or len(node.members) > 1):
            return state
        opened, older, done = state.open, state.older, state.done
        for member in node.members:
            start = self.flow.starts.get(member)
            if start is None:
                continue
            bit = 1 << self.place[start]
            inner = self._inner(start)
            opened = (opened & ~bit) | inner.left | (inner.left_raising if node.kind is model.JoinKind.SETTLED else 0)
            if (join, member) in self.flow.every_turn:
                older &= ~bit
            if state.begun & bit:
                done |= bit | (inner.done if node.kind is model.JoinKind.ALL else 0)
        return _State(opened, older, state.begun, done)

    def _inner(self, start: int) -> _Summary:
        return self.summaries[self.flow.inner[start]] if start in self.flow.inner else NO_BODY


def _meet(one: _State, other: _State) -> _State:
    return _State(one.open | other.open, one.older | other.older, one.begun & other.begun, one.done & other.done)
