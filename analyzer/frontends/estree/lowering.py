"""What lowering one file needs to know, and the step from a node to its ``_lower_*`` function.

The tables are handed in (``read`` puts them together), so the modules that fill them need not import one another.
Lowering recurses as deeply as the flow tree is nested, and counts: every function takes the depth of the node it makes,
and beyond ``MAX_DEPTH`` an Opaque is given instead of going on. What lies on the way down is written with loops, not
comprehensions, which are frames of their own: a level of nesting costs at most four, and Python allows a thousand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from analyzer.flow.tree import Ignorance, Node, Opaque
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.estree import syntax
from analyzer.records import record
from analyzer.source import Span

_LOOSE_ENDS = (" ", "\t", "\u00a0", "*/")
_TEXTS = frozenset({"Literal", "TemplateElement", "JSXText"})
_NOTHING = re.compile(r"(?:\s|/\*.*?\*/)*\Z", re.DOTALL)


@record
class Lowering:
    """One file's lowering: its path and text, how the parser's offsets become code points, the tables by ESTree type."""

    path: str
    text: str
    to_code_points: Callable[[int], int]
    expressions: Mapping[str, LowerExpression]
    statements: Mapping[str, LowerStatement]

    def span(self, node: object) -> Span:
        """The place of an ESTree node."""
        span = self._whole(node)
        if self._is_loose(node, span):
            return self._tightened(node, span)
        return span

    def _whole(self, node: object) -> Span:
        start, end = syntax.offsets(node)
        return self.between(start, end)

    def _is_loose(self, node: object, span: Span) -> bool:
        return self.text.endswith(_LOOSE_ENDS, span.start, span.end) and syntax.kind(node) not in _TEXTS

    def _tightened(self, node: object, span: Span) -> Span:
        # Esprima ends a statement without a semicolon where the brace behind it begins, so spaces and comments are in it.
        last, at = node, span
        while self._is_loose(last, at):
            inner = syntax.parts(last)
            if not inner:
                at = Span(span.path, at.start, at.start)
                break
            last = max(inner, key=lambda part: syntax.offsets(part)[1])
            at = self._whole(last)
        tail = _NOTHING.search(self.text, at.end, span.end)
        return span if tail is None else Span(span.path, span.start, tail.start())

    def between(self, start: int, end: int) -> Span:
        """The place between two offsets of the parser."""
        return Span(self.path, self.to_code_points(start), self.to_code_points(end))

    def expression(self, node: object | None, depth: int) -> Node:
        """The value a node computes; what recovery left out is an Opaque."""
        if node is None:
            return Opaque((), Ignorance.SYNTAX_ERROR, Span(self.path, 0, 0))
        if depth > MAX_DEPTH:
            return Opaque((), Ignorance.DEPTH, self.span(node))
        return self.expressions.get(syntax.kind(node), _lower_unknown)(self, node, depth)

    def optional(self, node: object | None, depth: int) -> Node | None:
        """Like ``expression``; None for an absent one."""
        return None if node is None else self.expression(node, depth)

    def operands(self, nodes: Sequence[object], depth: int) -> tuple[Node, ...]:
        """Several expressions in order; one Opaque for all of them beyond the greatest depth."""
        if depth > MAX_DEPTH and nodes:
            return (self._too_deep(nodes),)
        lowered: list[Node] = []
        for node in nodes:
            lowered.append(self.expression(node, depth))
        return tuple(lowered)

    def statement(self, node: object | None, depth: int) -> tuple[Node, ...]:
        """What a statement runs: no node for an empty one, several for a declaration of several names."""
        return () if node is None else self.sequence([node], depth)

    def sequence(self, nodes: Sequence[object], depth: int) -> tuple[Node, ...]:
        """What statements run one after another; one Opaque for all of them beyond the greatest depth."""
        if depth > MAX_DEPTH and nodes:
            return (self._too_deep(nodes),)
        lowered: list[Node] = []
        for node in nodes:
            lower = self.statements.get(syntax.kind(node))
            lowered += (self.expression(node, depth),) if lower is None else lower(self, node, depth)
        return tuple(lowered)

    def arm(self, node: object | None, depth: int) -> tuple[Node, ...]:
        """The body of a branch or loop: the statements of a block, or the one statement."""
        if syntax.kind(node) == "BlockStatement":
            return self.sequence(syntax.children(node, "body"), depth)
        return () if node is None else self.sequence([node], depth)

    def _too_deep(self, nodes: Sequence[object]) -> Opaque:
        span = Span(self.path, self.span(nodes[0]).start, self.span(nodes[-1]).end)
        return Opaque((), Ignorance.DEPTH, span)


LowerExpression: TypeAlias = Callable[[Lowering, object, int], Node]
"""Takes a node and its depth; gives the one flow node it is."""

LowerStatement: TypeAlias = Callable[[Lowering, object, int], tuple[Node, ...]]
"""Takes a node and its depth; gives the flow nodes it is, none or several."""


def _lower_unknown(lowering: Lowering, node: object, depth: int) -> Node:
    parts = tuple([flow for part in syntax.parts(node) for flow in lowering.statement(part, depth + 1)])
    return Opaque(parts, Ignorance.UNKNOWN_SYNTAX, lowering.span(node))
