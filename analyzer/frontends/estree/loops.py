"""Loop statements, with the label they carry."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.flow.tree import Bind, BindKind, Block, Loop, LoopKind, Node
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.declarations import bind_pattern, declared_kind
from analyzer.frontends.estree.lowering import Lowering


def _lower_for(lowering: Lowering, node: object, label: str | None, depth: int) -> Node:
    span = lowering.span(node)
    before = lowering.statement(syntax.child(node, "init"), depth + 1)
    inside = depth + (2 if before else 1)
    test = lowering.optional(syntax.child(node, "test"), inside)
    body = lowering.arm(syntax.child(node, "body"), inside)
    update = lowering.optional(syntax.child(node, "update"), inside)
    loop = Loop(LoopKind.FOR, None, None, test, body, update, (), label, span)
    return Block((*before, loop), None, span) if before else loop


def _lower_for_in(lowering: Lowering, node: object, label: str | None, depth: int) -> Node:
    return _iteration(lowering, node, LoopKind.FOR_IN, label, depth)


def _lower_for_of(lowering: Lowering, node: object, label: str | None, depth: int) -> Node:
    awaits = syntax.flag(node, "await", "allowAwait") or syntax.kind(node) == "ForAwaitStatement"
    kind = LoopKind.FOR_AWAIT if awaits else LoopKind.FOR_OF
    return _iteration(lowering, node, kind, label, depth)


def _iteration(lowering: Lowering, node: object, kind: LoopKind, label: str | None, depth: int) -> Node:
    span = lowering.span(node)
    target, first = _target(lowering, syntax.child(node, "left"), depth + 1)
    iterable = lowering.expression(syntax.child(node, "right"), depth + 1)
    body = lowering.arm(syntax.child(node, "body"), depth + 1)
    loop = Loop(kind, target, iterable, None, body, None, (), label, span)
    return loop if first is None else Block((first, loop), None, span)


def _target(lowering: Lowering, left: object | None, depth: int) -> tuple[Bind | None, Bind | None]:
    """What a loop binds each turn, and the binding before it that only ``for (var x = 0 in o)`` has."""
    if left is None:
        return None, None
    if syntax.kind(left) != "VariableDeclaration":
        return bind_pattern(lowering, left, BindKind.ASSIGN, depth), None
    declarator = next(iter(syntax.children(left, "declarations")), None)
    target, kind = bind_pattern(lowering, syntax.child(declarator, "id"), declared_kind(left), depth), declared_kind(left)
    value = lowering.optional(syntax.child(declarator, "init"), depth + 1)
    return target, None if value is None else Bind(target.target, value, kind, target.span)


def _lower_while(lowering: Lowering, node: object, label: str | None, depth: int) -> Node:
    kind = LoopKind.WHILE if syntax.kind(node) == "WhileStatement" else LoopKind.DO_WHILE
    test = lowering.expression(syntax.child(node, "test"), depth + 1)
    body = lowering.arm(syntax.child(node, "body"), depth + 1)
    return Loop(kind, None, None, test, body, None, (), label, lowering.span(node))


LOOPS: dict[str, Callable[[Lowering, object, str | None, int], Node]] = {
    "ForStatement": _lower_for,
    "ForInStatement": _lower_for_in,
    "ForOfStatement": _lower_for_of,
    "ForAwaitStatement": _lower_for_of,
    "WhileStatement": _lower_while,
    "DoWhileStatement": _lower_while,
}
"""Loop statements by ESTree type; each takes its label too."""
