"""Expressions other than literals, comprehensions and lambdas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import libcst as cst

from analyzer.flow.tree import (
    Arm,
    Await,
    Branch,
    BranchKind,
    Call,
    Entry,
    Ignorance,
    Items,
    ItemsKind,
    Literal,
    Member,
    Name,
    Node,
    Opaque,
    Operation,
    Record,
    Spread,
    Yield,
)
from analyzer.frontends.python.lowering import MAX_DEPTH, Lowering, expression_of, lower_too_deep
from analyzer.frontends.python.operators import COMPARISONS, FLAT, INFIX, PREFIX


def _lower_attribute(low: Lowering, node: cst.Attribute, depth: int) -> Node:
    owner = low.expression(node.value, depth + 1)
    return Member(owner, Literal(node.attr.value, low.span(node.attr)), False, low.span(node))


def _lower_subscript(low: Lowering, node: cst.Subscript, depth: int) -> Node:
    owner = low.expression(node.value, depth + 1)
    keys = [_key(low, element, depth + 1) for element in node.slice]
    if len(keys) == 1 and type(keys[0]) is not Spread:
        return Member(owner, keys[0], True, low.span(node))
    span = low.between(keys[0].span.start, keys[-1].span.end)
    return Member(owner, Items(tuple(keys), ItemsKind.TUPLE, span), True, low.span(node))


def _key(low: Lowering, element: cst.SubscriptElement, depth: int) -> Node:
    key = element.slice
    if type(key) is cst.Slice:
        bounds = [low.expression(bound, depth + 1) for bound in (key.lower, key.upper, key.step) if bound is not None]
        return Opaque(tuple(bounds), Ignorance.NO_VALUE, low.span(element))
    if type(key) is not cst.Index:
        return low.expression(key, depth)
    value = low.expression(key.value, depth)
    return Spread(value, low.span(element)) if key.star else value


def _lower_call(low: Lowering, node: cst.Call, depth: int) -> Node:
    callee = node.func
    if type(callee) is cst.Name and callee.value == "super":
        return Name("super", low.span(node))
    function = low.expression(callee, depth + 1)
    args: list[Node] = []
    keywords: list[Entry | Spread] = []
    for arg in node.args:
        value = low.expression(arg.value, depth + 1)
        if arg.keyword is not None:
            keywords.append(Entry(Literal(arg.keyword.value, low.span(arg.keyword)), value, low.span(arg)))
        elif arg.star == "**":
            keywords.append(Spread(value, low.span(arg)))
        else:
            args.append(Spread(value, low.span(arg)) if arg.star else value)
    if not keywords:
        return Call(function, tuple(args), None, False, low.span(node))
    record = Record(tuple(keywords), low.between(keywords[0].span.start, keywords[-1].span.end))
    return Call(function, tuple(args), record, False, low.span(node))


def _lower_await(low: Lowering, node: cst.Await, depth: int) -> Node:
    return Await(low.expression(node.expression, depth + 1), low.span(node))


def _lower_yield(low: Lowering, node: cst.Yield, depth: int) -> Node:
    value = node.value
    if type(value) is cst.From:
        return Yield(low.expression(value.item, depth + 1), True, low.span(node))
    return Yield(low.optional(value, depth + 1), False, low.span(node))


def _lower_list(low: Lowering, node: cst.List, depth: int) -> Node:
    return Items(_elements(low, node.elements, depth), ItemsKind.LIST, low.span(node))


def _lower_tuple(low: Lowering, node: cst.Tuple, depth: int) -> Node:
    return Items(_elements(low, node.elements, depth), ItemsKind.TUPLE, low.span(node))


def _lower_set(low: Lowering, node: cst.Set, depth: int) -> Node:
    return Items(_elements(low, node.elements, depth), ItemsKind.SET, low.span(node))


def _elements(low: Lowering, elements: Sequence[cst.BaseElement], depth: int) -> tuple[Node, ...]:
    return tuple(
        [low.expression(element.value if type(element) is cst.Element else element, depth + 1) for element in elements]
    )


def _lower_starred(low: Lowering, node: cst.StarredElement, depth: int) -> Node:
    return Spread(low.expression(node.value, depth + 1), low.span(node))


def _lower_dict(low: Lowering, node: cst.Dict, depth: int) -> Node:
    entries: list[Entry | Spread] = []
    for element in node.elements:
        if type(element) is cst.DictElement:
            key = low.expression(element.key, depth + 1)
            entries.append(Entry(key, low.expression(element.value, depth + 1), low.span(element)))
        else:
            entries.append(Spread(low.expression(element.value, depth + 1), low.span(element)))
    return Record(tuple(entries), low.span(node))


def _lower_prefix(low: Lowering, node: cst.UnaryOperation, depth: int) -> Node:
    symbol = PREFIX.get(type(node.operator), type(node.operator).__name__)
    return Operation(symbol, (low.expression(node.expression, depth + 1),), low.span(node))


def _lower_infix(low: Lowering, node: cst.BinaryOperation, depth: int) -> Node:
    kind = type(node.operator)
    rights = [node.right]
    left = node.left
    while kind in FLAT and type(left) is cst.BinaryOperation and type(left.operator) is kind:
        rights.append(left.right)
        left = left.left
    operands = [low.expression(operand, depth + 1) for operand in (left, *reversed(rights))]
    return Operation(INFIX.get(kind, kind.__name__), tuple(operands), low.span(node))


def _lower_comparison(low: Lowering, node: cst.Comparison, depth: int) -> Node:
    operands = [low.expression(node.left, depth + 1)]
    symbols: list[str] = []
    for target in node.comparisons:
        operator = target.operator
        symbols.append(operator.value if type(operator) is cst.NotEqual else COMPARISONS.get(type(operator), "?"))
        operands.append(low.expression(target.comparator, depth + 1))
    return Operation(" ".join(symbols), tuple(operands), low.span(node))


def _lower_boolean(low: Lowering, node: cst.BooleanOperation, depth: int) -> Node:
    kind = BranchKind.AND if type(node.operator) is cst.And else BranchKind.OR
    left, right = low.expression(node.left, depth + 1), low.expression(node.right, depth + 1)
    return Branch(kind, left, (Arm(None, (right,), None, right.span),), low.span(node))


def _lower_conditional(low: Lowering, node: cst.IfExp, depth: int) -> Node:
    test, yes, no = (low.expression(part, depth + 1) for part in (node.test, node.body, node.orelse))
    arms = (Arm(test, (yes,), test.span, yes.span), Arm(None, (no,), None, no.span))
    return Branch(BranchKind.TERNARY, None, arms, low.span(node))


def _lower_walrus(low: Lowering, node: cst.NamedExpr, depth: int) -> Node:
    return low.store(node.target, low.expression(node.value, depth + 1), low.span(node), depth + 1)


_LONG = 4
"""Fewest links of a chain that is cut; a shorter one is not what made it too deep."""

_Link: TypeAlias = tuple[cst.BaseExpression, Sequence[cst.CSTNode]]


def _cut(low: Lowering, node: cst.BaseExpression, depth: int) -> Node:
    """The inner part of a chain that is too long: what runs in it, in order."""
    operands: list[Sequence[cst.CSTNode]] = []
    head = node
    while (link := _LINKS.get(type(head))) is not None:
        head, own = link(head)
        operands.append(own)
    if len(operands) < _LONG:
        return lower_too_deep(low, node, depth)
    nodes = [head, *(operand for own in reversed(operands) for operand in own)]
    return Opaque(tuple([low.expression(inner, MAX_DEPTH) for inner in nodes]), Ignorance.DEPTH, low.span(node))


_LINKS: dict[type[cst.CSTNode], Callable[..., _Link]] = {
    cst.Attribute: lambda node: (node.value, ()),
    cst.Call: lambda node: (node.func, [arg.value for arg in node.args]),
    cst.Subscript: lambda node: (node.value, [element.slice for element in node.slice]),
    cst.BinaryOperation: lambda node: (node.left, (node.right,)),
    cst.BooleanOperation: lambda node: (node.left, (node.right,)),
}


def _lower_index(low: Lowering, node: cst.Index, depth: int) -> Node:
    return low.expression(node.value, depth)


EXPRESSIONS = dict(
    (
        expression_of(cst.Attribute, _lower_attribute),
        expression_of(cst.Subscript, _lower_subscript),
        expression_of(cst.Index, _lower_index),
        expression_of(cst.Call, _lower_call),
        expression_of(cst.Await, _lower_await),
        expression_of(cst.Yield, _lower_yield),
        expression_of(cst.List, _lower_list),
        expression_of(cst.Tuple, _lower_tuple),
        expression_of(cst.Set, _lower_set),
        expression_of(cst.StarredElement, _lower_starred),
        expression_of(cst.Dict, _lower_dict),
        expression_of(cst.UnaryOperation, _lower_prefix),
        expression_of(cst.BinaryOperation, _lower_infix),
        expression_of(cst.Comparison, _lower_comparison),
        expression_of(cst.BooleanOperation, _lower_boolean),
        expression_of(cst.IfExp, _lower_conditional),
        expression_of(cst.NamedExpr, _lower_walrus),
    )
)
"""Expressions by class of node."""

TOO_DEEP = dict([expression_of(kind, _cut) for kind in (cst.Attribute, cst.Call, cst.Subscript)])
TOO_DEEP |= dict([expression_of(kind, _cut) for kind in (cst.BinaryOperation, cst.BooleanOperation)])
"""What stands for chains that are nested too deeply."""
