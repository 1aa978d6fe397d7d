"""Compound statements: branches, loops, ``try`` and ``with``."""

from __future__ import annotations

import libcst as cst

from analyzer.flow.tree import (
    Arm,
    Bind,
    Branch,
    BranchKind,
    Handler,
    Ignorance,
    Loop,
    LoopKind,
    Node,
    Opaque,
    Try,
    With,
)
from analyzer.frontends.python import heads
from analyzer.frontends.python.lowering import MAX_DEPTH, Lowering, statement_of
from analyzer.source import Span


def _lower_line(low: Lowering, node: cst.SimpleStatementLine, line: int, depth: int, into: list[Node]) -> int:
    low.positions.begin(line)
    low.positions.write_all(node.body)
    low.simple(node.body, depth, into)
    return line + 1


def _lower_if(low: Lowering, node: cst.If, line: int, depth: int, into: list[Node]) -> int:
    first = line
    arms: list[Arm] = []
    clause: cst.If | cst.Else | None = node
    while type(clause) is cst.If:
        heads.write_if(low.positions, clause, line, is_elif=clause is not node)
        test = low.expression(clause.test, depth + 1)
        body = low.suite(clause.body, line, depth + 1)
        arms.append(Arm(test, body, low.span(clause.test), low.lines(line, low.after(line))))
        clause, line = clause.orelse, low.after(line)
    if type(clause) is cst.Else:
        orelse, after = _else(low, clause, line, depth + 1)
        arms.append(Arm(None, orelse, None, low.lines(line, after)))
        line = after
    into.append(Branch(BranchKind.IF, None, tuple(arms), low.lines(first, line)))
    return line


def _lower_for(low: Lowering, node: cst.For, line: int, depth: int, into: list[Node]) -> int:
    heads.write_for(low.positions, node, line)
    target = low.target(node.target, depth + 1)
    iterable = low.expression(node.iter, depth + 1)
    body = low.suite(node.body, line, depth + 1)
    orelse, after = _else(low, node.orelse, low.after(line), depth + 1)
    kind = LoopKind.FOR_OF if node.asynchronous is None else LoopKind.FOR_AWAIT
    into.append(Loop(kind, target, iterable, None, body, None, orelse, None, low.lines(line, after)))
    return after


def _lower_while(low: Lowering, node: cst.While, line: int, depth: int, into: list[Node]) -> int:
    heads.write_while(low.positions, node, line)
    test = low.expression(node.test, depth + 1)
    body = low.suite(node.body, line, depth + 1)
    orelse, after = _else(low, node.orelse, low.after(line), depth + 1)
    into.append(Loop(LoopKind.WHILE, None, None, test, body, None, orelse, None, low.lines(line, after)))
    return after


def _else(low: Lowering, node: cst.Else | cst.Finally | None, line: int, depth: int) -> tuple[tuple[Node, ...], int]:
    """The statements of an ``else`` or ``finally`` in a line, if there is one, and the line of what follows."""
    if node is None:
        return (), line
    heads.write_keyword(low.positions, node, line, "else" if type(node) is cst.Else else "finally")
    return low.suite(node.body, line, depth), low.after(line)


def _lower_try(low: Lowering, node: cst.Try | cst.TryStar, line: int, depth: int, into: list[Node]) -> int:
    heads.write_keyword(low.positions, node, line, "try")
    body = low.suite(node.body, line, depth + 1)
    after = low.after(line)
    handlers: list[Handler] = []
    for handler in node.handlers:
        handlers.append(_handler(low, handler, after, depth + 1))
        after = low.after(after)
    orelse, after = _else(low, node.orelse, after, depth + 1)
    final, after = _else(low, node.finalbody, after, depth + 1)
    into.append(Try(body, tuple(handlers), orelse, None if node.finalbody is None else final, low.lines(line, after)))
    return after


def _handler(low: Lowering, node: cst.ExceptHandler | cst.ExceptStarHandler, line: int, depth: int) -> Handler:
    heads.write_except(low.positions, node, line)
    test = low.optional(node.type, depth + 1)
    target = None if node.name is None else low.target(node.name.name, depth + 1)
    body = low.suite(node.body, line, depth + 1)
    condition = None if node.type is None else low.span(node.type)
    return Handler(test, target, body, condition, low.lines(line, low.after(line)))


def _lower_with(low: Lowering, node: cst.With, line: int, depth: int, into: list[Node]) -> int:
    heads.write_with(low.positions, node, line)
    after = low.after(line)
    whole = low.lines(line, after)
    items = [_item(low, item, depth + level) for level, item in enumerate(node.items, 1)]
    if depth + len(items) > MAX_DEPTH:
        into.append(Opaque(tuple([context for context, _, _ in items]), Ignorance.DEPTH, whole))
        return after
    body = low.suite(node.body, line, depth + len(items))
    for index, (context, target, span) in reversed(list(enumerate(items))):
        start = span.start if index else whole.start
        body = (With(context, target, body, node.asynchronous is not None, Span(whole.path, start, whole.end)),)
    into.extend(body)
    return after


def _item(low: Lowering, item: cst.WithItem, depth: int) -> tuple[Node, Bind | None, Span]:
    context = low.expression(item.item, depth)
    target = None if item.asname is None else low.target(item.asname.name, depth)
    return context, target, low.span(item)


STATEMENTS = dict(
    (
        statement_of(cst.SimpleStatementLine, _lower_line),
        statement_of(cst.If, _lower_if),
        statement_of(cst.For, _lower_for),
        statement_of(cst.While, _lower_while),
        statement_of(cst.Try, _lower_try),
        statement_of(cst.TryStar, _lower_try),
        statement_of(cst.With, _lower_with),
    )
)
"""Statements by class of node."""
