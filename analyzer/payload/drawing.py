"""From the working copy to the payload's nodes: pruning, breaks, parallels, the depth limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analyzer.graph import model
from analyzer.payload.breaks import find_breaks
from analyzer.payload.document import (
    BlockDocument,
    BranchDocument,
    NodeDocument,
)
from analyzer.payload.drafting import Drafter
from analyzer.payload.grouping import group, unlink
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
        nodes = self._sequence(body.root, depth, IN_SEQUENCE)
        unlink(body.root)
        return nodes

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
            case model.Jump(kind=kind, target=target):
                returns = kind in (model.JumpKind.RETURN, model.JumpKind.THROW) and target not in self.drafter.structures
                self._emit({"type": "break", "kind": "return" if returns else "break"}, node, nodes)
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
                alone: list[NodeDocument] = []
                nodes.append({"type": "parallel", "kind": "all", "nodes": alone})
                nodes = alone
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
        floats, in_loop = not item.kept, _is_in_loop(item)
        alone = floats and where != IN_ELEMENT and not in_loop and depth < MAX_DEPTH
        levels = alone + (alone or where == IN_ELEMENT)
        inner = self._body(item.body, min(depth + levels, MAX_DEPTH))
        if len(inner) == 1 and not (floats and in_loop):
            _lend_numbers(item, inner[0])
        if levels and len(inner) > 1 and depth < MAX_DEPTH:
            inner = [{"type": "block", "nodes": inner}]
            self.origins.append((inner[0], item.node))
        if alone:
            nodes.append({"type": "parallel", "kind": "all", "nodes": inner})
        else:
            nodes += inner

    # ------------------------------------------------------------ structures

    def _structure(self, item: Item, depth: int, where: int) -> NodeDocument:
        """A structure whose inside is ``depth`` structures deep."""
        match item.node:
            case model.Loop():
                return {"type": "loop", "nodes": self._sequence(item.parts[0], depth, where)}
            case model.Parallel(kind=kind):
                children: list[NodeDocument] = []
                for part in item.parts:
                    children += self._element(part, depth)
                return {"type": "parallel", "kind": kind.value, "nodes": children}
            case model.If():
                return {"type": "if", "branches": self._branches(item, depth, where)}
            case model.Switch(discriminant=discriminant):
                branches = self._branches(item, depth, where)
                return {"type": "switch", "discriminant": discriminant, "branches": branches}
            case _:
                block, handler, final = (self._try_block(part, depth, where) for part in item.parts)
                return {"type": "try", "try_block": block, "catch_block": handler, "finally_block": final}

    def _element(self, part: Part, depth: int) -> list[NodeDocument]:
        """An element of a combinator as one node, if it has any."""
        nodes = self._sequence(part, depth + (len(part.items) > 1), IN_ELEMENT)
        return [{"type": "block", "nodes": nodes}] if len(nodes) > 1 and depth < MAX_DEPTH else nodes

    def _branches(self, item: Item, depth: int, where: int) -> list[BranchDocument]:
        branches: list[BranchDocument] = []
        for part in item.parts:
            nodes = self._sequence(part, depth, where)
            if nodes or not part.made:
                branches.append({"condition": part.condition, "nodes": nodes})
        _prune_guards(branches, item.segments or ())
        return branches

    def _try_block(self, part: Part, depth: int, where: int) -> BlockDocument | None:
        return {"type": "block", "nodes": self._sequence(part, depth, where)} if part.steps else None

    # ------------------------------------------------------------ groups

    def _group(self, items: list[Item], found: Group, depth: int, where: int, nodes: list[NodeDocument]) -> None:
        """Neighbours whose promises overlap, in a parallel unless one further out holds them already."""
        drawn = [item for item in items if item.drawn]
        last = drawn.pop() if drawn and _leaves(drawn[-1]) else None
        if len(drawn) == 1 and _needs_no_parallel(drawn[0], found):
            self._item(drawn[0], depth, where, nodes)
        elif drawn and depth < MAX_DEPTH:
            nodes.append(assemble([self._child(item, found, depth + 1) for item in drawn], found))
        elif drawn:
            self.cut = True
            self._items(drawn, depth, IN_PARALLEL, nodes)
        if last is not None:
            self._item(last, depth, where, nodes)

    def _child(self, item: Item, found: Group, depth: int) -> Child:
        beside = is_beside(item, found)
        nodes: list[NodeDocument] = []
        match item.node:
            case model.Block():
                where = IN_ELEMENT
            case _:
                where = IN_ELEMENT if item.kept else IN_PARALLEL
        self._item(item, min(depth + (not beside), MAX_DEPTH), where, nodes)
        return Child(item, nodes, beside)


def _is_in_loop(item: Item) -> bool:
    owner = item.parent.owner if item.parent is not None else None
    match owner:
        case Item(node=model.Loop()):
            return True
        case _:
            return False


def _leaves(item: Item) -> bool:
    match item.node:
        case model.Jump():
            return True
        case _:
            return False


def _needs_no_parallel(item: Item, found: Group) -> bool:
    """Whether the only neighbour drawn is a parallel itself, or is in one further out, or leaves nothing open."""
    match item.node:
        case model.Parallel():
            return True
        case _:
            return found.outer or item.index not in found.held


def _prune_guards(branches: list[BranchDocument], segments: Sequence[int]) -> None:
    """Takes off guards merged into an ``if`` that guard nothing: those at the end. ``segments``: where each begins."""
    for segment in reversed(segments):
        if any(branch["nodes"] for branch in branches[segment:]):
            return
        del branches[segment:]


def _lend_numbers(item: Item, document: NodeDocument) -> None:
    """A block of one step or call is that step or call, started and waited for when the block is."""
    match document["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call" if (
            item.starts is not None and "starts" not in document
        ):
            document["starts"] = item.starts
            if item.resolves is not None:
                document["resolves"] = item.resolves
