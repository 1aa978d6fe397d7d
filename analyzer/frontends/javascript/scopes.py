"""Where inner functions and blocks declare names of their own, found without lowering, in one sweep."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from enum import Enum, auto
from typing import NamedTuple

import tree_sitter as ts

_FUNCTIONS = frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "function_expression",
        "generator_function",
        "arrow_function",
        "method_definition",
        "class_static_block",
    }
)
_BLOCKS = frozenset({"statement_block", "for_statement", "for_in_statement", "switch_body", "catch_clause", "class"})


class _Place(Enum):
    """Where a name is declared, seen from the node that declares it."""

    OUTSIDE = auto()  # in the scope around the node
    HERE = auto()  # in the innermost scope
    FUNCTION = auto()  # in the innermost function


_DECLARATIONS = {
    "variable_declaration": _Place.FUNCTION,
    "lexical_declaration": _Place.HERE,
    "using_declaration": _Place.HERE,
}
_FIELDS = {
    "function_declaration": ("name", _Place.OUTSIDE),
    "generator_function_declaration": ("name", _Place.OUTSIDE),
    "function_expression": ("name", _Place.HERE),
    "generator_function": ("name", _Place.HERE),
    "class": ("name", _Place.HERE),
    "class_declaration": ("name", _Place.HERE),
    "abstract_class_declaration": ("name", _Place.HERE),
    "enum_declaration": ("name", _Place.HERE),
    "arrow_function": ("parameter", _Place.HERE),
    "catch_clause": ("parameter", _Place.HERE),
}


KINDS = frozenset({"formal_parameters", *_FUNCTIONS, *_BLOCKS, *_DECLARATIONS, *_FIELDS})
"""Kinds of the nodes that make scopes or declare names."""


class _Scope(NamedTuple):
    """Where a function or block stands, and the function around it (or itself)."""

    start: int
    end: int
    function: tuple[int, int]


class _Declaration(NamedTuple):
    """A name declared at an offset: in the scope that begins before it (``late``: or at it); ``var``: in its function."""

    at: int
    late: bool
    name: str
    is_var: bool


class Shadows:
    """Tells, for some names, where inner scopes declare them anew; ``nodes`` are the nodes of the kinds in ``KINDS``."""

    def __init__(self, text: str, nodes: Collection[ts.Node], names: Collection[str]) -> None:
        scopes = [
            (node.start_byte, -node.end_byte, kind in _FUNCTIONS)
            for node in nodes
            if (kind := node.type) in _FUNCTIONS or kind in _BLOCKS
        ]
        declarations = sorted(_declarations(text, nodes, names))
        self._ranges = _merged(_visible(sorted(scopes), declarations))

    def cover(self, name: str, at: int) -> bool:
        """Whether a name, read or written at an offset, is one that an inner scope declares."""
        starts, ends = self._ranges.get(name, ([], []))
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < ends[index]


def _declarations(text: str, nodes: Collection[ts.Node], names: Collection[str]) -> Iterator[_Declaration]:
    for node in nodes:
        for pattern, place in _declared(node):
            for leaf in pattern_names(pattern):
                name = text[leaf.start_byte : leaf.end_byte]
                if name in names:
                    outside = place is _Place.OUTSIDE
                    at = node.start_byte if outside else leaf.start_byte
                    yield _Declaration(at, not outside, name, place is _Place.FUNCTION)


def _declared(node: ts.Node) -> Iterator[tuple[ts.Node, _Place]]:
    """The patterns that a node declares, and where."""
    kind = node.type
    if kind in _DECLARATIONS:
        for child in node.named_children:
            name = child.child_by_field_name("name")
            if name is not None:
                yield name, _DECLARATIONS[kind]
    elif kind == "formal_parameters":
        for child in node.named_children:
            yield child, _Place.HERE
    elif kind == "for_in_statement":
        bound, left = node.child_by_field_name("kind"), node.child_by_field_name("left")
        if bound is not None and left is not None:
            yield left, _Place.FUNCTION if bound.type == "var" else _Place.HERE
    elif kind in _FIELDS:
        field, place = _FIELDS[kind]
        name = node.child_by_field_name(field)
        if name is not None:
            yield name, place


def pattern_names(node: ts.Node) -> Iterator[ts.Node]:
    """The names a pattern or parameter declares, or the names and members it assigns."""
    stack = [node]
    while stack:
        at = stack.pop()
        field = _INNER.get(at.type)
        if field is None:
            yield at
        elif field:
            inner = at.child_by_field_name(field)
            stack.extend(() if inner is None else (inner,))
        else:
            stack.extend(reversed(at.named_children))


_INNER = {
    "array_pattern": "",
    "object_pattern": "",
    "rest_pattern": "",
    "pair_pattern": "value",
    "assignment_pattern": "left",
    "object_assignment_pattern": "left",
    "required_parameter": "pattern",
    "optional_parameter": "pattern",
}


def _visible(scopes: list[tuple[int, int, bool]], declarations: list[_Declaration]) -> dict[str, list[tuple[int, int]]]:
    """For each name the ranges in which inner scopes declare it; what the module declares is left out."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    module = _Scope(-1, 1 << 62, (-1, 1 << 62))
    opened = [module]
    index = 0
    for at, late, name, is_var in declarations:
        while index < len(scopes) and (scopes[index][0] < at or (late and scopes[index][0] == at)):
            start, negative_end, is_function = scopes[index]
            while opened[-1].end <= start:
                opened.pop()
            opened.append(_Scope(start, -negative_end, (start, -negative_end) if is_function else opened[-1].function))
            index += 1
        while opened[-1].end <= at:
            opened.pop()
        scope = opened[-1]
        visible = scope.function if is_var else (scope.start, scope.end)
        if visible[0] >= 0:
            ranges.setdefault(name, []).append(visible)
    return ranges


def _merged(ranges: dict[str, list[tuple[int, int]]]) -> dict[str, tuple[list[int], list[int]]]:
    """Overlapping ranges joined: starts and ends, in order."""
    merged: dict[str, tuple[list[int], list[int]]] = {}
    for name, found in ranges.items():
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(found):
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        merged[name] = (starts, ends)
    return merged
