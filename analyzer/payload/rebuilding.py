"""From a payload back to a graph (SEMANTICS section 9): no places, jumps aimed at what is innermost, not exact."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from math import inf
from typing import TypeAlias

from analyzer.graph import model
from analyzer.payload.document import (
    BlockDocument,
    BranchDocument,
    FunctionDefDocument,
    GraphDocument,
    IfDocument,
    LeafDocument,
    LoopDocument,
    NodeDocument,
    Number,
    ParallelDocument,
    SwitchDocument,
    TryDocument,
    child_sequences,
)
from analyzer.payload.leaf_nodes import leaf_node, shape_of
from analyzer.source import Language

StructureDocument: TypeAlias = LoopDocument | IfDocument | SwitchDocument | TryDocument

MAX_NESTING = 125
"""Nodes inside one another that are read, deeper ones are left out: a payload that ``validation`` accepts has no more."""


def from_payload(document: GraphDocument, language: Language = Language.JAVASCRIPT) -> model.Workflow:
    """A graph that draws the same payload, as far as a payload tells; ``document`` as ``validation.read_payload`` gives it."""
    workflow = document["workflow"]
    rebuilder = _Rebuilder(workflow["functions"])
    body = rebuilder.body(workflow["nodes"])
    payload = workflow.get("payload")
    shape = None if payload is None else shape_of(payload)
    return model.Workflow(workflow["class_name"], language, body, tuple(rebuilder.defined()), shape, exact=False)


class _Joins:
    """Promises of a group that are still to be waited for, by when."""

    def __init__(self) -> None:
        self.heap: list[tuple[Number, int, model.JoinKind]] = []

    def add(self, resolves: Number | None, id_: int, kind: model.JoinKind) -> None:
        heappush(self.heap, (inf if resolves is None else resolves, id_, kind))

    def due(self, time: Number = inf, kind: model.JoinKind | None = None) -> Iterator[model.Join]:
        """Joins of what is resolved up to a time, one for each value; what has none is waited for at the end."""
        while self.heap and self.heap[0][0] <= time:
            resolves = self.heap[0][0]
            members: list[int] = []
            kinds: set[model.JoinKind] = set()
            while self.heap and self.heap[0][0] == resolves:
                _, id_, own = heappop(self.heap)
                members.append(id_)
                kinds.add(own)
            yield model.Join(tuple(members), kind or (kinds.pop() if len(kinds) == 1 else model.JoinKind.ALL))


class _Rebuilder:
    """``awaited``: what is read stands in a block of what was waited for on the spot."""

    def __init__(self, functions: Mapping[str, FunctionDefDocument]) -> None:
        self.ids = 0
        self.depth = 0
        self.joins = _Joins()
        self.awaited = False
        self.functions = dict(functions)

    def defined(self) -> Iterator[model.FunctionDef]:
        """The functions of the workflow, and those met on the way."""
        done = 0
        while done < len(self.functions):
            for name, function in list(self.functions.items())[done:]:
                done += 1
                yield model.FunctionDef(name, self.body(function["nodes"]))

    def body(self, nodes: Iterable[NodeDocument]) -> tuple[model.Node, ...]:
        """A sequence with a clock of its own."""
        outer, self.joins, self.awaited = (self.joins, self.awaited), _Joins(), False
        body = self._group(nodes, model.JoinKind.ALL, None, direct=False)
        self.joins, self.awaited = outer
        return body

    def _new_id(self) -> int:
        self.ids += 1
        return self.ids

    def _group(
        self, nodes: Iterable[NodeDocument], kind: model.JoinKind, target: int | None, *, direct: bool
    ) -> tuple[model.Node, ...]:
        """A sequence in which promises are waited for before what starts when they are resolved, the others at the end."""
        group: list[model.Node] = []
        self.depth += 1
        if self.depth <= MAX_NESTING:
            for node in nodes:
                group += self.joins.due(min((starts for starts, _ in _numbers([node])), default=0))
                group += self._node(node, kind, target, direct=direct)
        self.depth -= 1
        group += self.joins.due()
        return tuple(group)

    def _sequence(self, nodes: Iterable[NodeDocument], target: int | None) -> tuple[model.Node, ...]:
        sequence: list[model.Node] = []
        self.depth += 1
        if self.depth <= MAX_NESTING:
            for node in nodes:
                sequence += self._node(node, model.JoinKind.ALL, target, direct=False)
        self.depth -= 1
        return tuple(sequence)

    def _node(self, node: NodeDocument, kind: model.JoinKind, target: int | None, *, direct: bool) -> tuple[model.Node, ...]:
        """Graph nodes of a node. ``kind``: of the parallel around; ``direct``: it is a child of it."""
        match node["type"]:
            case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
                return (self._leaf(node, kind, direct),)
            case "break":
                leaves = model.JumpKind.BREAK if node["kind"] == "break" else model.JumpKind.RETURN
                return (model.Jump(leaves, target if leaves is model.JumpKind.BREAK else None),)
            case "parallel":
                return self._parallel(node, target, nested=direct)
            case "block":
                sequence = node["nodes"]
                return self._child_block(sequence, kind, target) if direct else self._sequence(sequence, target)
            case "function_def":
                name = _free_name(node["name"], self.functions)
                self.functions[name] = node
                return (model.FunctionCall(name, id=self._new_id()),)
            case "start":
                for name, function in node["functions"].items():
                    self.functions.setdefault(name, function)
                return self._sequence(node["nodes"], target)
            case _ if direct and not any(_numbers([node])):
                return self._started_structure(node, kind)
            case _:
                return (self._structure(node, target),)

    def _leaf(self, node: LeafDocument, kind: model.JoinKind, direct: bool) -> model.Node:
        id_ = self._new_id()
        resolves = node.get("resolves")
        started = model.Started.AWAITED
        if not self.awaited and (resolves is not None or (direct and "starts" not in node)):
            started = model.Started.KEPT
            self.joins.add(resolves, id_, kind)
        elif not self.awaited and "starts" in node:
            started = model.Started.FLOATING
        body = self.body(node["nodes"]) if node["type"] == "step_do" else ()
        return leaf_node(node, body, started, id_)

    # ------------------------------------------------------------ structures

    def _structure(self, node: StructureDocument, target: int | None) -> model.Node:
        id_ = self._new_id()
        match node["type"]:
            case "loop":
                return model.Loop(self._sequence(node["nodes"], id_), id=id_)
            case "if":
                return model.If(self._cases(node["branches"], target), id_)
            case "switch":
                return model.Switch(node["discriminant"], self._cases(node["branches"], id_), id_)
            case "try":
                block = self._optional(node["try_block"], target)
                handler = self._optional(node["catch_block"], target)
                final = self._optional(node["finally_block"], target)
                if handler is None and (final is None or _leaves(block or ())):
                    handler = ()  # one was written, or nothing behind could run
                return model.Try(block or (), handler, final, id_)

    def _cases(self, branches: Iterable[BranchDocument], target: int | None) -> tuple[model.Case, ...]:
        cases: list[model.Case] = []
        for branch in branches:
            cases.append(model.Case(branch["condition"], self._sequence(branch["nodes"], target)))
        return tuple(cases)

    def _optional(self, block: BlockDocument | None, target: int | None) -> tuple[model.Node, ...] | None:
        return None if block is None else self._sequence(block["nodes"], target)

    # ------------------------------------------------------------ what is started

    def _parallel(self, node: ParallelDocument, target: int | None, *, nested: bool) -> tuple[model.Node, ...]:
        """A combinator where all starts and ends together, else promises kept in variables."""
        kind = model.JoinKind(node["kind"])
        outer, awaited = self.joins, self.awaited
        self.joins, self.awaited = _Joins(), False
        if len(set(_numbers(node["nodes"]))) > 1:
            nodes = self._group(node["nodes"], kind, target, direct=True)
        else:
            nodes = (model.Parallel(kind, self._elements(node["nodes"], kind, target), self._new_id()),)
            if nested:
                for entry in self.joins.heap:
                    heappush(outer.heap, entry)
            else:
                nodes += tuple(self.joins.due(kind=kind))
        self.joins, self.awaited = outer, awaited
        return nodes

    def _elements(
        self, nodes: list[NodeDocument], kind: model.JoinKind, target: int | None
    ) -> tuple[tuple[model.Node, ...], ...]:
        elements: list[tuple[model.Node, ...]] = []
        self.depth += 1
        if self.depth <= MAX_NESTING:
            for node in nodes:
                elements.append(self._node(node, kind, target, direct=True))
        self.depth -= 1
        return tuple(elements)

    def _started_structure(self, node: StructureDocument, kind: model.JoinKind) -> tuple[model.Node, ...]:
        """A structure without numbers in a parallel: what runs in it has a clock of its own, in a loop one for each turn."""
        if node["type"] == "loop":
            return (model.Loop((self._block(node["nodes"], kind),), model.LoopKind.CALLBACK, id=self._new_id()),)
        return (self._block([node], kind),)

    def _child_block(self, nodes: list[NodeDocument], kind: model.JoinKind, target: int | None) -> tuple[model.Node, ...]:
        """A block in a parallel: with numbers it is what was waited for on the spot beside promises, else one of these."""
        if not any(_numbers(nodes)):
            return (self._block(nodes, kind),)
        awaited, self.awaited = self.awaited, True
        sequence = self._sequence(nodes, target)
        self.awaited = awaited
        return sequence

    def _block(self, nodes: Iterable[NodeDocument], kind: model.JoinKind) -> model.Block:
        """A promise of the group: what runs in it has a clock of its own."""
        body = self.body(nodes)
        id_ = self._new_id()
        self.joins.add(None, id_, kind)
        return model.Block(body, model.Started.KEPT, id_)


def _free_name(name: str, taken: Container[str]) -> str:
    """The name under which a function met in a sequence is called."""
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}#{count}"
    return free


def _leaves(nodes: tuple[model.Node, ...]) -> bool:
    """Whether control cannot reach the end of a sequence, as far as branches tell."""
    match nodes[-1:]:
        case (model.Jump(),):
            return True
        case (model.If(cases=cases),):
            return any(case.condition is None for case in cases) and all(_leaves(case.body) for case in cases)
        case _:
            return False


def _numbers(nodes: Iterable[NodeDocument]) -> Iterator[tuple[Number, Number | None]]:
    """When the steps and calls of one body start and are resolved, those with a number."""
    pending = [*nodes]
    while pending:
        node = pending.pop()
        match node["type"]:
            case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
                if "starts" in node:
                    yield node["starts"], node.get("resolves")
            case "function_def" | "start":
                pass
            case "block":
                pending += [inner for inner in node["nodes"] if inner["type"] != "parallel"]
            case _:
                pending += [inner for _, sequence in child_sequences(node) for inner in sequence]
