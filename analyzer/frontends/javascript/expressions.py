"""Expressions that are neither names, chains, operators nor functions."""

from __future__ import annotations

from collections.abc import Callable

import tree_sitter as ts

from analyzer.flow.tree import Call, Entry, Ignorance, Items, ItemsKind, Literal, Node, Opaque, Record, Spread, Yield
from analyzer.frontends.ecmascript import build
from analyzer.frontends.ecmascript.literals import cook_template
from analyzer.frontends.javascript.functions import lower_method, method_name, words_of
from analyzer.frontends.javascript.names import lower_key, lower_word
from analyzer.frontends.javascript.patterns import with_holes
from analyzer.frontends.javascript.reader import LowerExpression, Reader

_CONSTANTS = {"true": True, "false": False, "null": None}


def _lower_constant(reader: Reader, node: ts.Node, depth: int) -> Node:
    return Literal(_CONSTANTS[node.type], reader.span(node))


def _lower_no_value(reader: Reader, node: ts.Node, depth: int) -> Node:
    return Opaque((), Ignorance.NO_VALUE, reader.span(node))


def _lower_template(reader: Reader, node: ts.Node, depth: int) -> Node:
    parts: list[Node] = []
    text, at, end = reader.text, node.start_byte + 1, node.end_byte
    for child in node.named_children:
        if child.type == "template_substitution":
            parts.append(_chunk(reader, at, child.start_byte))
            parts.append(reader.operand(child, depth + 1))
            at = child.end_byte
    parts.append(_chunk(reader, at, end - 1 if end > at and text[end - 1 : end] == "`" else end))
    return build.template(parts, reader.span(node))


def _chunk(reader: Reader, start: int, end: int) -> Literal:
    return Literal(cook_template(reader.text[start:end]), reader.between(start, end))


def _lower_array(reader: Reader, node: ts.Node, depth: int) -> Node:
    return Items(with_holes(reader, node, reader.expression, depth + 1), ItemsKind.LIST, reader.span(node))


def _lower_object(reader: Reader, node: ts.Node, depth: int) -> Node:
    entries: list[Entry | Spread] = []
    comments = reader.grammar.comments
    for child in node.named_children:
        lower = _ENTRIES.get(child.type)
        if lower is not None:
            entries.append(lower(reader, child, depth + 2))
        elif child.kind_id not in comments:
            entries.append(Spread(reader.expression(child, depth + 1), reader.span(child)))
    return Record(tuple(entries), reader.span(node))


def _entry_pair(reader: Reader, node: ts.Node, depth: int) -> Entry:
    name, span = node.child_by_field_name("key"), reader.span(node)
    key = reader.missing(node) if name is None else lower_key(reader, name, depth)
    return Entry(key, reader.field(node, "value", depth), span)


def _entry_shorthand(reader: Reader, node: ts.Node, depth: int) -> Entry:
    key = lower_word(reader, node, depth)
    return Entry(key, build.name(str(key.value), key.span), key.span)


def _entry_method(reader: Reader, node: ts.Node, depth: int) -> Entry:
    name, span, words = node.child_by_field_name("name"), reader.span(node), words_of(node)
    if name is None:
        return Entry(reader.missing(node), reader.missing(node), span)
    key = lower_key(reader, name, depth)
    function = lower_method(reader, node, method_name(name, key), words, depth)
    if "get" in words or "set" in words:
        return Entry(key, Opaque((function,), Ignorance.NO_VALUE, span), span)
    return Entry(key, function, span)


def _lower_spread(reader: Reader, node: ts.Node, depth: int) -> Spread:
    return Spread(reader.operand(node, depth + 1), reader.span(node))


def _lower_transparent(reader: Reader, node: ts.Node, depth: int) -> Node:
    inner = reader.grammar.unwrap(node)
    kind = inner.kind_id
    return reader.missing(node) if kind == reader.grammar.parenthesized else reader.expressions[kind](reader, inner, depth)


def _lower_cast(reader: Reader, node: ts.Node, depth: int) -> Node:
    inner = reader.grammar.bare(node)
    kind = inner.kind_id
    return reader.missing(node) if kind in reader.grammar.casts else reader.expressions[kind](reader, inner, depth)


def _lower_ternary(reader: Reader, node: ts.Node, depth: int) -> Node:
    tested = node.child_by_field_name("condition")
    test = reader.field(node, "condition", depth + 1)
    condition = test.span if tested is None else reader.span(reader.grammar.unwrap(tested))
    yes, no = reader.field(node, "consequence", depth + 1), reader.field(node, "alternative", depth + 1)
    return build.ternary(test, condition, yes, no, reader.span(node))


def _lower_new(reader: Reader, node: ts.Node, depth: int) -> Node:
    arguments = node.child_by_field_name("arguments")
    callee = reader.field(node, "constructor", depth + 1)
    args = () if arguments is None else reader.operands(arguments, depth + 1)
    return Call(callee, args, None, True, reader.span(node))


def _lower_sequence(reader: Reader, node: ts.Node, depth: int) -> Node:
    parts = reader.operands(node, depth + 1)
    return build.sequence(parts, reader.span(node)) if parts else reader.missing(node)


def _lower_yield(reader: Reader, node: ts.Node, depth: int) -> Node:
    child = reader.grammar.only(node)
    value = None if child is None else reader.expression(child, depth + 1)
    return Yield(value, any(part.type == "*" for part in node.children), reader.span(node))


_ENTRIES: dict[str, Callable[[Reader, ts.Node, int], Entry | Spread]] = {
    "pair": _entry_pair,
    "shorthand_property_identifier": _entry_shorthand,
    "method_definition": _entry_method,
    "spread_element": _lower_spread,
}

EXPRESSIONS: dict[str, LowerExpression] = {
    "true": _lower_constant,
    "false": _lower_constant,
    "null": _lower_constant,
    "regex": _lower_no_value,
    "meta_property": _lower_no_value,
    "template_string": _lower_template,
    "array": _lower_array,
    "object": _lower_object,
    "spread_element": _lower_spread,
    "parenthesized_expression": _lower_transparent,
    "as_expression": _lower_cast,
    "satisfies_expression": _lower_cast,
    "ternary_expression": _lower_ternary,
    "new_expression": _lower_new,
    "sequence_expression": _lower_sequence,
    "yield_expression": _lower_yield,
}
"""Expressions by kind."""
