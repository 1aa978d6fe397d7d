"""Expressions: one small function for each ESTree type, and the table that picks it."""

from __future__ import annotations

from analyzer.flow.tree import Await, Call, Entry, Ignorance, Name, Node, Opaque, Record, Spread, Yield
from analyzer.frontends.ecmascript import build
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.functions import method
from analyzer.frontends.estree.literals import member_key, private_name
from analyzer.frontends.estree.lowering import LowerExpression, Lowering
from analyzer.frontends.estree.patterns import pattern


def _lower_identifier(lowering: Lowering, node: object, depth: int) -> Node:
    return build.name(syntax.text(node, "name"), lowering.span(node))


def _lower_private_name(lowering: Lowering, node: object, depth: int) -> Node:
    return private_name(lowering, node)


def _lower_this(lowering: Lowering, node: object, depth: int) -> Node:
    return Name("this", lowering.span(node))


def _lower_super(lowering: Lowering, node: object, depth: int) -> Node:
    return Name("super", lowering.span(node))


def _lower_object(lowering: Lowering, node: object, depth: int) -> Node:
    entries: list[Entry | Spread] = []
    for property in syntax.children(node, "properties"):
        entries.append(_entry(lowering, property, depth + 1))
    return Record(tuple(entries), lowering.span(node))


def _entry(lowering: Lowering, property: object, depth: int) -> Entry | Spread:
    span = lowering.span(property)
    if syntax.kind(property) != "Property":
        return Spread(lowering.expression(syntax.child(property, "argument"), depth + 1), span)
    key = member_key(lowering, property, depth)
    if syntax.flag(property, "method"):
        return Entry(key, method(lowering, property, key, depth), span)
    if syntax.text(property, "kind") in ("get", "set"):
        return Entry(key, Opaque((method(lowering, property, key, depth),), Ignorance.NO_VALUE, span), span)
    return Entry(key, lowering.expression(syntax.child(property, "value"), depth), span)


def _lower_unary(lowering: Lowering, node: object, depth: int) -> Node:
    operand = lowering.expression(syntax.child(node, "argument"), depth + 1)
    return build.unary(syntax.text(node, "operator"), operand, lowering.span(node))


def _lower_update(lowering: Lowering, node: object, depth: int) -> Node:
    target = pattern(lowering, syntax.child(node, "argument"), depth + 1)
    return build.update(syntax.text(node, "operator"), target, lowering.span(node))


def _lower_assignment(lowering: Lowering, node: object, depth: int) -> Node:
    target = pattern(lowering, syntax.child(node, "left"), depth + 1)
    value = lowering.expression(syntax.child(node, "right"), depth + 1)
    return build.assignment(syntax.text(node, "operator"), target, value, lowering.span(node))


def _lower_conditional(lowering: Lowering, node: object, depth: int) -> Node:
    test = lowering.expression(syntax.child(node, "test"), depth + 1)
    then = lowering.expression(syntax.child(node, "consequent"), depth + 1)
    other = lowering.expression(syntax.child(node, "alternate"), depth + 1)
    return build.ternary(test, test.span, then, other, lowering.span(node))


def _lower_new(lowering: Lowering, node: object, depth: int) -> Node:
    callee = lowering.expression(syntax.child(node, "callee"), depth + 1)
    args = lowering.operands(syntax.children(node, "arguments"), depth + 1)
    return Call(callee, args, None, True, lowering.span(node))


def _lower_import(lowering: Lowering, node: object, depth: int) -> Node:
    start, _ = syntax.offsets(node)
    callee = Name("import", lowering.between(start, start + len("import")))
    given = [syntax.child(node, "source"), syntax.child(node, "options")]
    args = lowering.operands([argument for argument in given if argument is not None], depth + 1)
    return Call(callee, args, None, False, lowering.span(node))


def _lower_import_callee(lowering: Lowering, node: object, depth: int) -> Node:
    return Name("import", lowering.span(node))


def _lower_meta_property(lowering: Lowering, node: object, depth: int) -> Node:
    return Opaque((), Ignorance.NO_VALUE, lowering.span(node))


def _lower_sequence(lowering: Lowering, node: object, depth: int) -> Node:
    return build.sequence(lowering.operands(syntax.children(node, "expressions"), depth + 1), lowering.span(node))


def _lower_await(lowering: Lowering, node: object, depth: int) -> Node:
    return Await(lowering.expression(syntax.child(node, "argument"), depth + 1), lowering.span(node))


def _lower_yield(lowering: Lowering, node: object, depth: int) -> Node:
    value = lowering.optional(syntax.child(node, "argument"), depth + 1)
    return Yield(value, syntax.flag(node, "delegate"), lowering.span(node))


def _lower_transparent(lowering: Lowering, node: object, depth: int) -> Node:
    return lowering.expression(syntax.child(node, "expression"), depth)


TABLE: dict[str, LowerExpression] = {
    "Identifier": _lower_identifier,
    "PrivateIdentifier": _lower_private_name,
    "ThisExpression": _lower_this,
    "Super": _lower_super,
    "ObjectExpression": _lower_object,
    "UnaryExpression": _lower_unary,
    "UpdateExpression": _lower_update,
    "AssignmentExpression": _lower_assignment,
    "ConditionalExpression": _lower_conditional,
    "NewExpression": _lower_new,
    "ImportExpression": _lower_import,
    "Import": _lower_import_callee,
    "MetaProperty": _lower_meta_property,
    "SequenceExpression": _lower_sequence,
    "AwaitExpression": _lower_await,
    "YieldExpression": _lower_yield,
    "ChainExpression": _lower_transparent,
    "ParenthesizedExpression": _lower_transparent,
}
"""Expressions by ESTree type."""
