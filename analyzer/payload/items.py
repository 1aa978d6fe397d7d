"""The projection's working copy of a graph: mutable items in parts, one body for each clock.

``drafting`` makes it, the later passes (``numbering``, ``guards``, ``breaks``, ``grouping``) annotate and rearrange it,
``drawing`` writes it down.
"""

from __future__ import annotations

from analyzer.graph import model


class Item:
    """A node and what the passes find out about it.

    ``position`` to ``end``: its place in source order. ``height``: structures inside one another from here on, this one
    included. ``body``: what runs inside a step or block. ``steps``: it holds a step. ``drawn``: the payload shows it.
    ``quiet``: it holds no promise that is started and goes on, no join and no jump.
    ``shown``: a jump the payload writes as a break. ``segments``: where the cases of guards merged into this ``if`` begin.
    ``kept``: something in its body waits for its promise; ``joined``: the item that does. ``parent``, ``index``: the part it
    stands in, and where.
    """

    # Defaults stand in the class, since most items keep most of them: that makes an item three times as fast.
    height = 0
    segments: list[int] | None = None
    body: Body | None = None
    steps = False
    drawn = False
    quiet = True
    shown = False
    starts: int | None = None
    resolves: int | None = None
    kept = False
    joined: Item | None = None
    parent: Part | None = None
    index = 0

    def __init__(self, node: model.Node, position: int) -> None:
        self.node = node
        self.parts: list[Part] = []
        self.position = position
        self.end = position


class Part:
    """A sequence of items: a case, the body of a loop, an element.

    ``condition``: of a case. ``made``: a null branch the source does not have. ``falls``: control may reach its end.
    ``exits``: it holds a jump other than a throw. ``owner``: the item it belongs to; None: it is the root of a body.
    """

    falls = True
    steps = False
    joins = False
    exits = False
    quiet = True
    height = 0
    owner: Item | None = None
    groups: tuple[Group, ...] = ()

    def __init__(self, condition: str | None = None, *, made: bool = False) -> None:
        self.items: list[Item] = []
        self.condition = condition
        self.made = made

    @property
    def only_throws(self) -> bool:
        """Whether a throw is all that happens here."""
        return not (self.falls or self.steps or self.joins or self.exits)


class Group:
    """Neighbours ``start`` to ``end`` (exclusive) of a part whose promises overlap.

    ``held``: where those that leave a promise open behind them stand, each with the end of that promise. ``joins``: the
    items that wait for these promises. ``outer``: all stay open beyond the part, whose owner is in a group further out.
    """

    __slots__ = ("end", "held", "joins", "outer", "start")

    def __init__(self, start: int, end: int, joined: Item | None, outer: bool) -> None:
        self.start = start
        self.end = end
        self.held = {start: end}
        self.joins = {joined}
        self.outer = outer


class Body:
    """A sequence with a clock of its own: of run, a function, a step's callback, a block.

    ``jumps``, ``promises``: whether it has any. ``waited``: ids that joins in it or in bodies inside it name;
    ``last``: the position of the last join of its own that names an id.
    """

    __slots__ = ("jumps", "last", "promises", "root", "waited")

    def __init__(self) -> None:
        self.root = Part()
        self.jumps = False
        self.promises = False
        self.waited: set[int] = set()
        self.last: dict[int, int] = {}
