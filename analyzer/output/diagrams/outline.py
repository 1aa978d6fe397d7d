"""A payload as nested headlines: what the tree prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from analyzer.output.diagrams import words

if TYPE_CHECKING:
    from analyzer.payload.document import (
        BranchDocument,
        FunctionDefDocument,
        GraphDocument,
        LeafDocument,
        NodeDocument,
        TryDocument,
    )


@dataclass(frozen=True, slots=True)
class Item:
    """A headline with a symbol, details, numbers, and what stands below it."""

    symbol: str
    title: str
    details: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    numbers: str = ""


def outline(document: GraphDocument) -> list[Item]:
    """The workflow, then each of its functions."""
    workflow = document["workflow"]
    details = _payload(words.fields(workflow.get("payload")))
    root = Item("", workflow["class_name"], details, _items(workflow["nodes"]))
    return [root, *_functions(workflow["functions"].values())]


def _functions(functions: Iterable[FunctionDefDocument]) -> tuple[Item, ...]:
    return tuple(Item("ƒ", function["name"], (), _items(function["nodes"])) for function in functions)


def _payload(fields: list[str]) -> tuple[str, ...]:
    return (f"payload {', '.join(fields)}",) if fields else ()


def _items(nodes: Iterable[NodeDocument]) -> tuple[Item, ...]:
    return tuple(map(_item, nodes))


def _item(node: NodeDocument) -> Item:
    match node["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
            return _leaf(node)
        case "break":
            return Item("↩" if node["kind"] == "return" else "⤴", node["kind"])
        case "if":
            return _if(node["branches"])
        case "switch":
            return Item("◇", f"switch {node['discriminant']}", (), _branches(node["branches"], "case ", "default"))
        case "try":
            return Item("▣", "try", (), tuple(_try_parts(node)))
        case "loop":
            return Item("↻", "loop", (), _items(node["nodes"]))
        case "parallel":
            return Item("∥", words.kind(node["kind"]), (), _items(node["nodes"]))
        case "block":
            return Item("▪", "one after another", (), _items(node["nodes"]))
        case "function_def":
            return Item("ƒ", node["name"], (), _items(node["nodes"]))
        case "start":
            below = (*_items(node["nodes"]), *_functions(node["functions"].values()))
            return Item("▶", node["class_name"], _payload(words.fields(node.get("payload"))), below)
        case unreachable:
            assert_never(unreachable)


def _leaf(node: LeafDocument) -> Item:
    numbers = words.numbers(node.get("starts"), node.get("resolves"))
    match node["type"]:
        case "step_do":
            return Item("●", node["name"], tuple(words.config(node["config"])), _items(node["nodes"]), numbers)
        case "step_sleep":
            return Item("◷", node["name"], (f"sleep {words.duration(node['duration'])}",), (), numbers)
        case "step_sleep_until":
            return Item("◷", node["name"], (f"sleep until {words.instant(node['timestamp'])}",), (), numbers)
        case "step_wait_for_event":
            read = _payload(words.fields(node.get("payload")))
            return Item("✉", node["name"], (*words.waiting(node["options"]), *read), (), numbers)
        case "function_call":
            return Item("ƒ", f"{node['name']}()", (), (), numbers)


def _if(branches: Sequence[BranchDocument]) -> Item:
    if len(branches) == 1 and branches[0]["condition"] is not None:
        return Item("◇", f"if {branches[0]['condition']}", (), _items(branches[0]["nodes"]))
    return Item("◇", "if", (), _branches(branches, "", "else"))


def _branches(branches: Iterable[BranchDocument], prefix: str, otherwise: str) -> tuple[Item, ...]:
    return tuple(
        Item("", otherwise if branch["condition"] is None else prefix + branch["condition"], (), _items(branch["nodes"]))
        for branch in branches
    )


def _try_parts(node: TryDocument) -> Iterator[Item]:
    for title, block in (("try", node["try_block"]), ("catch", node["catch_block"]), ("finally", node["finally_block"])):
        if block is not None:
            yield Item("", title, (), _items(block["nodes"]))
