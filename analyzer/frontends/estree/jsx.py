"""JSX: what its attributes and children compute runs in order; what it makes is of no meaning here."""

from __future__ import annotations

from analyzer.flow.tree import Ignorance, Node, Opaque
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.lowering import LowerExpression, Lowering


def _lower_element(lowering: Lowering, node: object, depth: int) -> Node:
    parts: list[Node] = []
    stack = [node]
    while stack:
        at = stack.pop()
        match syntax.kind(at):
            case "JSXExpressionContainer" | "JSXSpreadChild":
                value = syntax.child(at, "expression")
                parts.extend(() if syntax.kind(value) == "JSXEmptyExpression" else (lowering.expression(value, depth + 1),))
            case "JSXSpreadAttribute":
                parts.append(lowering.expression(syntax.child(at, "argument"), depth + 1))
            case _:
                stack.extend(reversed(_inside(at)))
    return Opaque(tuple(parts), Ignorance.NO_VALUE, lowering.span(node))


def _inside(node: object) -> list[object]:
    attributes = syntax.children(syntax.child(node, "openingElement"), "attributes")
    value = syntax.child(node, "value") if syntax.kind(node) == "JSXAttribute" else None
    return [*attributes, *([] if value is None else [value]), *syntax.children(node, "children")]


TABLE: dict[str, LowerExpression] = {
    "JSXElement": _lower_element,
    "JSXFragment": _lower_element,
}
"""JSX by ESTree type."""
