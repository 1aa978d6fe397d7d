"""Comprehensions and generator expressions: loops whose value is the list of what their bodies yield."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import libcst as cst

from analyzer.flow.tree import Arm, Bind, BindKind, Branch, BranchKind, Items, ItemsKind, Loop, LoopKind, Node, Spread
from analyzer.frontends.python.lowering import MAX_DEPTH, Lowering, expression_of, lower_too_deep


def _lower_simple(low: Lowering, node: cst.BaseSimpleComp, depth: int) -> Node:
    return _loops(low, node, depth, partial(low.expression, node.elt))


def _lower_dict(low: Lowering, node: cst.DictComp, depth: int) -> Node:
    return _loops(low, node, depth, partial(_pair, low, node))


def _pair(low: Lowering, node: cst.DictComp, depth: int) -> Node:
    key, value = low.expression(node.key, depth + 1), low.expression(node.value, depth + 1)
    return Items((key, value), ItemsKind.TUPLE, low.between(key.span.start, value.span.end))


def _lower_starred_dict(low: Lowering, node: cst.StarredDictComp, depth: int) -> Node:
    return _loops(low, node, depth, partial(_spread, low, node))


def _spread(low: Lowering, node: cst.StarredDictComp, depth: int) -> Node:
    value = low.expression(node.value, depth + 1)
    return Spread(value, value.span)


def _loops(low: Lowering, node: cst.BaseComp, depth: int, element: Callable[[int], Node]) -> Node:
    """One loop for each ``for``, the first outermost, and in it one branch for each ``if``."""
    clauses: list[tuple[cst.CompFor, int]] = []
    clause: cst.CompFor | None = node.for_in
    while clause is not None:
        clauses.append((clause, depth))
        depth += 1 + len(clause.ifs)
        clause = clause.inner_for_in
    if depth > MAX_DEPTH:
        return lower_too_deep(low, node, depth)
    body = element(depth)
    for clause, level in reversed(clauses):
        body = _loop(low, node, clause, level, body)
    return body


def _loop(low: Lowering, node: cst.BaseComp, clause: cst.CompFor, depth: int, body: Node) -> Node:
    for level, condition in reversed(list(enumerate(clause.ifs, depth + 1))):
        test = low.expression(condition.test, level + 1)
        body = Branch(BranchKind.IF, None, (Arm(test, (body,), test.span, body.span),), test.span)
    # The names of the target are seen in the comprehension alone, and nothing binds them there again.
    target = Bind(low.expression(clause.target, depth + 1), None, BindKind.CONST, low.span(clause.target))
    iterable = low.expression(clause.iter, depth + 1)
    return Loop(LoopKind.COMPREHENSION, target, iterable, None, (body,), None, (), None, low.span(node))


EXPRESSIONS = dict(
    (
        *(expression_of(kind, _lower_simple) for kind in (cst.ListComp, cst.SetComp, cst.GeneratorExp)),
        expression_of(cst.DictComp, _lower_dict),
        expression_of(cst.StarredDictComp, _lower_starred_dict),
    )
)
"""Comprehensions by class of node."""
