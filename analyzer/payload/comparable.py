"""Payloads brought to what the platform's graph and ours both tell, so that the same code on both sides is the same.

What the platform draws otherwise (SEMANTICS section 8) is taken out of both: numbers of promises and the groups and blocks
made from them, ``break`` nodes, whether the rest of a block stands in a guard's ``else`` or behind the ``if``, whether a lone
handler is a catch or a finally, and whether a function is called or written where it is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from analyzer.payload.document import (
    BlockDocument,
    BranchDocument,
    FunctionDefDocument,
    GraphDocument,
    NodeDocument,
    TryDocument,
)

MAX_NODES = 20_000
"""Nodes up to which functions are written out where they are called."""

LEAVES = frozenset({"step_do", "step_sleep", "step_sleep_until", "step_wait_for_event", "function_call"})


def comparable(document: GraphDocument) -> GraphDocument:
    """The part of a payload that can be compared with one of another maker; the document itself stays as it is."""
    workflow = document["workflow"]
    reader = _Reader(workflow["functions"])
    nodes = reader.sequence(workflow["nodes"])
    functions: dict[str, FunctionDefDocument] = {}
    while reader.kept.keys() - functions.keys():
        name = min(reader.kept.keys() - functions.keys())
        body = reader.sequence(workflow["functions"][name]["nodes"]) if name in workflow["functions"] else []
        functions[name] = {"name": name, "nodes": body, "type": "function_def"}
    return {"version": 1, "workflow": {"class_name": workflow["class_name"], "functions": functions, "nodes": nodes}}


class _Reader:
    """``inside``: the functions being written out; ``kept``: those that are called all the same."""

    def __init__(self, functions: Mapping[str, FunctionDefDocument]) -> None:
        self.functions = functions
        self.inside: list[str] = []
        self.kept: dict[str, None] = {}
        self.count = 0

    def sequence(self, nodes: Iterable[NodeDocument]) -> list[NodeDocument]:
        """What of a sequence can be compared."""
        written: list[NodeDocument] = []
        for node in nodes:
            self.count += 1
            written += self._node(node)
        return written

    def _node(self, node: NodeDocument) -> list[NodeDocument]:
        match node["type"]:
            case "break":
                return []
            case "parallel" | "block" | "function_def" | "start":
                return self.sequence(node["nodes"])
            case "function_call":
                return self._call(node["name"])
            case "if" | "switch":
                return self._choice(node["branches"])
            case "try":
                return self._try(node)
            case "loop":
                nodes = self.sequence(node["nodes"])
                return [{"type": "loop", "nodes": nodes}] if nodes else []
            case "step_do":
                return [
                    {"type": "step_do", "name": node["name"], "config": node["config"], "nodes": self.sequence(node["nodes"])}
                ]
            case _:
                parts = {key: value for key, value in node.items() if key not in ("starts", "resolves", "payload")}
                return [cast(NodeDocument, parts)]

    def _call(self, name: str) -> list[NodeDocument]:
        """The function's nodes; the call, if it calls itself or there is too much of it."""
        if name not in self.functions:
            return []
        if name in self.inside or self.count > MAX_NODES:
            self.kept[name] = None
            return [{"type": "function_call", "name": name}]
        self.inside.append(name)
        nodes = self.sequence(self.functions[name]["nodes"])
        self.inside.pop()
        return nodes

    def _choice(self, branches: Iterable[BranchDocument]) -> list[NodeDocument]:
        """The ways with nodes as one choice; what stands in the ``else`` stands behind it."""
        ways = [(branch["condition"], self.sequence(branch["nodes"])) for branch in branches]
        chosen: list[BranchDocument] = [
            {"condition": "", "nodes": nodes} for condition, nodes in ways if nodes and condition is not None
        ]
        otherwise = [node for condition, nodes in ways if condition is None for node in nodes]
        return [*([cast(NodeDocument, {"type": "if", "branches": chosen})] if chosen else []), *otherwise]

    def _try(self, node: TryDocument) -> list[NodeDocument]:
        """A try and what follows a failure; a try of nothing else is what is in it."""
        parts = [
            self.sequence(block["nodes"]) if block else []
            for block in (node["try_block"], node["catch_block"], node["finally_block"])
        ]
        block, catch, final = parts
        if not catch:
            catch, final = final, []
        if not catch:
            return block
        blocks: list[BlockDocument | None] = [
            {"type": "block", "nodes": nodes} if nodes else None for nodes in (block, catch, final)
        ]
        return [{"type": "try", "try_block": blocks[0], "catch_block": blocks[1], "finally_block": blocks[2]}]
