"""A group of neighbours as one ``parallel``: its kind, and what in it stands in a ``block`` (SEMANTICS section 5)."""

from __future__ import annotations

from typing import Final

from analyzer.graph import model
from analyzer.payload.document import NodeDocument, ParallelDocument
from analyzer.payload.items import Group, Item
from analyzer.records import record

FLAT: Final = frozenset({"step_do", "step_sleep", "step_sleep_until", "step_wait_for_event", "function_call", "parallel"})
"""Types that stand side by side in a group, told apart by their numbers."""


@record
class Child:
    """A neighbour as drawn. ``beside``: it runs beside the others; else it was waited for where it stands."""

    item: Item
    nodes: list[NodeDocument]
    beside: bool


def is_beside(item: Item, group: Group) -> bool:
    """Whether a neighbour is started and goes on, rather than waited for on the spot."""
    match item.node:
        case model.Block():
            return True
        case model.Parallel():
            return group.held.get(item.index) != item.index + 1
        case model.If() | model.Loop() | model.Switch() | model.Try():
            return item.index in group.held
        case _:
            return item.starts is not None and (item.kept or item.resolves is None)


def assemble(children: list[Child], group: Group) -> ParallelDocument:
    """The parallel of a group."""
    match _common_join(children, group):
        case Item(node=model.Join(kind=kind)) as join:
            return {"type": "parallel", "kind": kind.value, "nodes": _elements(children, join, kind)}
        case _:
            return {"type": "parallel", "kind": "all", "nodes": _beside_each_other(children)}


def _common_join(children: list[Child], group: Group) -> Item | None:
    """What waits for every child, if there is one and nothing else is among them."""
    if len(group.joins) != 1 or any(child.item.index not in group.held for child in children):
        return None
    return next(iter(group.joins))


def _elements(children: list[Child], join: Item, kind: model.JoinKind) -> list[NodeDocument]:
    """The elements of the combinator that waits for all: promises kept before, then its inline elements."""
    nodes = [node for child in children for node in child.nodes]
    match children[-1].item.node, nodes[-1]:
        case model.Parallel(kind=own), {"type": "parallel", "nodes": list(elements)}:
            if own is kind and _stands_before(children[-1].item, join):
                nodes[-1:] = elements
    return nodes


def _stands_before(item: Item, join: Item) -> bool:
    return item.parent is join.parent and item.index == join.index - 1


def _beside_each_other(children: list[Child]) -> list[NodeDocument]:
    """The nodes of children; where a structure is among them, what is waited for on the spot is one node, in order."""
    if all(node["type"] in FLAT for child in children for node in child.nodes):
        return [node for child in children for node in child.nodes]
    waited = [node for child in children if not child.beside for node in child.nodes]
    if len(waited) > 1:
        waited = [{"type": "block", "nodes": waited}]
    nodes: list[NodeDocument] = []
    for child in children:
        if child.beside:
            nodes += child.nodes
        else:
            nodes += waited
            waited = []
    return nodes
