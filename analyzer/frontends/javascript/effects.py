"""What code anywhere in a file does to the names of its module, found by queries instead of lowering.

Names that an enclosing function or block declares are told apart; a file in which no module-level name is written
costs the first query alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import tree_sitter as ts

from analyzer.flow.tree import Effects, Node
from analyzer.frontends.ecmascript.idioms import MUTATING_FUNCTIONS, MUTATING_METHODS
from analyzer.frontends.ecmascript.module_names import module_names
from analyzer.frontends.javascript.grammar import Grammar
from analyzer.frontends.javascript.scopes import Shadows, pattern_names

_WRITES = """
(assignment_expression left: (_) @target)
(augmented_assignment_expression left: (_) @target)
(update_expression argument: (_) @target)
(for_in_statement !kind left: (_) @target)
(unary_expression operator: "delete" argument: (_) @target)
(call_expression function: (member_expression property: (property_identifier) @method))
"""
_OWNERS = {name.rpartition(".")[2]: name.rpartition(".")[0] for name in sorted(MUTATING_FUNCTIONS)}
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
    uses = {use for use in _uses(text, grammar, root) if use.name in names}
    shadows = Shadows(text, grammar, root, {use.name for use in uses}) if uses else None
    assigned: set[str] = set()
    mutated: set[str] = set()
    for at, name, inside in uses:
        if shadows is not None and not shadows.cover(name, at):
            (mutated if inside else assigned).add(name)
    return Effects(frozenset(assigned), frozenset(mutated))


def _uses(text: str, grammar: Grammar, root: ts.Node) -> Iterator[_Use]:
    found = ts.QueryCursor(_query(grammar.language)).captures(root)
    for node in found.get("target", ()):
        for leaf in pattern_names(node):
            yield from _written(text, grammar, leaf)
    for node in found.get("method", ()):
        method = text[node.start_byte : node.end_byte]
        if method in MUTATING_METHODS or method in _OWNERS:
            yield from _called(text, grammar, method, node.parent)


@cache
def _query(language: ts.Language) -> ts.Query:
    return ts.Query(language, _WRITES)


def _written(text: str, grammar: Grammar, node: ts.Node) -> Iterator[_Use]:
    root = _root(grammar, node)
    if root is not None:
        yield _Use(root.start_byte, text[root.start_byte : root.end_byte], root != node)


def _called(text: str, grammar: Grammar, method: str, member: ts.Node | None) -> Iterator[_Use]:
    """A call of a method that changes its receiver, or of a function that changes its first argument."""
    receiver = None if member is None else member.child_by_field_name("object")
    if member is None or receiver is None:
        return
    changed: ts.Node | None = receiver
    if text[receiver.start_byte : receiver.end_byte] == _OWNERS.get(method):
        call = member.parent
        arguments = None if call is None else call.child_by_field_name("arguments")
        changed = None if arguments is None else grammar.only(arguments)
    elif method not in MUTATING_METHODS:
        return
    root = None if changed is None else _root(grammar, changed)
    if root is not None:
        yield _Use(root.start_byte, text[root.start_byte : root.end_byte], True)


def _root(grammar: Grammar, node: ts.Node) -> ts.Node | None:
    """The name on which members hang, casts seen through; None if they hang on anything else."""
    at: ts.Node | None = node
    while at is not None and at.type in _THROUGH:
        field = _THROUGH[at.type]
        at = at.child_by_field_name(field) if field else grammar.only(at)
    return at if at is not None and at.type in _NAMES else None
