"""Guards: what follows an ``if`` of which all outcomes but one leave belongs to that outcome (SEMANTICS section 4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from analyzer.graph import model
from analyzer.payload.items import Body, Item, Part

MAX_DEPTH = 48
"""Structures inside one another in a payload (SEMANTICS section 9): pydantic and ``json`` fail at 60 to 300."""


def nest_guards(body: Body, promises: Iterable[Item], depth: int) -> bool:
    """Rearranges a body, ``depth`` structures deep. Tells whether a guard stayed flat for the limit's sake.

    ``promises``: those kept, in source order; a guard between the start and the join of one stays flat too.
    """
    nester = _Nester(promises)
    nester.part(body.root, depth)
    return nester.cut


class _Nester:
    def __init__(self, promises: Iterable[Item]) -> None:
        self.cut = False
        self.starts: list[int] = []
        self.reach: list[int] = []
        """The furthest join of any promise started up to the one of the same index."""
        furthest = 0
        for promise in promises:
            furthest = max(furthest, promise.joined.position if promise.joined is not None else 0)
            self.starts.append(promise.position)
            self.reach.append(furthest)

    def part(self, part: Part, depth: int) -> None:
        """Nests the guards of a part and of everything in it."""
        pending = _Pending(part.items)
        out = part.items = []
        guard: Item | None = None  # whose null branch is being filled
        while pending.items:
            item = pending.pop()
            merges = guard is not None and not out
            falling = self._falling(item, pending, depth + (not merges))
            if falling is None:
                out.append(item)
                self._inside(item, depth)
                continue
            if guard is not None and not out:
                _merge(guard, item)
            else:
                out.append(item)
                guard = item
                depth += 1
            for inner in item.parts:
                if inner is not falling:
                    self.part(inner, depth)
            pending.push(falling.items)
            out = falling.items = []
            if falling.condition is not None or guard.parts[-1] is not falling:
                guard = None

    def _falling(self, item: Item, rest: _Pending, depth: int) -> Part | None:
        """The one outcome of an ``if`` that goes on, if what follows shall be nested in it, ``depth`` deep."""
        if not isinstance(item.node, model.If) or not rest.items:
            return None
        going_on = [part for part in item.parts if part.falls]
        implicit = all(part.condition is not None for part in item.parts)
        if len(going_on) + implicit != 1 or len(item.parts) + implicit == 1 or self._is_awaited_behind(item):
            return None
        if depth + rest.height > MAX_DEPTH:
            self.cut = True
            return None
        if implicit:
            going_on = [Part(made=True)]
            item.parts.append(going_on[0])
        return going_on[0]

    def _is_awaited_behind(self, item: Item) -> bool:
        """Whether a promise started before an item is waited for behind it."""
        before = bisect_left(self.starts, item.position)
        return before > 0 and self.reach[before - 1] > item.end

    def _inside(self, item: Item, depth: int) -> None:
        match item.node:
            case model.Switch():
                for part in item.parts:
                    self._case(part, depth + 1)
            case model.Scope():
                self.part(item.parts[0], depth)
            case _:
                for part in item.parts:
                    self.part(part, depth + 1)

    def _case(self, part: Part, depth: int) -> None:
        """A case of a switch: the break or return at its end stays there."""
        terminating = None
        if part.items:
            match part.items[-1].node:
                case model.Jump(kind=model.JumpKind.BREAK | model.JumpKind.RETURN):
                    terminating = part.items.pop()
        self.part(part, depth)
        if terminating is not None:
            part.items.append(terminating)


def _merge(guard: Item, item: Item) -> None:
    """Writes a guard that stands first in the null branch of another as further branches of it."""
    guard.parts.pop()
    guard.segments = guard.segments or []
    guard.segments.append(len(guard.parts))
    guard.parts += item.parts


class _Pending:
    """Items still to be placed, the next one last, with the greatest height among them."""

    def __init__(self, items: list[Item]) -> None:
        self.items: list[Item] = []
        self.heights = [0]
        self.push(items)

    @property
    def height(self) -> int:
        return self.heights[-1]

    def push(self, items: list[Item]) -> None:
        for item in reversed(items):
            self.items.append(item)
            self.heights.append(max(self.heights[-1], item.height))

    def pop(self) -> Item:
        self.heights.pop()
        return self.items.pop()
