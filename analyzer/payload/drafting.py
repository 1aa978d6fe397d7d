"""From the frozen graph to the working copy.

Left out on the way: what stands behind a jump, branches that only throw (what they guard stands as if written without
them), calls of functions without steps, and whatever holds neither step, join nor jump.
"""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.graph import model
from analyzer.payload.items import Body, Item, Part
from analyzer.records import replace

MAX_NESTING = 52
"""Sequences inside one another that the passes, which recurse, follow; deeper ones are flattened to their steps."""


class Drafter:
    """Makes working copies. ``functions``: names of the functions with steps. ``cut``: something was nested too deeply.

    ``left``: ids of what jumps met so far leave. ``structures``: ids of the loops, switches and scopes met so far: to return
    from one is to go on behind it.
    """

    def __init__(self, functions: frozenset[str]) -> None:
        self.functions = functions
        self.cut = False
        self.count = 0
        self.left: set[int] = set()
        self.structures: set[int] = set()

    def body(self, nodes: Iterable[model.Node], depth: int = 0) -> Body:
        """A working copy of a body; ``depth``: sequences around it."""
        body = Body()
        self._fill(body.root, nodes, body, depth)
        return body

    def _fill(self, part: Part, nodes: Iterable[model.Node], body: Body, depth: int) -> Part:
        """Fills a part up to the first node behind which nothing runs."""
        if depth >= MAX_NESTING:
            nodes, cut = _flattened(nodes)
            self.cut = self.cut or cut
        for node in nodes:
            self._node(node, part, body, depth)
            if not part.falls:
                break
        return part

    def _node(self, node: model.Node, part: Part, body: Body, depth: int) -> None:
        match node:
            case model.StepDo():
                self._step(node, part, body, depth)
            case model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                self._leaf(node, part, body)
            case model.FunctionCall():
                if node.name in self.functions:
                    self._leaf(node, part, body)
            case model.Join():
                left = self._settled(node, part, body, depth) if node.at_once else node
                if left.members:
                    _join(self._item(left), left, part, body)
            case model.Jump():
                self._jump(node, part, body)
            case model.Block():
                self._block(node, part, body, depth)
            case model.If():
                self._if(node, part, body, depth)
            case model.Switch():
                self._switch(node, part, body, depth)
            case _:
                self._structure(node, part, body, depth)

    def _item(self, node: model.Node) -> Item:
        self.count += 1
        return Item(node, self.count)

    def _leaf(self, node: model.Step | model.FunctionCall, part: Part, body: Body) -> Item:
        item = self._item(node)
        item.steps = item.drawn = part.steps = True
        part.items.append(item)
        if node.started is not model.Started.AWAITED:
            item.quiet = part.quiet = False
            body.promises = True
        return item

    def _step(self, node: model.StepDo, part: Part, body: Body, depth: int) -> None:
        item = self._leaf(node, part, body)
        if node.body:
            self._inner(item, node.body, part, body, depth)

    def _inner(self, item: Item, nodes: tuple[model.Node, ...], part: Part, body: Body, depth: int) -> Body:
        """What runs inside a step or block, with a clock of its own."""
        inner = item.body = self.body(nodes, depth + 1)
        body.waited |= inner.waited
        item.end = self.count
        if inner.root.steps:
            item.height = inner.root.height + 1
            part.height = max(part.height, item.height)
        return inner

    def _block(self, node: model.Block, part: Part, body: Body, depth: int) -> None:
        if node.started is model.Started.AWAITED:
            self._structure(model.Scope(node.body, node.id, node.span), part, body, depth)
            return
        item = self._item(node)
        item.steps = item.drawn = self._inner(item, node.body, part, body, depth).root.steps
        part.steps = part.steps or item.steps
        part.items.append(item)
        item.quiet = part.quiet = False
        body.promises = True

    def _settled(self, join: model.Join, part: Part, body: Body, depth: int) -> model.Join:
        """Makes the step, call or block that a return starts one awaited on the spot; yields what it waits for besides."""
        item = part.items[-1] if part.items else None
        match item:
            case Item(node=model.Block(body=inner, id=id_, span=span)) if join.members[:1] == (id_,):
                part.items.pop()
                self._structure(model.Scope(inner, id_, span), part, body, depth)
            case Item(
                node=model.StepDo()
                | model.StepSleep()
                | model.StepSleepUntil()
                | model.StepWaitForEvent()
                | model.FunctionCall() as started
            ) if join.members[:1] == (started.id,):
                item.node = model.with_started(started, model.Started.AWAITED)
            case _:
                return join
        return replace(join, members=join.members[1:])

    def _jump(self, node: model.Jump, part: Part, body: Body) -> None:
        item = self._item(node)
        part.items.append(item)
        item.quiet = part.quiet = False
        part.falls = False
        part.exits = part.exits or node.kind is not model.JumpKind.THROW
        body.jumps = True
        if node.target is not None and node.kind is not model.JumpKind.CONTINUE:
            self.left.add(node.target)

    def _cases(self, node: model.If | model.Switch, body: Body, depth: int) -> tuple[list[Part], bool]:
        """The cases of a choice, and whether one of them is an else."""
        parts: list[Part] = []
        for case in node.cases:
            parts.append(self._fill(Part(case.condition), case.body, body, depth + 1))
        return parts, any(part.condition is None for part in parts)

    def _if(self, node: model.If, part: Part, body: Body, depth: int) -> None:
        item = self._item(node)
        parts, exhaustive = self._cases(node, body, depth)
        falls = not exhaustive or any(inner.falls for inner in parts)
        parts = [inner for inner in parts if not inner.only_throws]
        if len(parts) == 1 and parts[0].condition is None:
            _absorb(part, parts[0])
        else:
            _add(item, part, parts, falls, self.count)

    def _switch(self, node: model.Switch, part: Part, body: Body, depth: int) -> None:
        item = self._item(node)
        parts, exhaustive = self._cases(node, body, depth)
        self.structures.add(node.id)
        _add(item, part, parts, not exhaustive or parts[-1].falls or node.id in self.left, self.count)

    def _structure(
        self, node: model.Scope | model.Loop | model.Try | model.Parallel, part: Part, body: Body, depth: int
    ) -> None:
        item = self._item(node)
        parts: list[Part] = []
        for nodes in _sequences(node):
            parts.append(self._fill(Part(), nodes, body, depth + 1))
        match node:
            case model.Scope() if node.id not in self.left:
                _absorb(part, parts[0])
            case model.Scope():
                body.jumps = True
                self.structures.add(node.id)
                _add(item, part, parts, True, self.count, level=0)
            case model.Loop():
                self.structures.add(node.id)
                _add(item, part, parts, not node.endless or node.id in self.left, self.count)
            case model.Try():
                handled = node.handler is not None and parts[1].falls
                _add(item, part, parts, (parts[0].falls or handled) and parts[2].falls, self.count)
            case model.Parallel():
                body.promises = True
                _add(item, part, parts, True, self.count)


def _join(item: Item, node: model.Join, part: Part, body: Body) -> None:
    part.items.append(item)
    item.quiet = part.quiet = False
    part.joins = True
    body.waited.update(node.members)
    body.last.update(dict.fromkeys(node.members, item.position))


def _add(item: Item, part: Part, parts: list[Part], falls: bool, end: int, level: int = 1) -> None:
    """Adds a structure to a part, unless it holds nothing. ``falls``: control may go on; ``end``: its last position."""
    part.falls = falls
    inside = Part()
    for inner in parts:
        _note(inside, inner)
    if not (inside.steps or inside.joins or inside.exits):
        return
    item.parts = parts
    item.end = end
    item.steps = item.drawn = inside.steps
    item.quiet = inside.quiet
    item.height = inside.height = inside.height + level
    part.items.append(item)
    _note(part, inside)


def _flattened(nodes: Iterable[model.Node]) -> tuple[list[model.Node], bool]:
    """The steps, calls and joins of a sequence, one after the other, and whether anything stood inside something."""
    flat: list[model.Node] = []
    cut = False
    for node in model.walk(tuple(nodes)):
        match node:
            case model.StepDo(body=body) if body:
                cut = True
                flat.append(replace(node, body=()))
            case model.Join() | model.StepDo() | model.StepSleep() | model.StepSleepUntil():
                flat.append(node)
            case model.StepWaitForEvent() | model.FunctionCall():
                flat.append(node)
            case _:
                cut = True
    return flat, cut


def _note(part: Part, inner: Part) -> None:
    """Notes in a part what another holds."""
    if inner.steps:
        part.steps = True
    if inner.joins:
        part.joins = True
    if inner.exits:
        part.exits = True
    if not inner.quiet:
        part.quiet = False
    if inner.height > part.height:
        part.height = inner.height


def _absorb(part: Part, inner: Part) -> None:
    """Writes a part's items at the end of another."""
    part.items += inner.items
    part.falls = inner.falls
    _note(part, inner)


def _sequences(node: model.Scope | model.Loop | model.Try | model.Parallel) -> tuple[tuple[model.Node, ...], ...]:
    """The sequences of a structure; of a try always three."""
    match node:
        case model.Try():
            return node.block, node.handler or (), node.final or ()
        case model.Parallel():
            return node.elements
        case _:
            return (node.body,)
