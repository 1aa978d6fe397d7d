"""What the threads of a run can do between two events: come to a step, or to their end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from analyzer.analyses.flow_graph import ControlFlow, EdgeKind
from analyzer.analyses.run_joins import Joins
from analyzer.analyses.run_moves import Move, Moves
from analyzer.analyses.run_states import State, Thread
from analyzer.graph import model

MAX_MOVES = 10_000
"""Moves looked at for one event."""

MAX_NESTING = 12
"""Threads that start or end one another silently before one event."""


class Search:
    """Searches the moves of a graph. ``limited`` tells that a bound was met, ``moves`` counts since it was last reset."""

    def __init__(self, flow: ControlFlow) -> None:
        self.flow = flow
        self.rules = Moves(flow)
        self.joins = Joins(self.rules, self.finish)
        self.limited = False
        self.moves = 0
        self.ways_back = _ways_back(flow)
        self.leading: dict[frozenset[int], set[int]] = {}

    def reach(self, state: State, key: int, wanted: frozenset[int], depth: int = 0) -> Iterator[tuple[int, State]]:
        """Ways a thread, or one it starts on its way, comes to a START point that is wanted; with the key of which."""
        state, key = _one_of_many(state, key)
        thread = state.get(key)
        if thread is not None and thread.due and thread.point in wanted:
            yield key, state
        for following, forked in self._explore(state, key, wanted, depth):
            thread = following.get(key)
            if thread is not None and thread.point in wanted and not self.flow.is_deferred(thread.point):
                yield key, following
            if forked is not None:
                yield from self.reach(following, forked, wanted, depth + 1)

    def finish(self, state: State, key: int, depth: int = 0) -> Iterator[tuple[bool, State]]:
        """Ways a thread comes to its end without an event: whether badly, and the state behind it."""
        state, key = _one_of_many(state, key)
        thread = state.get(key)
        if thread is None:
            return
        yield from self._ended(state, thread)
        body = self.flow.bodies[thread.base]
        for following, _ in self._explore(state, key, frozenset({body.exit, body.raised}), depth):
            thread = following.get(key)
            if thread is not None:
                yield from self._ended(following, thread)

    def _ended(self, state: State, thread: Thread) -> Iterator[tuple[bool, State]]:
        body = self.flow.bodies[thread.base]
        if thread.point in (body.exit, body.raised) and not self.rules.frame(thread.stack):
            failed = thread.point == body.raised
            after = state.end(thread.key, failed)
            yield failed, after if thread.site is None else after.over(thread.point, self.flow.ends[thread.site])

    def _explore(self, state: State, key: int, goals: frozenset[int], depth: int) -> Iterator[Move]:
        """The states one thread can reach without an event on its way to some points; it stops at the START of a step."""
        if depth > MAX_NESTING or self.moves > MAX_MOVES:
            self.limited = True
            return
        useful = self._leading_to(goals)
        seen: set[object] = set()
        likely: deque[Move] = deque([(state, None)])
        doubtful: deque[Move] = deque()
        while likely or doubtful:
            current, forked = (likely or doubtful).popleft()
            if current.core in seen:
                continue
            if current is not state:
                seen.add(current.core)
                yield current, forked
            thread = current.get(key)
            if thread is None or (current is not state and self._is_about_to_start(thread)):
                continue
            for move in self._moves(current, thread, depth):
                self.moves += 1
                if self.moves > MAX_MOVES:
                    self.limited = True
                    return
                moved = move[0].get(key)
                if moved is not None and moved.point in useful:
                    (likely if move[0].doubts == current.doubts else doubtful).append(move)

    def _leading_to(self, goals: frozenset[int]) -> set[int]:
        """The points from which some others can be reached without passing the start of a step, calls not told apart."""
        if goals not in self.leading:
            self.leading[goals] = found = set(goals)
            stack = list(goals)
            while stack:
                new = self.ways_back[stack.pop()] - found
                found |= new
                stack.extend(new)
        return self.leading[goals]

    def _is_about_to_start(self, thread: Thread) -> bool:
        return self.flow.is_step(thread.point) and not self.flow.is_deferred(thread.point)

    def _moves(self, state: State, thread: Thread, depth: int) -> Iterator[Move]:
        match self.flow.points[thread.point].node:
            case model.Join() as join if thread.point in self.rules.waiting:
                yield from self.joins.moves(state, thread, join, depth)
            case _:
                yield from self.rules.of(state, thread)


def _ways_back(flow: ControlFlow) -> list[set[int]]:
    """Where a thread, or what it starts, may have come from at each point without an event."""
    ways: list[set[int]] = [set() for _ in flow.points]
    for source, target, data in flow.graph.edges(data=True):
        silent = not flow.is_step(source) or flow.is_deferred(source)
        if silent and data["kind"] is not EdgeKind.SETTLE:
            ways[target].add(source)
    return ways


def _one_of_many(state: State, key: int) -> tuple[State, int]:
    """A thread by itself: one more, if the thread of the key stands for many."""
    thread = state.get(key)
    if thread is None or not thread.many:
        return state, key
    one = thread._replace(key=state.fresh, many=False)
    parent = state.get(thread.up)
    state = state.add(one)
    if parent is not None:
        opens = [opened._replace(thread=one.key) for opened in parent.opens if opened.thread == key]
        state = state.put(parent._replace(opens=(*parent.opens, *opens)))
    return state, one.key
