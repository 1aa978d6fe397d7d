"""What the threads of a run can do between two events: come to a step, come to their end, pass joins."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from analyzer.analyses.flow_graph import ControlFlow, EdgeKind
from analyzer.analyses.run_moves import Move, Moves
from analyzer.analyses.run_states import Opened, State, Thread
from analyzer.graph import model

MAX_MOVES = 40_000
"""Moves looked at for one event."""

MAX_NESTING = 12
"""Threads that start or end one another silently before one event."""


class Search:
    """Searches the moves of a graph. ``limited`` tells that a bound was met, ``moves`` counts since it was last reset."""

    def __init__(self, flow: ControlFlow) -> None:
        self.flow = flow
        self.rules = Moves(flow)
        self.limited = False
        self.moves = 0

    def reach(self, state: State, key: int, wanted: frozenset[int], depth: int = 0) -> Iterator[tuple[int, State]]:
        """Ways a thread, or one it starts on its way, comes to a START point that is wanted; with the key of which."""
        state, key = _one_of_many(state, key)
        thread = state.get(key)
        if thread is not None and thread.due and thread.point in wanted:
            yield key, state
        for following, forked in self._explore(state, key, depth):
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
        for following, _ in self._explore(state, key, depth):
            thread = following.get(key)
            if thread is not None:
                yield from self._ended(following, thread)

    def _ended(self, state: State, thread: Thread) -> Iterator[tuple[bool, State]]:
        body = self.flow.bodies[thread.base]
        if thread.point in (body.exit, body.raised) and not self.rules.frame(thread.stack):
            failed = thread.point == body.raised
            after = state.end(thread.key, failed)
            yield failed, after if thread.site is None else after.over(thread.point, self.flow.ends[thread.site])

    def _explore(self, state: State, key: int, depth: int) -> Iterator[Move]:
        """Every state one thread can reach without an event; it stops at the START of a step."""
        if depth > MAX_NESTING:
            self.limited = True
            return
        seen: set[State] = set()
        likely: deque[Move] = deque([(state, None)])
        doubtful: deque[Move] = deque()
        while likely or doubtful:
            current, forked = (likely or doubtful).popleft()
            if current in seen:
                continue
            if current is not state:
                seen.add(current)
                yield current, forked
            thread = current.get(key)
            if thread is None or (current is not state and self._is_about_to_start(thread)):
                continue
            for move in self._moves(current, thread, depth):
                self.moves += 1
                if self.moves > MAX_MOVES:
                    self.limited = True
                    return
                (likely if move[0].doubts == current.doubts else doubtful).append(move)

    def _is_about_to_start(self, thread: Thread) -> bool:
        return self.flow.is_step(thread.point) and not self.flow.is_deferred(thread.point)

    def _moves(self, state: State, thread: Thread, depth: int) -> Iterator[Move]:
        match self.flow.points[thread.point].node:
            case model.Join() as join if thread.point in self.rules.waiting:
                yield from self._join(state, thread, join, depth)
            case _:
                yield from self.rules.of(state, thread)

    # ---------------------------------------------------------------- joins

    def _join(self, state: State, thread: Thread, node: model.Join, depth: int) -> Iterator[Move]:
        awaited = self._joined(state, thread, node)
        if thread.pooled or not self.rules.pooled.isdisjoint(node.members):
            for failed in (False, True):
                yield from self._pass(state, thread.key, awaited, failed)
            return
        match node.kind:
            case model.JoinKind.ALL | model.JoinKind.SETTLED:
                may_fail = node.kind is model.JoinKind.ALL
                for after in self._all_ended(state, awaited, depth):
                    failed = may_fail and any(self._result(after, opened) for opened in awaited if opened.joined is None)
                    yield from self._pass(after, thread.key, awaited, failed)
                for after in self._one_failed(state, awaited, depth) if may_fail else ():
                    yield from self._pass(after, thread.key, awaited, failed=True)
            case model.JoinKind.RACE | model.JoinKind.ANY:
                yield from self._first(state, thread, node, awaited, depth)
        if node.others and node.kind is not model.JoinKind.SETTLED:
            yield from self._pass(state, thread.key, awaited, failed=True)

    def _first(self, state: State, thread: Thread, node: model.Join, awaited: list[Opened], depth: int) -> Iterator[Move]:
        """A race is over when one has ended, which may be something without steps; failures do not win an ANY."""
        if node.others or not awaited:
            yield from self._pass(state, thread.key, awaited, failed=False)
        fails = node.kind is model.JoinKind.RACE
        raises = any(kind is EdgeKind.FAIL for _, kind in self.rules.onward[thread.point])
        for opened in awaited:
            for after in self._all_ended(state, [opened], depth):
                failed = bool(self._result(after, opened))
                if fails or not failed:
                    yield from self._pass(after, thread.key, awaited, failed and raises)
        for after in () if fails else self._all_ended(state, awaited, depth):
            if all(self._result(after, opened) for opened in awaited):
                yield from self._pass(after, thread.key, awaited, failed=True)

    def _joined(self, state: State, thread: Thread, node: model.Join) -> list[Opened]:
        """What a join waits for: of each member the latest promise, or all where each turn of a loop started one.

        What was joined before counts only if there is nothing newer.
        """
        awaited: list[Opened] = []
        for member in node.members:
            known = self._opened(state, thread, member)
            found = [opened for opened in known if opened.joined is None] or known
            every = (thread.point, member) in self.flow.every_turn
            awaited.extend(found if every else found[-1:])
        return awaited

    def _opened(self, state: State, thread: Thread, member: int) -> list[Opened]:
        """Promises of a member in the frame, else in the thread, else in one that encloses it."""
        frame = self.rules.frame(thread.stack)
        around: Thread | None = thread
        while around is not None:
            known = [opened for opened in around.opens if opened.member == member]
            if known:
                return [opened for opened in known if around is thread and opened.frame == frame] or known
            around = state.get(around.up)
        return []

    def _all_ended(self, state: State, awaited: list[Opened], depth: int) -> list[State]:
        """States in which everything awaited has ended, silently where it can."""
        states = [state]
        for opened in awaited:
            if opened.thread is None and self._result(state, opened) is None:
                return []
            if opened.thread is not None:
                key = opened.thread
                states = list(dict.fromkeys(after for before in states for after in self._ends(before, key, depth)))
        return states

    def _ends(self, state: State, key: int, depth: int) -> Iterator[State]:
        thread = state.get(key)
        if thread is None:
            yield state
        elif thread.many:
            yield state.drop(key)
        else:
            yield from (after for _, after in self.finish(state, key, depth + 1))

    def _one_failed(self, state: State, awaited: list[Opened], depth: int) -> Iterator[State]:
        """States in which something awaited has failed."""
        for opened in awaited:
            if self._result(state, opened):
                yield state
            elif opened.thread is not None and state.get(opened.thread) is not None:
                yield from (after for failed, after in self.finish(state, opened.thread, depth + 1) if failed)

    def _result(self, state: State, opened: Opened) -> bool | None:
        """Whether a promise has failed; None while it is open."""
        if opened.joined is not None:
            return opened.joined
        if opened.call is not None:
            return self.rules.failed.get(opened.call)
        if opened.thread is None or state.get(opened.thread) is not None:
            return None
        return state.result(opened.thread) or False

    def _pass(self, state: State, key: int, awaited: list[Opened], failed: bool) -> Iterator[Move]:
        """Goes on behind a join; what has ended counts as joined, what newer promises have replaced is forgotten."""
        thread = state.get(key)
        assert thread is not None
        join = thread.point
        members = {(opened.frame, opened.member) for opened in awaited}
        opens: dict[Opened, None] = {}
        for opened in thread.opens:
            if opened in awaited:
                result = self._result(state, opened)
                over = Opened(opened.frame, opened.member, None, None, result)
                opens[opened if result is None else over] = None
            elif (opened.frame, opened.member) not in members:
                opens[opened] = None
        for opened in awaited:
            if self._result(state, opened) is not None:
                state = self._settle(state, opened.member, join)
        thread = replace(thread, opens=tuple(opens))
        state = state.put(thread).forget()
        for target, kind in self.rules.onward[join]:
            if (kind is EdgeKind.FAIL) is failed:
                yield from self.rules.along(state, thread, target)

    def _settle(self, state: State, member: int, join: int) -> State:
        start = self.flow.starts[member]
        end = self.flow.ends[start]
        if start not in self.flow.inner:
            state = state.over(start, end)
        return state.over(end, join)


def _one_of_many(state: State, key: int) -> tuple[State, int]:
    """A thread by itself: one more, if the thread of the key stands for many."""
    thread = state.get(key)
    if thread is None or not thread.many:
        return state, key
    one = replace(thread, key=state.fresh, many=False)
    parent = state.get(thread.up)
    state = state.add(one)
    if parent is not None:
        opens = [opened._replace(thread=one.key) for opened in parent.opens if opened.thread == key]
        state = state.put(replace(parent, opens=(*parent.opens, *opens)))
    return state, one.key
