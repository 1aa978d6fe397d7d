"""Loop statements, with the label they carry."""

from __future__ import annotations

from collections.abc import Callable

import tree_sitter as ts

from analyzer.flow.tree import Bind, BindKind, Block, Loop, LoopKind, Node
from analyzer.frontends.javascript.declarations import declared_kind
from analyzer.frontends.javascript.reader import Reader


def _lower_for(reader: Reader, node: ts.Node, label: str | None, depth: int) -> Node:
    first, last = node.child_by_field_name("initializer"), node.child_by_field_name("increment")
    before = () if first is None else reader.sequence([first], depth + 1)
    inside = depth + (2 if before else 1)
    condition = node.child_by_field_name("condition")
    tests = () if condition is None else reader.sequence([condition], inside)
    body = _body(reader, node, inside)
    update = None if last is None else reader.expression(last, inside)
    span = reader.span(node)
    loop = Loop(LoopKind.FOR, None, None, tests[0] if tests else None, body, update, (), label, span)
    return Block((*before, loop), None, span) if before else loop


def _lower_for_in(reader: Reader, node: ts.Node, label: str | None, depth: int) -> Node:
    left, value, operator = (node.child_by_field_name(name) for name in ("left", "value", "operator"))
    kind = LoopKind.FOR_IN
    if operator is None or operator.type == "of":
        kind = LoopKind.FOR_AWAIT if any(child.type == "await" for child in node.children[:2]) else LoopKind.FOR_OF
    bound = BindKind.ASSIGN if node.child_by_field_name("kind") is None else declared_kind(node)
    target = None if left is None else Bind(reader.target(left, depth + 2), None, bound, reader.span(left))
    iterable, span = reader.field(node, "right", depth + 1), reader.span(node)
    loop = Loop(kind, target, iterable, None, _body(reader, node, depth + 1), None, (), label, span)
    if target is None or value is None:
        return loop
    before = Bind(target.target, reader.expression(value, depth + 2), bound, target.span)
    return Block((before, loop), None, span)


def _lower_while(reader: Reader, node: ts.Node, label: str | None, depth: int) -> Node:
    condition = node.child_by_field_name("condition")
    test = None if condition is None else reader.expression(reader.grammar.unwrap(condition), depth + 1)
    kind = LoopKind.WHILE if node.type == "while_statement" else LoopKind.DO_WHILE
    return Loop(kind, None, None, test, _body(reader, node, depth + 1), None, (), label, reader.span(node))


def _body(reader: Reader, node: ts.Node, depth: int) -> tuple[Node, ...]:
    body = node.child_by_field_name("body")
    return () if body is None else reader.statement(body, depth)


LOOPS: dict[str, Callable[[Reader, ts.Node, str | None, int], Node]] = {
    "for_statement": _lower_for,
    "for_in_statement": _lower_for_in,
    "while_statement": _lower_while,
    "do_statement": _lower_while,
}
"""Loop statements by kind; each takes its label too."""
