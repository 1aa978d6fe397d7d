"""Simple statements: assignments, jumps, ``del``, ``assert`` and expressions."""

from __future__ import annotations

import libcst as cst

from analyzer.flow.tree import (
    Arm,
    Branch,
    BranchKind,
    Exit,
    ExitKind,
    Ignorance,
    Literal,
    Node,
    Opaque,
    Operation,
    Write,
)
from analyzer.frontends.python.lowering import MAX_DEPTH, Lowering, small_of
from analyzer.frontends.python.operators import AUGMENTED


def _lower_expression(low: Lowering, node: cst.Expr, depth: int, into: list[Node]) -> None:
    value = low.expression(node.value, depth)
    broken = low.holes.get(value.span.start) if low.holes else None
    if broken is not None:
        into.append(Opaque((), Ignorance.SYNTAX_ERROR, broken))
    elif not _has_no_effect(value):
        into.append(value)


def _has_no_effect(value: Node) -> bool:
    """Docstrings and ``...``."""
    return type(value) is Literal or (type(value) is Opaque and not value.parts and value.reason is Ignorance.NO_VALUE)


def _lower_assign(low: Lowering, node: cst.Assign, depth: int, into: list[Node]) -> None:
    level = depth + len(node.targets)
    value = low.expression(node.value, level)
    if level > MAX_DEPTH:
        into.append(Opaque((value,), Ignorance.DEPTH, low.span(node)))
        return
    end = low.span(node).end
    for target in reversed(node.targets):
        value = low.store(target.target, value, low.between(low.span(target).start, end), level)
        level -= 1
    into.append(value)


def _lower_annotated(low: Lowering, node: cst.AnnAssign, depth: int, into: list[Node]) -> None:
    if node.value is not None:
        into.append(low.store(node.target, low.expression(node.value, depth + 1), low.span(node), depth + 1))
    elif type(node.target) is cst.Name:
        into.append(low.target(node.target, depth + 1))


def _lower_augmented(low: Lowering, node: cst.AugAssign, depth: int, into: list[Node]) -> None:
    symbol = AUGMENTED.get(type(node.operator), type(node.operator).__name__)
    before, operand = low.expression(node.target, depth + 2), low.expression(node.value, depth + 2)
    span = low.span(node)
    into.append(low.store(node.target, Operation(symbol, (before, operand), span), span, depth + 1))


def _lower_delete(low: Lowering, node: cst.Del, depth: int, into: list[Node]) -> None:
    stack: list[cst.CSTNode] = [node.target]
    while stack:
        target = stack.pop()
        if type(target) is cst.Tuple or type(target) is cst.List:
            stack.extend([element.value for element in reversed(target.elements)])
        else:
            into.append(Write(low.expression(target, depth + 1), None, low.span(node)))


def _lower_return(low: Lowering, node: cst.Return, depth: int, into: list[Node]) -> None:
    into.append(Exit(ExitKind.RETURN, low.optional(node.value, depth + 1), None, low.span(node)))


def _lower_raise(low: Lowering, node: cst.Raise, depth: int, into: list[Node]) -> None:
    value = low.optional(node.exc, depth + 2)
    if value is not None and node.cause is not None:
        cause = low.expression(node.cause.item, depth + 2)
        if type(cause) is not Literal:
            value = Operation(",", (cause, value), value.span)
    into.append(Exit(ExitKind.THROW, value, None, low.span(node)))


def _lower_assert(low: Lowering, node: cst.Assert, depth: int, into: list[Node]) -> None:
    test = low.expression(node.test, depth + 3)
    throw = Exit(ExitKind.THROW, low.optional(node.msg, depth + 3), None, low.span(node))
    arm = Arm(Operation("!", (test,), test.span), (throw,), test.span, low.span(node))
    into.append(Branch(BranchKind.IF, None, (arm,), low.span(node)))


def _lower_break(low: Lowering, node: cst.Break, depth: int, into: list[Node]) -> None:
    into.append(Exit(ExitKind.BREAK, None, None, low.span(node)))


def _lower_continue(low: Lowering, node: cst.Continue, depth: int, into: list[Node]) -> None:
    into.append(Exit(ExitKind.CONTINUE, None, None, low.span(node)))


def _lower_nothing(low: Lowering, node: cst.CSTNode, depth: int, into: list[Node]) -> None:
    """``pass``; ``global`` and ``nonlocal`` are told by how their names are bound."""


SMALLS = dict(
    (
        small_of(cst.Expr, _lower_expression),
        small_of(cst.Assign, _lower_assign),
        small_of(cst.AnnAssign, _lower_annotated),
        small_of(cst.AugAssign, _lower_augmented),
        small_of(cst.Del, _lower_delete),
        small_of(cst.Return, _lower_return),
        small_of(cst.Raise, _lower_raise),
        small_of(cst.Assert, _lower_assert),
        small_of(cst.Break, _lower_break),
        small_of(cst.Continue, _lower_continue),
        *(small_of(kind, _lower_nothing) for kind in (cst.Pass, cst.Global, cst.Nonlocal)),
    )
)
"""Simple statements by class of node."""
