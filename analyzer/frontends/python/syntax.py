"""libcst's nodes walked without knowing their kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache

import libcst as cst

_SILENT = (
    "whitespace",
    "leading_",
    "trailing_",
    "lines_after",
    "lpar",
    "rpar",
    "lbr",
    "rbr",
    "comma",
    "semicolon",
    "header",
    "footer",
    "dot",
    "equal",
    "colon",
    "first_colon",
    "second_colon",
    "separator",
    "posonly_ind",
)
"""Beginnings of the names of fields that hold white space and punctuation."""

OTHER_BODIES = frozenset({cst.FunctionDef, cst.Lambda, cst.ClassDef})
"""Kinds of nodes whose statements run in a scope of their own."""


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes directly inside a node, in the order of its fields, without white space and punctuation."""
    found: list[cst.CSTNode] = []
    for name in _fields(type(node)):
        value: object = getattr(node, name)
        kind = type(value)
        if kind is tuple or kind is list:
            found.extend(value)  # type: ignore[arg-type]
        elif isinstance(value, cst.CSTNode):
            found.append(value)
    return found


def own_nodes(roots: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Every node below some, themselves included, but not what is inside functions and classes among them."""
    stack = list(roots)[::-1]
    while stack:
        node = stack.pop()
        yield node
        if type(node) not in OTHER_BODIES:
            stack.extend(reversed(children(node)))


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple([field.name for field in fields(kind) if not field.name.startswith(_SILENT)])
