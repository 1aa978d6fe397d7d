"""Statements: one small function for each ESTree type, and the table that picks it."""

from __future__ import annotations

from analyzer.flow.tree import Arm, BindKind, Block, Branch, BranchKind, Exit, ExitKind, Handler, Ignorance, Node, Opaque, Try
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.declarations import bind_pattern
from analyzer.frontends.estree.loops import LOOPS
from analyzer.frontends.estree.lowering import Lowering, LowerStatement


def _lower_expression_statement(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return (lowering.expression(syntax.child(node, "expression"), depth),)


def _lower_empty(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return ()


def _lower_block(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return (Block(lowering.arm(node, depth + 1), None, lowering.span(node)),)


def _lower_if(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    arms: list[Arm] = []
    at: object | None = node
    while syntax.kind(at) == "IfStatement":
        test = lowering.expression(syntax.child(at, "test"), depth + 1)
        then = syntax.child(at, "consequent")
        arms.append(Arm(test, lowering.arm(then, depth + 1), test.span, lowering.span(then)))
        at = syntax.child(at, "alternate")
    if at is not None:
        arms.append(Arm(None, lowering.arm(at, depth + 1), None, lowering.span(at)))
    return (Branch(BranchKind.IF, None, tuple(arms), lowering.span(node)),)


def _lower_switch(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    subject = lowering.expression(syntax.child(node, "discriminant"), depth + 1)
    arms: list[Arm] = []
    for case in syntax.children(node, "cases"):
        arms.append(_case(lowering, case, depth + 1))
    return (Branch(BranchKind.SWITCH, subject, tuple(arms), lowering.span(node)),)


def _case(lowering: Lowering, case: object, depth: int) -> Arm:
    test = lowering.optional(syntax.child(case, "test"), depth)
    body = lowering.sequence(syntax.children(case, "consequent"), depth)
    return Arm(test, body, None if test is None else test.span, lowering.span(case))


def _lower_try(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    body = lowering.arm(syntax.child(node, "block"), depth + 1)
    clause, final = syntax.child(node, "handler"), syntax.child(node, "finalizer")
    handlers = () if clause is None else (_handler(lowering, clause, depth + 1),)
    ending = None if final is None else lowering.arm(final, depth + 1)
    return (Try(body, handlers, (), ending, lowering.span(node)),)


def _handler(lowering: Lowering, clause: object, depth: int) -> Handler:
    param = syntax.child(clause, "param")
    target = None if param is None else bind_pattern(lowering, param, BindKind.CONST, depth)
    return Handler(None, target, lowering.arm(syntax.child(clause, "body"), depth), None, lowering.span(clause))


def _lower_return(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    value = lowering.optional(syntax.child(node, "argument"), depth + 1)
    return (Exit(ExitKind.RETURN, value, None, lowering.span(node)),)


def _lower_throw(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    value = lowering.expression(syntax.child(node, "argument"), depth + 1)
    return (Exit(ExitKind.THROW, value, None, lowering.span(node)),)


def _lower_break(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return (Exit(ExitKind.BREAK, None, _label(node), lowering.span(node)),)


def _lower_continue(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return (Exit(ExitKind.CONTINUE, None, _label(node), lowering.span(node)),)


def _lower_labeled(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    label, body = _label(node), syntax.child(node, "body")
    loop = LOOPS.get(syntax.kind(body))
    if loop is not None and body is not None:
        return (loop(lowering, body, label, depth),)
    return (Block(lowering.arm(body, depth + 1), label, lowering.span(node)),)


def _label(node: object) -> str | None:
    return syntax.text(syntax.child(node, "label"), "name") or None


def _lower_loop(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return (LOOPS[syntax.kind(node)](lowering, node, None, depth),)


def _lower_with(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    # Which names the body means is known only when it runs.
    body = syntax.child(node, "body")
    block = Block(lowering.arm(body, depth + 2), None, lowering.span(body))
    parts = (lowering.expression(syntax.child(node, "object"), depth + 1), block)
    return (Opaque(parts, Ignorance.UNKNOWN_SYNTAX, lowering.span(node)),)


TABLE: dict[str, LowerStatement] = {
    "ExpressionStatement": _lower_expression_statement,
    "EmptyStatement": _lower_empty,
    "DebuggerStatement": _lower_empty,
    "BlockStatement": _lower_block,
    "IfStatement": _lower_if,
    "SwitchStatement": _lower_switch,
    "TryStatement": _lower_try,
    "ReturnStatement": _lower_return,
    "ThrowStatement": _lower_throw,
    "BreakStatement": _lower_break,
    "ContinueStatement": _lower_continue,
    "LabeledStatement": _lower_labeled,
    "WithStatement": _lower_with,
    **dict.fromkeys(LOOPS, _lower_loop),
}
"""Statements by ESTree type."""
