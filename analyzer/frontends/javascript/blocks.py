"""Blocks that tree-sitter takes for objects: ``{ label: value }`` where a statement or the body of an arrow stands."""

from __future__ import annotations

import tree_sitter as ts

from analyzer.flow.tree import Block, Node
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.javascript.names import name_of
from analyzer.frontends.javascript.reader import Reader
from analyzer.source import Span


def object_as_block(reader: Reader, node: ts.Node, depth: int) -> tuple[Node, ...] | None:
    """The statements in an object that is none; None if it cannot be a block (and the source is no program)."""
    labels: list[tuple[ts.Node, str]] = []
    while node.kind_id == reader.grammar.object:
        members = [child for child in node.named_children if child.kind_id not in reader.grammar.comments]
        if not members:
            return _labelled(reader, labels, ())
        if len(members) != 1:
            return None
        if members[0].type == "shorthand_property_identifier":
            node = members[0]
            break
        key, value = members[0].child_by_field_name("key"), members[0].child_by_field_name("value")
        if key is None or value is None or key.type != "property_identifier":
            return None
        labels.append((members[0], name_of(reader, key)))
        node = value
    if len(labels) + depth > MAX_DEPTH:
        return None
    return _labelled(reader, labels, (reader.expression(node, depth + len(labels)),))


def statement_span(reader: Reader, node: ts.Node) -> Span:
    """Where a statement that ends with another stands: a semicolon behind a block taken for an object is no part of it."""
    span = reader.span(node)
    if not reader.text.endswith("};", 0, span.end):
        return span
    while node.type != "expression_statement" and node.named_children:
        node = node.named_children[-1]
    child = reader.grammar.only(node)
    if child is None or child.kind_id != reader.grammar.object:
        return span
    return reader.between(span.start, child.end_byte)


def _labelled(reader: Reader, labels: list[tuple[ts.Node, str]], body: tuple[Node, ...]) -> tuple[Node, ...]:
    for pair, label in reversed(labels):
        body = (Block(body, label, reader.span(pair)),)
    return body
