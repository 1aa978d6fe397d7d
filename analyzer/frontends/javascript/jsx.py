"""JSX: what its attributes and children compute, in order."""

from __future__ import annotations

import tree_sitter as ts

from analyzer.flow.tree import Ignorance, Node, Opaque
from analyzer.frontends.javascript.reader import LowerExpression, Reader


def _lower_element(reader: Reader, node: ts.Node, depth: int) -> Node:
    parts: list[Node] = []
    stack = [node]
    while stack:
        at = stack.pop()
        if at.type == "jsx_expression":
            inner = reader.grammar.only(at)
            while inner is not None and inner.type == "spread_element":
                inner = reader.grammar.only(inner)
            if inner is not None and inner.kind_id not in reader.grammar.comments:
                parts.append(reader.expression(inner, depth + 1))
        elif at.type in _CONTAINERS:
            stack.extend(reversed(at.named_children))
    return Opaque(tuple(parts), Ignorance.NO_VALUE, reader.span(node))


_CONTAINERS = frozenset({"jsx_element", "jsx_self_closing_element", "jsx_opening_element", "jsx_attribute", "jsx_fragment"})

EXPRESSIONS: dict[str, LowerExpression] = {
    "jsx_element": _lower_element,
    "jsx_self_closing_element": _lower_element,
    "jsx_fragment": _lower_element,
}
"""JSX by kind."""
