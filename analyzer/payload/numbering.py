"""Clocks: ``starts`` and ``resolves`` of promises, and who waits for each (SEMANTICS section 5, rules 1 to 9).

One walk in source order over the working copy of a body, before guards are nested: nesting moves no promise to another
path, so it changes no number. A loop is taken to run: what its body waits for is waited for behind it. A handler starts
where its block ends.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from analyzer.graph import model
from analyzer.payload.items import Body, Item, Part

FIRST = frozenset({model.JoinKind.RACE, model.JoinKind.ANY})


def number(body: Body) -> list[Item]:
    """Numbers the promises of a body. Yields those that are kept, in source order."""
    clock = _Clock(body)
    clock.sequence(body.root)
    return list(clock.promises.values())


class _State:
    """The time and the open promises at a point. Copies share the set of these until one of them changes it."""

    __slots__ = ("_owned", "open", "time")

    def __init__(self, time: int, open_ids: AbstractSet[int]) -> None:
        self.time = time
        self.open = open_ids
        self._owned: set[int] | None = None

    def copy(self) -> _State:
        self._owned = None
        return _State(self.time, self.open)

    def changing(self) -> set[int]:
        """The set of open promises, to be changed."""
        if self._owned is None:
            self.open = self._owned = set(self.open)
        return self._owned


def _met(states: list[_State]) -> _State:
    """Where states meet: the greatest time, and what is open in any of them."""
    if len(states) == 1:
        return states[0]
    first = states[0].open
    if all(state.open is first for state in states):
        return _State(max(state.time for state in states), first)
    return _State(max(state.time for state in states), set().union(*(state.open for state in states)))


class _Clock:
    def __init__(self, body: Body) -> None:
        self.body = body
        self.now = _State(1, frozenset())
        self.live = True
        self.promises: dict[int, Item] = {}
        self.left: dict[int, list[_State]] = {}
        """States at the jumps out of a loop, switch or scope, by its id."""

    def sequence(self, part: Part) -> None:
        for item in part.items:
            if item.quiet and not self.now.open:
                continue
            self._item(item)
            if not self.live:
                return

    def _item(self, item: Item) -> None:
        match item.node:
            case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent() | model.FunctionCall():
                self._promise(item, item.node)
            case model.Block():
                self._promise(item, item.node)
            case model.Join():
                self._join(item, item.node)
            case model.Jump(target=target):
                if target in self.left:
                    self.left[target].append(self.now.copy())
                self.live = False
            case model.If():
                self._if(item)
            case model.Switch():
                self._switch(item, item.node)
            case model.Loop():
                self._loop(item, item.node)
            case model.Scope():
                self._left_early(item, item.node.id)
            case model.Try():
                self._try(item, item.node)
            case model.Parallel():
                self._parallel(item)

    def _promise(self, item: Item, node: model.Promise) -> None:
        now = self.now
        if node.started is model.Started.AWAITED:
            if not now.open:
                return
            item.starts = now.time
            now.time += 1
            item.resolves = now.time
            self._close(item, self._carried(item))
            return
        item.starts = now.time
        if node.started is model.Started.KEPT and node.id in self.body.waited:
            item.kept = True
            self.promises[node.id] = item
            now.changing().add(node.id)

    def _carried(self, item: Item) -> list[int]:
        """Open promises that what runs inside a step or block waits for."""
        waited = item.body.waited if item.body is not None else ()
        return [id_ for id_ in waited if id_ in self.now.open]

    def _join(self, item: Item, node: model.Join) -> None:
        now = self.now
        members = [id_ for id_ in node.members if id_ in now.open]
        members += [carried for id_ in members for carried in self._carried(self.promises[id_])]
        if not members:
            return
        if node.returned and not node.at_once:
            for id_ in members:
                promise = self.promises[id_]
                assert promise.starts is not None
                promise.resolves, promise.joined = max(now.time, promise.starts + 1), item
            now.changing().difference_update(members)
            return
        now.time += 1
        again = {id_ for id_ in members if self.body.last.get(id_, 0) > item.position} if node.kind in FIRST else set()
        self._close(item, members, again)

    def _close(self, item: Item, members: list[int], again: Collection[int] = ()) -> None:
        for id_ in members:
            promise = self.promises[id_]
            promise.resolves, promise.joined = self.now.time, item
        if members:
            self.now.changing().difference_update(set(members) - set(again))

    # ------------------------------------------------------------ structures

    def _if(self, item: Item) -> None:
        exhaustive = any(part.condition is None for part in item.parts)
        before = self.now
        ends = [self._arm(part, before) for part in item.parts]
        self._meet(ends if exhaustive else [*ends, (before, True)])

    def _arm(self, part: Part, before: _State) -> tuple[_State, bool]:
        """The state at the end of an arm, and whether it goes on."""
        self.now, self.live = before.copy(), True
        self.sequence(part)
        return self.now, self.live

    def _meet(self, ends: list[tuple[_State, bool]]) -> None:
        """Goes on after arms: at the greatest time of those that go on, with what any of them left open."""
        self.live = any(live for _, live in ends)
        states = [state for state, live in ends if live or not self.live]
        if states:
            self.now = _met(states)

    def _switch(self, item: Item, node: model.Switch) -> None:
        before = self.now
        exhaustive = any(part.condition is None for part in item.parts)
        states = self.left[node.id] = []
        fallen: list[tuple[_State, bool]] = []
        for part in item.parts:
            self._meet([*fallen, (before, True)])
            fallen = [self._arm(part, self.now)]
            if not fallen[0][1]:
                fallen = []
        ends = [*fallen, *((state, True) for state in states)]
        self._meet(ends if exhaustive and ends else [*ends, (before, not exhaustive)])

    def _loop(self, item: Item, node: model.Loop) -> None:
        before = self.now.copy()
        self._left_early(item, node.id)
        if not self.live and not node.endless:
            self._meet([(before, True)])

    def _left_early(self, item: Item, id_: int) -> None:
        """A sequence and the jumps that end it."""
        states = self.left[id_] = []
        self.sequence(item.parts[0])
        ends = [(self.now, self.live), *((state, True) for state in states)]
        self.left.pop(id_, None)
        self._meet(ends)

    def _try(self, item: Item, node: model.Try) -> None:
        block, handler, final = item.parts
        self.sequence(block)
        end = (self.now, self.live)
        if handler.items:
            self._meet([end, self._arm(handler, self.now)])
        elif node.handler is not None:
            self.live = True
        live, self.live = self.live, True
        self.sequence(final)
        self.live = self.live and live

    def _parallel(self, item: Item) -> None:
        start = end = self.now.time
        for part in item.parts:
            self.now.time = start
            self.sequence(part)
            end = max(end, self.now.time)
            self.live = True
        self.now.time = end
