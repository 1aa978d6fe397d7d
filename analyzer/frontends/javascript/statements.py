"""Statements."""

from __future__ import annotations

import tree_sitter as ts

from analyzer.flow.tree import (
    Arm,
    Bind,
    BindKind,
    Block,
    Branch,
    BranchKind,
    Exit,
    ExitKind,
    Handler,
    Ignorance,
    Node,
    Opaque,
    Try,
)
from analyzer.frontends.javascript.blocks import object_as_block, statement_span
from analyzer.frontends.javascript.loops import LOOPS
from analyzer.frontends.javascript.names import name_of
from analyzer.frontends.javascript.reader import LowerStatement, Reader
from analyzer.source import Span


def tested(reader: Reader, node: ts.Node, depth: int) -> tuple[Node, Span]:
    """The test of a statement, and the span whose text names it."""
    condition = node.child_by_field_name("condition")
    if condition is None:
        missing = reader.missing(node)
        return missing, missing.span
    inner = reader.grammar.unwrap(condition)
    return reader.expression(inner, depth), reader.span(inner)


def _lower_expression_statement(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    child = reader.grammar.only(node)
    if child is None:
        return
    if child.kind_id == reader.grammar.object:
        inside = object_as_block(reader, child, depth + 1)
        into.append(reader.expression(child, depth) if inside is None else Block(inside, None, reader.span(child)))
    else:
        into.append(reader.expression(child, depth))


def _lower_block(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    into.append(Block(reader.sequence(node.named_children, depth + 1), None, reader.span(node)))


def _lower_if(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    arms: list[Arm] = []
    at: ts.Node | None = node
    while at is not None and at.kind_id == reader.grammar.if_statement:
        test, condition = tested(reader, at, depth + 1)
        then, otherwise = at.child_by_field_name("consequence"), at.child_by_field_name("alternative")
        body = () if then is None else reader.statement(then, depth + 1)
        arms.append(Arm(test, body, condition, statement_span(reader, at if then is None else then)))
        at = None if otherwise is None else reader.grammar.only(otherwise)
    if at is not None:
        arms.append(Arm(None, reader.statement(at, depth + 1), None, statement_span(reader, at)))
    into.append(Branch(BranchKind.IF, None, tuple(arms), statement_span(reader, node)))


def _lower_switch(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    body, value = node.child_by_field_name("body"), node.child_by_field_name("value")
    subject = reader.missing(node) if value is None else reader.expression(reader.grammar.unwrap(value), depth + 1)
    arms: list[Arm] = []
    for child in [] if body is None else body.named_children:
        if child.kind_id not in reader.grammar.comments:
            arms.append(_case(reader, child, depth + 1))
    into.append(Branch(BranchKind.SWITCH, subject, tuple(arms), reader.span(node)))


def _case(reader: Reader, node: ts.Node, depth: int) -> Arm:
    value = node.child_by_field_name("value")
    body = reader.sequence(node.children_by_field_name("body"), depth)
    if value is None:
        return Arm(None, body, None, reader.span(node))
    inner = reader.grammar.unwrap(value)
    return Arm(reader.expression(inner, depth), body, reader.span(inner), reader.span(node))


def _lower_try(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    body, clause, last = (node.child_by_field_name(name) for name in ("body", "handler", "finalizer"))
    handlers = () if clause is None else (_handler(reader, clause, depth + 1),)
    final = None if last is None else last.child_by_field_name("body")
    into.append(
        Try(
            () if body is None else reader.statement(body, depth + 1),
            handlers,
            (),
            None if final is None else reader.statement(final, depth + 1),
            reader.span(node),
        )
    )


def _handler(reader: Reader, node: ts.Node, depth: int) -> Handler:
    name, body = node.child_by_field_name("parameter"), node.child_by_field_name("body")
    target = None if name is None else Bind(reader.target(name, depth + 1), None, BindKind.CONST, reader.span(name))
    return Handler(None, target, () if body is None else reader.statement(body, depth), None, reader.span(node))


def _lower_return(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    child = reader.grammar.only(node)
    value = None if child is None else reader.expression(child, depth + 1)
    into.append(Exit(ExitKind.RETURN, value, None, reader.span(node)))


def _lower_throw(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    into.append(Exit(ExitKind.THROW, reader.operand(node, depth + 1), None, reader.span(node)))


def _lower_break(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    kind = ExitKind.BREAK if node.type == "break_statement" else ExitKind.CONTINUE
    into.append(Exit(kind, None, _label(reader, node), reader.span(node)))


def _lower_labeled(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    label, body = _label(reader, node), node.child_by_field_name("body")
    loop = None if body is None else LOOPS.get(body.type)
    if loop is not None and body is not None:
        loop(reader, body, depth, into, label)
        return
    inside = () if body is None else reader.statement(body, depth + 1)
    into.append(Block(inside, label, statement_span(reader, node)))


def _label(reader: Reader, node: ts.Node) -> str | None:
    return name_of(reader, node.child_by_field_name("label")) or None


def _lower_with(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    body = node.child_by_field_name("body")
    parts = [reader.field(node, "object", depth + 1)]
    if body is not None:
        parts.append(Block(reader.statement(body, depth + 2), None, reader.span(body)))
    into.append(Opaque(tuple(parts), Ignorance.UNKNOWN_SYNTAX, reader.span(node)))


SILENT = frozenset({"empty_statement", "debugger_statement", "ambient_declaration", "function_signature"})
"""Kinds of statements that leave nothing."""

STATEMENTS: dict[str, LowerStatement] = {
    "expression_statement": _lower_expression_statement,
    "statement_block": _lower_block,
    "if_statement": _lower_if,
    "switch_statement": _lower_switch,
    "try_statement": _lower_try,
    "return_statement": _lower_return,
    "throw_statement": _lower_throw,
    "break_statement": _lower_break,
    "continue_statement": _lower_break,
    "labeled_statement": _lower_labeled,
    "with_statement": _lower_with,
    **LOOPS,
}
"""Statements by kind."""
