"""Which steps could come first in each item and part of a working copy, and by which ways no step comes at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from analyzer.graph import model
from analyzer.payload.items import Item, Part
from analyzer.records import record

Way: TypeAlias = tuple[str, int]
"""How control leaves: at the end, out of the body, by a throw, or to the end or next turn of a structure with this id."""

FALL: Final[Way] = ("fall", 0)
EXIT: Final[Way] = ("exit", 0)
THROW: Final[Way] = ("throw", 0)

OUTSIDE: Final = 1
"""The bit that stands for the end of the body."""


@record
class First:
    """Steps that could come first, a bit each, and the ways out that run no step."""

    steps: int
    ways: frozenset[Way]


NOTHING: Final = First(0, frozenset({FALL}))


def way_of(jump: model.Jump) -> Way:
    """The way a jump goes."""
    match jump:
        case model.Jump(kind=model.JumpKind.THROW):
            return THROW
        case model.Jump(target=None):
            return EXIT
        case model.Jump(kind=model.JumpKind.CONTINUE, target=int(target)):
            return ("continue", target)
        case model.Jump(target=target):
            return ("break", target or 0)


class Firsts:
    """Computes each answer once; items are compared by identity."""

    def __init__(self) -> None:
        self._bit = OUTSIDE
        self._items: dict[Item, First] = {}
        self._parts: dict[Part, First] = {}

    def part(self, part: Part) -> First:
        """What could come first in a sequence."""
        known = self._parts.get(part)
        if known is not None:
            return known
        steps, ways = 0, {FALL}
        for item in part.items:
            first = self.item(item)
            steps |= first.steps
            ways |= first.ways
            if FALL not in first.ways:
                ways.discard(FALL)
                break
        self._parts[part] = First(steps, frozenset(ways))
        return self._parts[part]

    def item(self, item: Item) -> First:
        """What could come first in an item."""
        first = self._items.get(item)
        if first is None:
            first = self._items[item] = self._first(item)
        return first

    def _first(self, item: Item) -> First:
        match item.node:
            case model.Join():
                return NOTHING
            case model.Jump():
                return First(0, frozenset({way_of(item.node)}))
            case model.Block():
                return First(self._new_bit(), frozenset({FALL}))
            case model.If():
                return _choice([self.part(part) for part in item.parts], item)
            case model.Switch(id=id_):
                return _until(_choice(self._cases(item), item), id_)
            case model.Scope(id=id_):
                return _until(self.part(item.parts[0]), id_)
            case model.Loop():
                return _turns(self.part(item.parts[0]), item.node)
            case model.Try():
                return self._try(item, item.node)
            case model.Parallel():
                return self._parallel(item)
            case _:
                return First(self._new_bit(), frozenset())

    def _new_bit(self) -> int:
        self._bit <<= 1
        return self._bit

    def _cases(self, item: Item) -> list[First]:
        """The cases of a switch, last first, each with what it falls through to."""
        cases: list[First] = []
        for part in reversed(item.parts):
            first = self.part(part)
            cases.append(_then(first, cases[-1]) if cases else first)
        return cases

    def _try(self, item: Item, node: model.Try) -> First:
        block, handler, final = self.part(item.parts[0]), self.part(item.parts[1]), self.part(item.parts[2])
        guarded = block
        if node.handler is not None and block.ways:
            guarded = First(block.steps | handler.steps, block.ways - {THROW} | handler.ways)
        if not guarded.ways:
            return guarded
        leaving = guarded.ways if FALL in final.ways else frozenset[Way]()
        return First(guarded.steps | final.steps, leaving | final.ways - {FALL})

    def _parallel(self, item: Item) -> First:
        elements = [self.part(part) for part in item.parts]
        falls = all(FALL in element.ways for element in elements)
        return First(_either(elements).steps, frozenset({FALL}) if falls else frozenset())


def _choice(firsts: list[First], item: Item) -> First:
    """One of several; none of them where no case is an else."""
    if all(part.condition is not None for part in item.parts):
        firsts = [*firsts, NOTHING]
    return _either(firsts)


def _either(firsts: Iterable[First]) -> First:
    steps, ways = 0, set[Way]()
    for first in firsts:
        steps |= first.steps
        ways |= first.ways
    return First(steps, frozenset(ways))


def _then(first: First, following: First) -> First:
    if FALL not in first.ways:
        return first
    return First(first.steps | following.steps, first.ways - {FALL} | following.ways)


def _until(first: First, id_: int) -> First:
    """With the jumps that leave a structure seen as its end."""
    return First(first.steps, frozenset(FALL if way == ("break", id_) else way for way in first.ways))


def _turns(turn: First, loop: model.Loop) -> First:
    ways = set[Way]()
    for way in turn.ways:
        if way in (FALL, ("continue", loop.id)):
            ways |= set() if loop.endless else {FALL}
        else:
            ways.add(FALL if way == ("break", loop.id) else way)
    if not (loop.at_least_once or loop.endless):
        ways.add(FALL)
    return First(turn.steps, frozenset(ways))
