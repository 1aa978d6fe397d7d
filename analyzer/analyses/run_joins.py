"""What joins wait for, and how a thread of a run passes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from analyzer.analyses.flow_graph import EdgeKind
from analyzer.analyses.run_moves import Move, Moves
from analyzer.analyses.run_states import Opened, State, Thread, distinct
from analyzer.graph import model

Finish: TypeAlias = Callable[[State, int, int], Iterator[tuple[bool, State]]]
"""Ends a thread (by key, at a depth) without an event: whether badly, and the state behind it."""


class Joins:
    """The joins of a graph, as a run meets them."""

    def __init__(self, rules: Moves, finish: Finish) -> None:
        self.flow = rules.flow
        self.rules = rules
        self.finish = finish

    def moves(self, state: State, thread: Thread, node: model.Join, depth: int) -> Iterator[Move]:
        """The states behind a join at which a thread stands. ``depth``: of threads that are being ended for one another."""
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
                states = distinct(after for before in states for after in self._ends(before, key, depth))
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
        thread = thread._replace(opens=tuple(opens))
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
