"""The only generic traversal of the flow tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter

from analyzer.flow import tree

LEAF_FIELDS = frozenset({"span", "condition", "shape", "shapes"})


def children(node: tree.Node) -> tuple[tree.Node, ...]:
    """The nodes directly inside a node, in the order in which they run; a function's body is lowered."""
    found: list[tree.Node] = []
    for get in _getters(type(node)):
        _collect(get(node), found)
    return tuple(found)


def walk(nodes: tree.Node | Iterable[tree.Node], *, into_functions: bool) -> Iterator[tree.Node]:
    """Every node, each before those inside it; without recursion. Bodies of functions only if asked for."""
    stack: list[tree.Node] = list(nodes)[::-1] if isinstance(nodes, Iterable) else [nodes]
    while stack:
        node = stack.pop()
        yield node
        if into_functions or type(node) is not tree.Function:
            stack.extend(reversed(children(node)))


@cache
def _getters(kind: type) -> tuple[Callable[[object], object], ...]:
    return tuple(attrgetter(field.name) for field in fields(kind) if field.name not in LEAF_FIELDS)  # type: ignore[arg-type]


def _collect(value: object, found: list[tree.Node]) -> None:
    if isinstance(value, tuple):
        for item in value:
            _collect(item, found)
    elif isinstance(value, tree.Body):
        found.extend(value.nodes)
    elif isinstance(value, _PARTS):
        found.extend(children(value))  # type: ignore[arg-type]
    elif isinstance(value, _NODES):
        found.append(value)  # type: ignore[arg-type]


_PARTS = (tree.Arm, tree.Handler, tree.Entry, tree.Param, tree.ClassMember)
_NODES = tree.Node.__args__  # type: ignore[attr-defined]
