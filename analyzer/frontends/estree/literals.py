"""Constants, templates and arrays, and the keys of members and entries."""

from __future__ import annotations

from analyzer.flow.tree import Ignorance, Items, ItemsKind, Literal, Node, Opaque, Spread, Undefined
from analyzer.frontends.ecmascript import build
from analyzer.frontends.ecmascript.literals import cook_template
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.lowering import LowerExpression, Lowering
from analyzer.source import Span


def member_key(lowering: Lowering, node: object, depth: int) -> Node:
    """The key of a property or class member: a Literal unless it is computed."""
    key = syntax.child(node, "key")
    return lowering.expression(key, depth) if syntax.flag(node, "computed") else static_key(lowering, key)


def static_key(lowering: Lowering, key: object | None) -> Node:
    """A name, private name, string or number written as a key, as a Literal."""
    match syntax.kind(key):
        case "Identifier":
            return Literal(syntax.text(key, "name"), lowering.span(key))
        case "PrivateIdentifier":
            return private_name(lowering, key)
        case _:
            return lowering.expression(key, 0)


def private_name(lowering: Lowering, node: object) -> Literal:
    """``#x``, with its mark (which some parsers count to the name)."""
    return Literal("#" + syntax.text(node, "name").removeprefix("#"), lowering.span(node))


def array_hole(lowering: Lowering, array: object) -> Node:
    """What stands for an element left out of an array or array pattern (whose span it has: ESTree keeps no better)."""
    return Literal(Undefined.UNDEFINED, lowering.span(array))


def _lower_literal(lowering: Lowering, node: object, depth: int) -> Node:
    span = lowering.span(node)
    if syntax.child(node, "regex") is not None or syntax.child(node, "bigint") is not None:
        return Opaque((), Ignorance.NO_VALUE, span)
    match syntax.child(node, "value"):
        case bool() | str() | None as value:
            return Literal(value, span)
        case int() | float() as number if not syntax.text(node, "raw").endswith("n"):
            return Literal(_number(number), span)
        case _:
            return Opaque((), Ignorance.NO_VALUE, span)


def _number(value: int | float) -> int | float:
    # The parser's int may be larger than JavaScript's numbers reach or hold exactly.
    try:
        real = float(value)
    except OverflowError:
        return float("inf")
    return int(real) if real.is_integer() else real


def _lower_template(lowering: Lowering, node: object, depth: int) -> Node:
    quasis, holes = syntax.children(node, "quasis"), syntax.children(node, "expressions")
    parts: list[Node] = []
    for index, quasi in enumerate(quasis):
        parts.append(_template_text(lowering, node, quasi))
        if index < len(holes):
            parts.append(lowering.expression(holes[index], depth + 1))
    return build.template(parts, lowering.span(node))


def _template_text(lowering: Lowering, template: object, quasi: object) -> Literal:
    value = syntax.child(quasi, "value")
    # Only a tagged template may hold a text with escapes that mean nothing.
    invalid = syntax.child(value, "cooked") is None
    text = cook_template(syntax.text(value, "raw")) if invalid else syntax.text(value, "cooked")
    return Literal(text, template_text_span(lowering, template, quasi))


def template_text_span(lowering: Lowering, template: object | None, quasi: object) -> Span:
    """The place of a text in a template, without the delimiters around it."""
    start, end = syntax.offsets(quasi)
    # Esprima counts the delimiters to the text, other parsers do not: then the first text starts behind the backtick.
    if syntax.offsets(syntax.children(template, "quasis")[0])[0] == syntax.offsets(template)[0]:
        start, end = start + 1, end - (1 if syntax.flag(quasi, "tail") else 2)
    return lowering.between(start, end)


def _lower_array(lowering: Lowering, node: object, depth: int) -> Node:
    values: list[Node] = []
    for element in syntax.children(node, "elements"):
        values.append(array_hole(lowering, node) if element is None else lowering.expression(element, depth + 1))
    return Items(tuple(values), ItemsKind.LIST, lowering.span(node))


def _lower_spread(lowering: Lowering, node: object, depth: int) -> Node:
    return Spread(lowering.expression(syntax.child(node, "argument"), depth + 1), lowering.span(node))


TABLE: dict[str, LowerExpression] = {
    "Literal": _lower_literal,
    "TemplateLiteral": _lower_template,
    "ArrayExpression": _lower_array,
    "SpreadElement": _lower_spread,
}
"""Literals by ESTree type."""
