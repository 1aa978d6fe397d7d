"""What is bound or assigned: names, members and patterns; assignments."""

from __future__ import annotations

from collections.abc import Callable

import tree_sitter as ts

from analyzer.flow.tree import Default, Entry, Items, ItemsKind, Literal, Name, Node, Record, Spread, Undefined
from analyzer.frontends.ecmascript import build
from analyzer.frontends.ecmascript.literals import cook
from analyzer.frontends.javascript.names import lower_key
from analyzer.frontends.javascript.reader import LowerExpression, Reader


def lower_binding(reader: Reader, node: ts.Node, depth: int) -> Name:
    """A name that is bound, whatever it is."""
    text = reader.slice(node)
    return Name(cook(text) if "\\" in text else text, reader.span(node))


def with_holes(reader: Reader, node: ts.Node, lower: Callable[[ts.Node, int], Node], depth: int) -> tuple[Node, ...]:
    """The elements of an array or array pattern, undefined for one that is left out."""
    elements: list[Node] = []
    separated = True
    comments = reader.grammar.comments
    for child in node.children:
        if child.is_named:
            if child.kind_id not in comments:
                elements.append(lower(child, depth))
                separated = False
        elif child.type == ",":
            if separated:
                elements.append(Literal(Undefined.UNDEFINED, reader.between(child.start_byte, child.start_byte)))
            separated = True
    return tuple(elements)


def _lower_array_pattern(reader: Reader, node: ts.Node, depth: int) -> Node:
    return Items(with_holes(reader, node, reader.target, depth + 1), ItemsKind.LIST, reader.span(node))


def _lower_object_pattern(reader: Reader, node: ts.Node, depth: int) -> Node:
    entries: list[Entry | Spread] = []
    for child in node.named_children:
        lower = _ENTRIES.get(child.type)
        if lower is not None:
            entries.append(lower(reader, child, depth + 1))
    return Record(tuple(entries), reader.span(node))


def _entry_shorthand(reader: Reader, node: ts.Node, depth: int) -> Entry:
    name = lower_binding(reader, node, depth)
    return Entry(Literal(name.name, name.span), name, name.span)


def _entry_pair(reader: Reader, node: ts.Node, depth: int) -> Entry:
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    return Entry(
        reader.missing(node) if key is None else lower_key(reader, key, depth),
        reader.missing(node) if value is None else reader.target(value, depth),
        reader.span(node),
    )


def _entry_default(reader: Reader, node: ts.Node, depth: int) -> Entry:
    left, value, span = node.child_by_field_name("left"), reader.field(node, "right", depth), reader.span(node)
    if left is None:
        return Entry(reader.missing(node), value, span)
    target = reader.target(left, depth)
    key: Node = Literal(target.name, target.span) if type(target) is Name else target
    return Entry(key, Default(target, value, span), span)


def _lower_rest(reader: Reader, node: ts.Node, depth: int) -> Spread:
    child = reader.grammar.only(node)
    return Spread(reader.missing(node) if child is None else reader.target(child, depth + 1), reader.span(node))


def _lower_default(reader: Reader, node: ts.Node, depth: int) -> Node:
    left = node.child_by_field_name("left")
    target = reader.missing(node) if left is None else reader.target(left, depth + 1)
    return Default(target, reader.field(node, "right", depth + 1), reader.span(node))


def _lower_wrapped(reader: Reader, node: ts.Node, depth: int) -> Node:
    child = reader.grammar.only(node)
    return reader.missing(node) if child is None else reader.target(child, depth)


def _lower_assignment(reader: Reader, node: ts.Node, depth: int) -> Node:
    left, operator = node.child_by_field_name("left"), node.child_by_field_name("operator")
    target = reader.missing(node) if left is None else reader.target(left, depth + 1)
    value = reader.field(node, "right", depth + 1)
    return build.assignment("=" if operator is None else operator.type, target, value, reader.span(node))


_ENTRIES: dict[str, Callable[[Reader, ts.Node, int], Entry | Spread]] = {
    "shorthand_property_identifier_pattern": _entry_shorthand,
    "pair_pattern": _entry_pair,
    "object_assignment_pattern": _entry_default,
    "rest_pattern": _lower_rest,
}

TARGETS: dict[str, LowerExpression] = {
    "identifier": lower_binding,
    "undefined": lower_binding,
    "shorthand_property_identifier_pattern": lower_binding,
    "array_pattern": _lower_array_pattern,
    "object_pattern": _lower_object_pattern,
    "rest_pattern": _lower_rest,
    "assignment_pattern": _lower_default,
    "parenthesized_expression": _lower_wrapped,
    "non_null_expression": _lower_wrapped,
    "as_expression": _lower_wrapped,
    "satisfies_expression": _lower_wrapped,
    "type_assertion": _lower_wrapped,
}
"""Targets by kind; any other is lowered like the expression it is."""

EXPRESSIONS: dict[str, LowerExpression] = {
    "assignment_expression": _lower_assignment,
    "augmented_assignment_expression": _lower_assignment,
}
"""Assignments by kind."""
