"""Declarations of names: variables, functions, classes, enums, namespaces."""

from __future__ import annotations

import tree_sitter as ts

from analyzer.flow.tree import (
    Bind,
    BindKind,
    Block,
    Entry,
    Export,
    Ignorance,
    Literal,
    Member,
    Name,
    Node,
    Opaque,
    Operation,
    Record,
)
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.javascript.classes import lower_class
from analyzer.frontends.javascript.functions import lower_function
from analyzer.frontends.javascript.names import lower_key
from analyzer.frontends.javascript.patterns import lower_binding
from analyzer.frontends.javascript.reader import LowerExpression, LowerStatement, Reader

_KINDS = {"var": BindKind.VAR, "let": BindKind.LET}


def declared_kind(node: ts.Node) -> BindKind:
    """How ``var``, ``let``, ``const`` or ``using`` at the start of a declaration binds."""
    kind = node.child_by_field_name("kind")
    if kind is None:
        return BindKind.VAR if node.type == "variable_declaration" else BindKind.CONST
    return _KINDS.get(kind.type, BindKind.CONST)


def _lower_variables(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    kind = declared_kind(node)
    for child in node.named_children:
        if child.type == "variable_declarator":
            into.append(_declarator(reader, child, kind, depth))


def _declarator(reader: Reader, node: ts.Node, kind: BindKind, depth: int) -> Bind:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    target = reader.missing(node) if name is None else reader.target(name, depth + 1)
    lowered = None if value is None else reader.expression(value, depth + 1)
    return Bind(target, lowered, kind, reader.span(node))


def _lower_function_declaration(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    into.append(_named(reader, node, lower_function(reader, node, depth + 1), BindKind.HOISTED))


def _lower_class_declaration(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    into.append(_named(reader, node, lower_class(reader, node, depth + 1), BindKind.CONST))


def _named(reader: Reader, node: ts.Node, value: Node, kind: BindKind) -> Bind:
    name = node.child_by_field_name("name")
    target = reader.missing(node) if name is None else lower_binding(reader, name, 0)
    return Bind(target, value, kind, reader.span(node))


def _lower_enum(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    body = node.child_by_field_name("body")
    entries: list[Entry] = []
    known: dict[str, Node] = {}
    following: int | None = 0
    for child in [] if body is None else body.named_children:
        if child.kind_id in reader.grammar.comments:
            continue
        entry = _enum_member(reader, child, following, known, depth + 2)
        following = _following(entry.value)
        entries.append(entry)
        if type(entry.key) is Literal:
            known[str(entry.key.value)] = entry.value
    into.append(_named(reader, node, Record(tuple(entries), reader.span(node)), BindKind.CONST))


def _enum_member(reader: Reader, node: ts.Node, counted: int | None, known: dict[str, Node], depth: int) -> Entry:
    span = reader.span(node)
    if node.type != "enum_assignment":
        value = Opaque((), Ignorance.NO_VALUE, span) if counted is None else Literal(counted, span)
        return Entry(lower_key(reader, node, depth), value, span)
    name = node.child_by_field_name("name")
    key = reader.missing(node) if name is None else lower_key(reader, name, depth)
    given = reader.field(node, "value", depth)
    return Entry(key, known.get(given.name, given) if type(given) is Name else given, span)


def _following(value: Node) -> int | None:
    """The value of the enum member behind one that has this value."""
    match value:
        case Literal(value=int() as known):
            return known + 1
        case Operation(operator="-", operands=(Literal(value=int() as known),)):
            return 1 - known
        case _:
            return None


def _lower_namespace(reader: Reader, node: ts.Node, depth: int) -> Node:
    """A namespace: what it runs. What it exports is no export of the module."""
    body = node.child_by_field_name("body")
    inside = () if body is None else reader.sequence(body.named_children, depth + 2)
    return Block(tuple([part for part in inside if type(part) is not Export]), None, reader.span(node))


def _lower_import_alias(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    """``import a = b.c`` binds a member."""
    parts = node.named_children
    if len(parts) > 1:
        into.append(Bind(lower_binding(reader, parts[0], 0), _path(reader, parts[1]), BindKind.CONST, reader.span(node)))


def _path(reader: Reader, node: ts.Node) -> Node:
    first, *rest = reader.slice(node).split(".")
    span = reader.span(node)
    if len(rest) > MAX_DEPTH:
        return Opaque((), Ignorance.DEPTH, span)
    value: Node = Name(first.strip(), span)
    for part in rest:
        value = Member(value, Literal(part.strip(), span), False, span)
    return value


EXPRESSIONS: dict[str, LowerExpression] = {
    "internal_module": _lower_namespace,
    "module": _lower_namespace,
}
"""Namespaces by kind."""

STATEMENTS: dict[str, LowerStatement] = {
    "variable_declaration": _lower_variables,
    "lexical_declaration": _lower_variables,
    "using_declaration": _lower_variables,
    "function_declaration": _lower_function_declaration,
    "generator_function_declaration": _lower_function_declaration,
    "class_declaration": _lower_class_declaration,
    "abstract_class_declaration": _lower_class_declaration,
    "enum_declaration": _lower_enum,
    "import_alias": _lower_import_alias,
}
"""Declarations by kind."""
