"""From the working copy to the payload's nodes: pruning, breaks, parallels, the depth limit."""

from __future__ import annotations

from typing import Final

from analyzer.graph import model
from analyzer.payload.breaks import find_breaks
from analyzer.payload.document import (
    BlockDocument,
    BranchDocument,
    BreakDocument,
    IfDocument,
    LoopDocument,
    NodeDocument,
    ParallelDocument,
    SwitchDocument,
    TryDocument,
)
from analyzer.payload.drafting import Drafter
from analyzer.payload.grouping import group
from analyzer.payload.guards import MAX_DEPTH, nest_guards
from analyzer.payload.items import Body, Group, Item, Part
from analyzer.payload.leaves import leaf_document
from analyzer.payload.numbering import number
from analyzer.payload.parallels import Child, assemble, is_beside
from analyzer.payload.places import Origin

IN_SEQUENCE: Final = 0
"""No parallel of the same body is around: what is numbered gets one of its own."""
IN_PARALLEL: Final = 1
"""Somewhere inside a parallel."""
IN_ELEMENT: Final = 2
"""A child of a parallel: what is never waited for needs no parallel of its own either."""


class Drawer:
    """Draws bodies. ``origins``: the nodes drawn, each with its graph node. ``cut``: something was too deep and is flat."""

    def __init__(self, functions: frozenset[str]) -> None:
        self.drafter = Drafter(functions)
        self.cut = False
        self.origins: list[Origin] = []

    def nodes(self, nodes: tuple[model.Node, ...]) -> list[NodeDocument]:
        """The payload's nodes of a body."""
        drawn = self._body(self.drafter.body(nodes), 0)
        self.cut = self.cut or self.drafter.cut
        return drawn

    def _body(self, body: Body, depth: int) -> list[NodeDocument]:
        promises = number(body) if body.promises else []
        if body.jumps:
            self.cut = nest_guards(body, promises, depth) or self.cut
            find_breaks(body)
        if body.jumps or body.promises:
            group(body, promises)
        return self._sequence(body.root, depth, IN_SEQUENCE)

    def _sequence(self, part: Part, depth: int, where: int) -> list[NodeDocument]:
        nodes: list[NodeDocument] = []
        at = 0
        for found in part.groups:
            self._items(part.items[at : found.start], depth, where, nodes)
            self._group(part.items[found.start : found.end], found, depth, where, nodes)
            at = found.end
        self._items(part.items[at:] if at else part.items, depth, where, nodes)
        return nodes

    def _items(self, items: list[Item], depth: int, where: int, nodes: list[NodeDocument]) -> None:
        for item in items:
            if item.drawn:
                self._item(item, depth, where, nodes)

    def _item(self, item: Item, depth: int, where: int, nodes: list[NodeDocument]) -> None:
        node = item.node
        match node:
            case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent() | model.FunctionCall():
                self._leaf(item, node, depth, where, nodes)
            case model.Block():
                self._block(item, depth, where, nodes)
            case model.Jump(kind=kind):
                leaves_loop = kind in (model.JumpKind.BREAK, model.JumpKind.CONTINUE)
                self._emit(BreakDocument(type="break", kind="break" if leaves_loop else "return"), node, nodes)
            case _ if depth >= MAX_DEPTH:
                self._flat(item, depth, nodes)
            case _:
                self._emit(self._structure(item, depth + 1, min(where, IN_PARALLEL)), node, nodes)

    def _emit(self, document: NodeDocument, node: model.Node, nodes: list[NodeDocument]) -> None:
        self.origins.append((document, node))
        nodes.append(document)

    def _flat(self, item: Item, depth: int, nodes: list[NodeDocument]) -> None:
        """What a structure too deep holds, one after the other."""
        self.cut = True
        for part in item.parts:
            nodes += [node for node in self._sequence(part, depth, IN_PARALLEL) if node["type"] != "break"]

    # ------------------------------------------------------------ steps, calls, blocks

    def _leaf(
        self, item: Item, node: model.Step | model.FunctionCall, depth: int, where: int, nodes: list[NodeDocument]
    ) -> None:
        document = leaf_document(node)
        if item.starts is not None:
            document["starts"] = item.starts
            if item.resolves is not None:
                document["resolves"] = item.resolves
            floats = not item.kept and node.started is not model.Started.AWAITED
            if depth < MAX_DEPTH and (where == IN_SEQUENCE or (floats and where != IN_ELEMENT)):
                alone = ParallelDocument(type="parallel", kind="all", nodes=[])
                nodes.append(alone)
                nodes = alone["nodes"]
                depth += 1
        self._emit(document, node, nodes)
        if item.body is not None and item.body.root.steps:
            fits = document["type"] == "step_do" and depth < MAX_DEPTH
            inner = self._body(item.body, depth + fits)
            if document["type"] == "step_do" and fits:
                document["nodes"] = inner
            else:
                self.cut = True
                nodes += inner

    def _block(self, item: Item, depth: int, where: int, nodes: list[NodeDocument]) -> None:
        """A started function: a child of a parallel; in a loop or branch its nodes alone."""
        assert item.body is not None
        assert item.parent is not None
        floats = not item.kept
        in_loop = item.parent.owner is not None and isinstance(item.parent.owner.node, model.Loop)
        alone = floats and where != IN_ELEMENT and not in_loop and depth < MAX_DEPTH
        levels = alone + (alone or where == IN_ELEMENT)
        inner = self._body(item.body, min(depth + levels, MAX_DEPTH))
        if len(inner) == 1 and not (floats and in_loop):
            _lend_numbers(item, inner[0])
        if levels and len(inner) > 1 and depth < MAX_DEPTH:
            inner = [BlockDocument(type="block", nodes=inner)]
            self.origins.append((inner[0], item.node))
        nodes += [ParallelDocument(type="parallel", kind="all", nodes=inner)] if alone else inner

    # ------------------------------------------------------------ structures

    def _structure(self, item: Item, depth: int, where: int) -> NodeDocument:
        """A structure whose inside is ``depth`` structures deep."""
        match item.node:
            case model.Loop():
                return LoopDocument(type="loop", nodes=self._sequence(item.parts[0], depth, where))
            case model.Parallel(kind=kind):
                children = [child for part in item.parts for child in self._element(part, depth)]
                return ParallelDocument(type="parallel", kind=kind.value, nodes=children)
            case model.If():
                return IfDocument(type="if", branches=self._branches(item, depth, where))
            case model.Switch(discriminant=discriminant):
                branches = self._branches(item, depth, where)
                return SwitchDocument(type="switch", discriminant=discriminant, branches=branches)
            case _:
                block, handler, final = (self._try_block(part, depth, where) for part in item.parts)
                return TryDocument(type="try", try_block=block, catch_block=handler, finally_block=final)

    def _element(self, part: Part, depth: int) -> list[NodeDocument]:
        """An element of a combinator as one node, if it has any."""
        nodes = self._sequence(part, depth + (len(part.items) > 1), IN_ELEMENT)
        return [BlockDocument(type="block", nodes=nodes)] if len(nodes) > 1 and depth < MAX_DEPTH else nodes

    def _branches(self, item: Item, depth: int, where: int) -> list[BranchDocument]:
        branches = [
            BranchDocument(condition=part.condition, nodes=nodes)
            for part in item.parts
            if (nodes := self._sequence(part, depth, where)) or not part.made
        ]
        for segment in reversed(item.segments):  # merged guards at the end that guard nothing
            if any(branch["nodes"] for branch in branches[segment:]):
                break
            del branches[segment:]
        return branches

    def _try_block(self, part: Part, depth: int, where: int) -> BlockDocument | None:
        return BlockDocument(type="block", nodes=self._sequence(part, depth, where)) if part.steps else None

    # ------------------------------------------------------------ groups

    def _group(self, items: list[Item], found: Group, depth: int, where: int, nodes: list[NodeDocument]) -> None:
        """Neighbours whose promises overlap, in a parallel unless one further out holds them already."""
        drawn = [item for item in items if item.drawn]
        leaving = drawn.pop() if drawn and isinstance(drawn[-1].node, model.Jump) else None
        if len(drawn) == 1 and (isinstance(drawn[0].node, model.Parallel) or found.outer or drawn[0].index not in found.held):
            self._item(drawn[0], depth, where, nodes)
        elif drawn and depth < MAX_DEPTH:
            nodes.append(assemble([self._child(item, found, depth + 1) for item in drawn], found))
        else:
            self._items(drawn, depth, IN_PARALLEL, nodes)
        if leaving is not None:
            self._item(leaving, depth, where, nodes)

    def _child(self, item: Item, found: Group, depth: int) -> Child:
        beside = is_beside(item, found)
        where = IN_ELEMENT if isinstance(item.node, model.Block) or item.kept else IN_PARALLEL
        nodes: list[NodeDocument] = []
        self._item(item, min(depth + (not beside), MAX_DEPTH), where, nodes)
        return Child(item, nodes, beside)


def _lend_numbers(item: Item, document: NodeDocument) -> None:
    """A block of one step or call is that step or call, started and waited for when the block is."""
    match document["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call" if (
            item.starts is not None and "starts" not in document
        ):
            document["starts"] = item.starts
            if item.resolves is not None:
                document["resolves"] = item.resolves
