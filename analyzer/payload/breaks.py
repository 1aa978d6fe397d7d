"""``break`` nodes: jumps that nesting alone does not say (SEMANTICS section 4).

A jump is written when, with the statement deleted, a different step could come next. Sets of next steps are bit sets; they
are computed backwards over the nested working copy, each structure being told what could come behind it.
"""

from __future__ import annotations

from analyzer.graph import model
from analyzer.payload.firsts import EXIT, FALL, OUTSIDE, THROW, First, Firsts, Way, way_of
from analyzer.payload.items import Body, Item, Part
from analyzer.records import record


def find_breaks(body: Body) -> None:
    """Marks the jumps of a body that the payload shows, and which of its structures are drawn."""
    _mark_steps(body.root)
    _Next().part(body.root, OUTSIDE, _Around({EXIT: OUTSIDE, THROW: OUTSIDE}, caught=False))
    _mark_drawn(body.root)


def _mark_steps(part: Part) -> bool:
    part.steps = False
    for item in part.items:
        if item.parts:
            item.steps = False
            for inner in item.parts:
                item.steps |= _mark_steps(inner)
        part.steps |= item.steps
    return part.steps


def _mark_drawn(part: Part) -> bool:
    """Tells whether anything is drawn. A break alone keeps only an ``if``."""
    drawn = False
    for item in part.items:
        inside = False
        for inner in item.parts:
            inside |= _mark_drawn(inner)
        match item.node:
            case model.Jump():
                item.drawn = item.shown
            case model.If() | model.Scope():
                item.drawn = inside
            case _:
                item.drawn = item.steps
        drawn |= item.drawn
    return drawn


@record
class _Around:
    """Which steps could come next by each way out; ``caught``: a throw meets a handler of this body."""

    sets: dict[Way, int]
    caught: bool

    def by(self, way: Way) -> int:
        return self.sets.get(way, self.sets[EXIT])

    def next(self, first: First, behind: int) -> int:
        """The steps that could come next before something behind which ``behind`` could come."""
        steps = first.steps
        for way in first.ways:
            steps |= behind if way == FALL else self.by(way)
        return steps


class _Next:
    """The walk that knows what could come next everywhere."""

    def __init__(self) -> None:
        self.firsts = Firsts()

    def part(self, part: Part, behind: int, around: _Around, *, case: bool = False) -> None:
        """Decides on the jumps of a sequence. ``case``: it is one of a switch."""
        for item in reversed(part.items):
            match item.node:
                case model.Jump():
                    differs = around.by(way_of(item.node)) != behind
                    item.shown = _is_shown(item.node, part, differs, around.caught, case)
                case model.Join():
                    pass
                case _:
                    if item.parts:
                        self._structure(item, behind, around)
                    behind = around.next(self.firsts.item(item), behind)

    def _structure(self, item: Item, behind: int, around: _Around) -> None:
        match item.node:
            case model.Loop():
                self._loop(item, item.node, behind, around)
            case model.Switch(id=id_):
                self._switch(item, behind, _with(around, {("break", id_): behind}))
            case model.Scope(id=id_):
                self._scope(item.parts[0], behind, _with(around, {("break", id_): behind}))
            case model.Try():
                self._try(item, item.node, behind, around)
            case _:
                for part in item.parts:
                    self.part(part, behind, around)

    def _scope(self, part: Part, behind: int, around: _Around) -> None:
        """A jump at the end is not written: where the scope is written out, those that left it early would run into it."""
        self.part(part, behind, around)
        part.items[-1].shown = False

    def _switch(self, item: Item, behind: int, around: _Around) -> None:
        for part in reversed(item.parts):
            self.part(part, behind, around, case=True)
            behind = around.next(self.firsts.part(part), behind)

    def _loop(self, item: Item, node: model.Loop, behind: int, around: _Around) -> None:
        body = item.parts[0]
        around = _with(around, {("break", node.id): behind, ("continue", node.id): 0})
        again = around.next(self.firsts.part(body), 0) | (0 if node.endless else behind)
        if node.turns == 1:
            again = behind
        self.part(body, again, _with(around, {("continue", node.id): again}))

    def _try(self, item: Item, node: model.Try, behind: int, around: _Around) -> None:
        block, handler, final = item.parts
        self.part(final, behind, around)
        if final.items:
            first = self.firsts.part(final)
            around = _Around({way: around.next(first, steps) for way, steps in around.sets.items()}, around.caught)
            behind = around.next(first, behind)
        self.part(handler, behind, around)
        if node.handler is not None:
            caught = around.next(self.firsts.part(handler), behind)
            around = _Around({**around.sets, THROW: caught}, caught=True)
        self.part(block, behind, around)


def _with(around: _Around, sets: dict[Way, int]) -> _Around:
    return _Around({**around.sets, **sets}, around.caught)


def _is_shown(jump: model.Jump, part: Part, differs: bool, caught: bool, case: bool) -> bool:
    """Whether a jump at the end of a sequence is written; ``differs``: deleting it would change what could come next."""
    match jump.kind:
        case model.JumpKind.THROW:
            return differs and not caught and (case or any(item.steps for item in part.items))
        case model.JumpKind.CONTINUE:
            return differs
        case _:
            return differs or case
