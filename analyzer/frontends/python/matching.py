"""``match`` statements."""

from __future__ import annotations

import libcst as cst

from analyzer.flow.tree import Arm, Bind, Branch, BranchKind, Ignorance, Name, Node, Opaque
from analyzer.frontends.python import heads
from analyzer.frontends.python.literals import identifier
from analyzer.frontends.python.lowering import Lowering, statement_of
from analyzer.frontends.python.syntax import children


def _lower_match(low: Lowering, node: cst.Match, line: int, depth: int, into: list[Node]) -> int:
    heads.write_match(low.positions, node, line)
    subject = low.expression(node.subject, depth + 1)
    arms: list[Arm] = []
    after = line + 1
    for case in node.cases:
        arms.append(_arm(low, case, after, depth + 1))
        after = low.after(after)
    into.append(Branch(BranchKind.MATCH, subject, tuple(arms), low.lines(line, after)))
    return after


def _arm(low: Lowering, case: cst.MatchCase, line: int, depth: int) -> Arm:
    condition = low.between(*heads.write_case(low.positions, case, line))
    expressions, captures = _read_pattern(case.pattern)
    if case.guard is not None:
        expressions.append(case.guard)
    parts = [low.expression(part, depth + 1) for part in expressions]
    binds = [_capture(low, name) for name in sorted(captures, key=low.span)]
    body = low.suite(case.body, line, depth)
    span = low.lines(line, low.after(line))
    if _is_wildcard(case):
        return Arm(None, body, None, span)
    return Arm(Opaque(tuple(parts), Ignorance.NO_VALUE, condition), (*binds, *body), condition, span)


def _is_wildcard(case: cst.MatchCase) -> bool:
    pattern = case.pattern
    return type(pattern) is cst.MatchAs and pattern.pattern is None and pattern.name is None and case.guard is None


def _capture(low: Lowering, name: cst.Name) -> Bind:
    span = low.span(name)
    target = Name(identifier(name.value), span)
    return Bind(target, Opaque((), Ignorance.NO_VALUE, span), low.kind(target), span)


def _read_pattern(pattern: cst.MatchPattern) -> tuple[list[cst.BaseExpression], list[cst.Name]]:
    """The expressions a pattern evaluates, in order, and the names it captures."""
    expressions: list[cst.BaseExpression] = []
    captures: list[cst.Name | None] = []
    stack: list[cst.CSTNode] = [pattern]
    while stack:
        match stack.pop():
            case cst.BaseExpression() as expression:
                expressions.append(expression)
            case cst.MatchAs(pattern=inner, name=name):
                captures.append(name)
                stack.extend([] if inner is None else [inner])
            case cst.MatchStar(name=name):
                captures.append(name)
            case cst.MatchMapping(elements=elements, rest=rest):
                captures.append(rest)
                stack.extend(reversed(elements))
            case cst.MatchKeywordElement(pattern=inner):
                stack.append(inner)
            case other:
                stack.extend(reversed(children(other)))
    return expressions, [name for name in captures if name is not None]


STATEMENTS = dict((statement_of(cst.Match, _lower_match),))
"""The one statement of this module by its class."""
