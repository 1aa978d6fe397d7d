"""Targets: names, members, array and object patterns, defaults and rests; parameters."""

from __future__ import annotations

from analyzer.flow.tree import Default, Entry, Items, ItemsKind, Name, Node, Param, ParamKind, Record, Spread
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.literals import array_hole, member_key
from analyzer.frontends.estree.lowering import LowerExpression, Lowering


def pattern(lowering: Lowering, node: object | None, depth: int) -> Node:
    """A target. A name is a Name whatever it is; a member is lowered like the expression it is."""
    if syntax.kind(node) == "Identifier" and depth <= MAX_DEPTH:
        return Name(syntax.text(node, "name"), lowering.span(node))
    return lowering.expression(node, depth)


def parameters(lowering: Lowering, function: object, depth: int) -> tuple[Param, ...]:
    """The parameters of a function, their defaults apart from their targets."""
    params: list[Param] = []
    for param in syntax.children(function, "params"):
        params.append(_parameter(lowering, param, depth))
    return tuple(params)


def _parameter(lowering: Lowering, param: object, depth: int) -> Param:
    span = lowering.span(param)
    match syntax.kind(param):
        case "AssignmentPattern":
            target = pattern(lowering, syntax.child(param, "left"), depth)
            default = lowering.expression(syntax.child(param, "right"), depth)
            return Param(target, default, ParamKind.NORMAL, None, span)
        case "RestElement":
            return Param(pattern(lowering, syntax.child(param, "argument"), depth), None, ParamKind.REST, None, span)
        case _:
            return Param(pattern(lowering, param, depth), None, ParamKind.NORMAL, None, span)


def _lower_array_pattern(lowering: Lowering, node: object, depth: int) -> Node:
    targets: list[Node] = []
    for element in syntax.children(node, "elements"):
        targets.append(array_hole(lowering, node) if element is None else pattern(lowering, element, depth + 1))
    return Items(tuple(targets), ItemsKind.LIST, lowering.span(node))


def _lower_object_pattern(lowering: Lowering, node: object, depth: int) -> Node:
    entries: list[Entry | Spread] = []
    for property in syntax.children(node, "properties"):
        entries.append(_entry(lowering, property, depth + 1))
    return Record(tuple(entries), lowering.span(node))


def _entry(lowering: Lowering, property: object, depth: int) -> Entry | Spread:
    if syntax.kind(property) == "RestElement":
        return _lower_rest(lowering, property, depth)
    key, value = member_key(lowering, property, depth), pattern(lowering, syntax.child(property, "value"), depth)
    return Entry(key, value, lowering.span(property))


def _lower_rest(lowering: Lowering, node: object, depth: int) -> Spread:
    return Spread(pattern(lowering, syntax.child(node, "argument"), depth + 1), lowering.span(node))


def _lower_default(lowering: Lowering, node: object, depth: int) -> Node:
    target = pattern(lowering, syntax.child(node, "left"), depth + 1)
    return Default(target, lowering.expression(syntax.child(node, "right"), depth + 1), lowering.span(node))


TABLE: dict[str, LowerExpression] = {
    "ArrayPattern": _lower_array_pattern,
    "ObjectPattern": _lower_object_pattern,
    "RestElement": _lower_rest,
    "AssignmentPattern": _lower_default,
}
"""Patterns by ESTree type."""
