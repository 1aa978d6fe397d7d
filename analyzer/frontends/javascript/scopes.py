"""Where inner functions and blocks declare names of their own, found without lowering: one query and one sweep."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

import tree_sitter as ts

from analyzer.frontends.javascript.grammar import Grammar

_SCOPES = """
[(function_declaration) (generator_function_declaration) (function_expression) (generator_function)
 (arrow_function) (method_definition) (class_static_block)] @function
[(statement_block) (for_statement) (for_in_statement) (switch_body) (catch_clause) (class)] @block
(function_declaration name: (_) @outside)
(generator_function_declaration name: (_) @outside)
(variable_declaration (variable_declarator name: (_) @var))
(for_in_statement kind: "var" left: (_) @var)
(lexical_declaration (variable_declarator name: (_) @inside))
(for_in_statement kind: ["let" "const"] left: (_) @inside)
[(function_expression name: (_) @inside) (generator_function name: (_) @inside)]
[(class_declaration name: (_) @inside) (class name: (_) @inside)]
(catch_clause parameter: (_) @inside)
(formal_parameters (_) @inside)
(arrow_function parameter: (_) @inside)
"""
_TYPED = """
[(abstract_class_declaration name: (_) @inside) (enum_declaration name: (_) @inside)]
"""
_PLAIN = """
(using_declaration (variable_declarator name: (_) @inside))
(for_in_statement kind: "using" left: (_) @inside)
"""


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
    """Tells, for some names, where inner scopes declare them anew."""

    def __init__(self, text: str, grammar: Grammar, root: ts.Node, names: Collection[str]) -> None:
        found = ts.QueryCursor(_query(grammar.language, grammar.typed)).captures(root)
        scopes = [(node.start_byte, -node.end_byte, True) for node in found.get("function", ())]
        scopes += [(node.start_byte, -node.end_byte, False) for node in found.get("block", ())]
        declarations = sorted(_declarations(text, found, names))
        self._ranges = _merged(_visible(sorted(scopes), declarations))

    def cover(self, name: str, at: int) -> bool:
        """Whether a name, read or written at an offset, is one that an inner scope declares."""
        starts, ends = self._ranges.get(name, ([], []))
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < ends[index]


@cache
def _query(language: ts.Language, typed: bool) -> ts.Query:
    return ts.Query(language, _SCOPES + (_TYPED if typed else _PLAIN))


def _declarations(text: str, found: dict[str, list[ts.Node]], names: Collection[str]) -> Iterator[_Declaration]:
    for node in found.get("outside", ()):
        name = text[node.start_byte : node.end_byte]
        if name in names and node.parent is not None:
            yield _Declaration(node.parent.start_byte, False, name, False)
    for capture in ("var", "inside"):
        for node in found.get(capture, ()):
            for leaf in pattern_names(node):
                name = text[leaf.start_byte : leaf.end_byte]
                if name in names:
                    yield _Declaration(leaf.start_byte, True, name, capture == "var")


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
