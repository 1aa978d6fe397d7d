"""What code anywhere in a file does to the names of its module, found by one walk over the tree instead of lowering.

Names that an enclosing function or block declares are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

import tree_sitter as ts

from analyzer.flow.module import Effects
from analyzer.flow.tree import Node
from analyzer.frontends.ecmascript.idioms import MUTATING_FUNCTIONS, MUTATING_METHODS
from analyzer.frontends.ecmascript.module_names import module_names
from analyzer.frontends.javascript.grammar import Grammar
from analyzer.frontends.javascript.scopes import KINDS, Shadows, pattern_names

_WRITES = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "for_in_statement": "left",
    "update_expression": "argument",
    "unary_expression": "argument",
}
_WORD = re.compile(r"[\w$]+")
_OWNERS = frozenset([name.partition(".")[0] for name in MUTATING_FUNCTIONS])
_METHODS = MUTATING_METHODS | {name.rpartition(".")[2] for name in MUTATING_FUNCTIONS}
_THROUGH = {
    "member_expression": "object",
    "subscript_expression": "object",
    "non_null_expression": "",
    "parenthesized_expression": "",
    "as_expression": "",
    "satisfies_expression": "",
}
_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern"})


class _Use(NamedTuple):
    """A name that is written, or (``inside``) of whose value a part is."""

    at: int
    name: str
    inside: bool


def effects_of(text: str, grammar: Grammar, root: ts.Node, body: tuple[Node, ...]) -> Effects:
    """The module-level names of a file that are assigned after their declaration, and those whose values are changed."""
    names = set(module_names(body))
    nodes = list(_found(root, _kinds(grammar))) if names else []
    uses = {use for node in nodes for use in _uses(text, grammar, node, names) if use.name in names}
    shadows = Shadows(text, nodes, {use.name for use in uses}) if uses else None
    assigned: set[str] = set()
    mutated: set[str] = set()
    for at, name, inside in uses:
        if shadows is not None and not shadows.cover(name, at):
            (mutated if inside else assigned).add(name)
    return Effects(frozenset(assigned), frozenset(mutated))


@cache
def _kinds(grammar: Grammar) -> frozenset[int]:
    return frozenset([kind for name in {"call_expression", *_WRITES, *KINDS} for kind in grammar.kinds(name)])


def _found(root: ts.Node, kinds: Collection[int]) -> Iterator[ts.Node]:
    """The nodes of some kinds. (A query would be no faster, and is quadratic on some broken sources.)"""
    cursor = root.walk()
    while True:
        node = cursor.node
        if node is not None and node.kind_id in kinds:
            yield node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _uses(text: str, grammar: Grammar, node: ts.Node, names: Collection[str]) -> Iterator[_Use]:
    kind = node.type
    if kind == "call_expression":
        # Most calls are ruled out by how they begin.
        first = _WORD.match(text, node.start_byte)
        if first is None or first[0] in names or first[0] in _OWNERS:
            yield from _called(text, grammar, node)
    elif kind in _WRITES and _writes(text, node):
        target = node.child_by_field_name(_WRITES[kind])
        for leaf in () if target is None else pattern_names(target):
            yield from _written(text, grammar, leaf)


def _writes(text: str, node: ts.Node) -> bool:
    """Whether a node that may write what is in it does: no declaration of a loop, no operator but ``delete``."""
    kind = node.type
    if kind == "unary_expression":
        return text.startswith("delete", node.start_byte)
    return kind != "for_in_statement" or node.child_by_field_name("kind") is None


def _written(text: str, grammar: Grammar, node: ts.Node) -> Iterator[_Use]:
    root, inside = _root(grammar, node)
    if root is not None:
        yield _Use(root.start_byte, text[root.start_byte : root.end_byte], inside)


def _called(text: str, grammar: Grammar, call: ts.Node) -> Iterator[_Use]:
    """A call of a method that changes its receiver, or of a function that changes its first argument."""
    member = call.child_by_field_name("function")
    name = None if member is None or member.type != "member_expression" else member.child_by_field_name("property")
    method = "" if name is None else text[name.start_byte : name.end_byte]
    if member is None or method not in _METHODS:
        return
    changed = member.child_by_field_name("object")
    if changed is not None and f"{text[changed.start_byte : changed.end_byte]}.{method}" in MUTATING_FUNCTIONS:
        arguments = call.child_by_field_name("arguments")
        changed = None if arguments is None else grammar.only(arguments)
    elif method not in MUTATING_METHODS:
        return
    root = None if changed is None else _root(grammar, changed)[0]
    if root is not None:
        yield _Use(root.start_byte, text[root.start_byte : root.end_byte], True)


def _root(grammar: Grammar, node: ts.Node) -> tuple[ts.Node | None, bool]:
    """The name on which members hang, casts seen through (None: they hang on anything else), and whether any hang on it."""
    at: ts.Node | None = node
    inside = False
    while at is not None and at.type in _THROUGH:
        field = _THROUGH[at.type]
        inside = inside or bool(field)
        at = at.child_by_field_name(field) if field else grammar.only(at)
    return (at if at is not None and at.type in _NAMES else None), inside
