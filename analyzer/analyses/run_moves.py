"""How one thread of a run moves through a control-flow graph where nobody else has a say: along edges, into calls and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from analyzer.analyses.flow_graph import ControlFlow, EdgeKind, PointKind
from analyzer.analyses.run_states import Opened, State, Thread
from analyzer.graph import model

Move: TypeAlias = tuple[State, int | None]
"""The state after a move, and the key of the thread it has started, if it has."""

NOT_FOLLOWED = frozenset({EdgeKind.FORK, EdgeKind.SETTLE, EdgeKind.RETURN, EdgeKind.RETRY, EdgeKind.CALL})
"""Edges a thread does not simply follow."""


class Moves:
    """The moves a graph allows.

    ``failed``: the calls of steps that have ended so far, and whether badly. ``waiting``: JOIN points, where a thread waits
    for others. ``pooled``: ids of calls and blocks that functions which call themselves start beside themselves.
    """

    def __init__(self, flow: ControlFlow) -> None:
        self.flow = flow
        self.failed: dict[int, bool] = {}
        self.waiting = frozenset(point.index for point in flow.points if point.kind is PointKind.JOIN)
        self.onward = [
            [(target, data["kind"]) for target, data in flow.graph.adj[point].items() if data["kind"] not in NOT_FOLLOWED]
            for point in range(len(flow.points))
        ]
        self.pooled = frozenset(
            flow.promises[start].id for start in flow.inner if not flow.is_awaited(start) and self._within_recursion(start)
        )

    def _within_recursion(self, start: int) -> bool:
        """Whether a call stays among functions that call themselves: such calls are not told apart."""
        return {self.flow.inner[start], self.flow.points[start].body} <= self.flow.recursive

    def of(self, state: State, thread: Thread) -> Iterator[Move]:
        """The states one move of a thread away, which is not in ``waiting``; none while the step it awaits has not ended."""
        kind = self.flow.points[thread.point].kind
        if thread.due:
            return
        if thread.waits is not None:
            yield from self._after_step(state, thread, thread.waits)
        elif kind in (PointKind.EXIT, PointKind.RAISED):
            yield from self._return(state, thread)
        elif thread.pooled and self.flow.is_step(thread.point) and self.flow.is_awaited(thread.point):
            yield from self._after_pooled_step(state, thread)
        elif thread.point in self.flow.inner and self.flow.is_awaited(thread.point) and not self.flow.is_step(thread.point):
            yield self._call(state, thread), None
        else:
            for target, kind in self.onward[thread.point]:
                yield from self.along(state, thread, target, kind)

    def _after_pooled_step(self, state: State, thread: Thread) -> Iterator[Move]:
        """Nobody follows what has become of the steps of pooled threads."""
        yield from self.along(state, thread, self.flow.ends[thread.point])
        for target, kind in self.onward[thread.point]:
            yield from self.along(state, thread, target, kind)

    def along(self, state: State, thread: Thread, target: int, kind: EdgeKind = EdgeKind.NEXT) -> Iterator[Move]:
        """Moves to a point of the same body; what is started there by the way begins beside it."""
        stack = self._stack_at(thread.stack, target)
        if stack is None:
            return
        moved = thread._replace(point=target, stack=stack)
        state = state.put(moved).over(thread.point, target, kind is EdgeKind.MAY_THROW)
        if self.flow.is_deferred(target):
            yield self._fork(state, moved, target)
        elif target in self.flow.inner and not self.flow.is_step(target) and not self.flow.is_awaited(target):
            yield self._fork(state, moved, self.flow.bodies[self.flow.inner[target]].entry)
        else:
            yield state, None

    def frame(self, stack: tuple[int, ...]) -> tuple[int, ...]:
        """The calls in a stack, without those among functions that call themselves."""
        return tuple(item for item in stack if item in self.flow.inner and not self._within_recursion(item))

    def _stack_at(self, stack: tuple[int, ...], target: int) -> tuple[int, ...] | None:
        """The stack at a point: finals it is outside of are forgotten; None if it is the RESUME of another way in."""
        point = self.flow.points[target]
        if point.body in self.flow.recursive:
            return stack
        if point.kind is PointKind.RESUME:
            return stack[:-1] if stack[-1:] == (point.part,) else None
        calls = len(stack)
        while calls and self.flow.points[stack[calls - 1]].kind is PointKind.DIVERT:
            calls -= 1
        stack = stack[: calls + point.finals]
        return (*stack, target) if point.kind is PointKind.DIVERT else stack

    def _after_step(self, state: State, thread: Thread, call: int) -> Iterator[Move]:
        if call not in self.failed:
            return
        free = thread._replace(waits=None)
        if not self.failed[call]:
            yield from self.along(state, free, self.flow.ends[thread.point])
            return
        for target, kind in self.onward[thread.point]:
            if kind is not EdgeKind.NEXT:
                yield from self.along(state, free, target)

    # ---------------------------------------------------------------- calls and forks

    def _call(self, state: State, thread: Thread) -> State:
        entry = self.flow.bodies[self.flow.inner[thread.point]].entry
        known = self._within_recursion(thread.point) and thread.point in thread.stack
        stack = thread.stack if known else (*thread.stack, thread.point)
        return state.put(thread._replace(point=entry, stack=stack)).over(thread.point, entry)

    def _return(self, state: State, thread: Thread) -> Iterator[Move]:
        """Back to the call a function was entered by; within a recursion, to any call it was ever entered by."""
        body = self.flow.bodies[self.flow.points[thread.point].body]
        if thread.point == body.raised and thread.step is not None and body.index == thread.base:
            again = thread._replace(point=body.entry, stack=())
            yield state.put(again).over(body.raised, body.entry), None
        targets = self.flow.ends if thread.point == body.exit else self.flow.failures
        for depth in range(len(thread.stack) - 1, -1, -1):
            caller = thread.stack[depth]
            within = self._within_recursion(caller)
            if self.flow.inner[caller] == body.index:
                stack = thread.stack if within else thread.stack[:depth]
                target = targets[caller]
                yield state.put(thread._replace(point=target, stack=stack)).over(thread.point, target), None
            if not within:
                return

    def _fork(self, state: State, thread: Thread, first: int) -> Move:
        """Starts what runs beside a thread from now on; if one like it has not moved yet, that one stands for many."""
        node = self.flow.promises[thread.point]
        due = first == thread.point
        base = thread.base if due else self.flow.inner[thread.point]
        child = Thread(state.fresh, first, base, site=thread.point, inside=thread.inside, up=thread.key, due=due)
        if not due:
            state = state.over(thread.point, first)
        if thread.pooled or node.id in self.pooled:
            return state.pool(child)
        for other in state.threads:
            if other.site == thread.point and other.up == thread.key and other.point == first and not other.opens:
                return state.put(other._replace(many=True)), other.key
        if node.started is model.Started.KEPT:
            opened = Opened(self.frame(thread.stack), node.id, None, child.key)
            state = state.put(thread._replace(opens=(*thread.opens, opened)))
        return state.add(child), child.key
