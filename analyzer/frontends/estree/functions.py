"""Function values: functions, arrows, methods of objects and classes."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.flow.tree import Body, Exit, ExitKind, Function, Literal, Node, Start
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.lowering import LowerExpression, Lowering
from analyzer.frontends.estree.patterns import parameters
from analyzer.source import Span


def method(lowering: Lowering, member: object, key: Node, depth: int) -> Function:
    """The function of a method or accessor, of a class or an object; its name is the key, unless that is computed."""
    value, span = syntax.child(member, "value"), lowering.span(member)
    match key:
        case Literal(value=str() as name) if not syntax.flag(member, "computed"):
            return _function(lowering, value, name, span, depth)
        case _:
            return _function(lowering, value, None, span, depth)


def static_block(lowering: Lowering, node: object) -> Function:
    """The function that a static block of a class is."""
    # ESTree gives it a list of statements, some parsers a block.
    block = syntax.child(node, "body") if syntax.kind(syntax.child(node, "body")) else node
    return Function(None, (), _block_body(lowering, block), Start.EAGER, False, "this", (), lowering.span(node))


def _function(lowering: Lowering, node: object | None, name: str | None, span: Span, depth: int) -> Function:
    return Function(
        name=name,
        params=parameters(lowering, node, depth + 1),
        body=_block_body(lowering, syntax.child(node, "body")),
        start=Start.ON_ITERATION if syntax.flag(node, "generator") else Start.EAGER,
        is_async=syntax.flag(node, "async", "isAsync"),
        receiver="this",
        decorators=(),
        span=span,
    )


def _lower_function(lowering: Lowering, node: object, depth: int) -> Node:
    name = syntax.text(syntax.child(node, "id"), "name") or None
    return _function(lowering, node, name, lowering.span(node), depth)


def _lower_arrow(lowering: Lowering, node: object, depth: int) -> Node:
    body, is_async = syntax.child(node, "body"), syntax.flag(node, "async", "isAsync")
    thunk = _block_body(lowering, body) if syntax.kind(body) == "BlockStatement" else Body(_returned(lowering, body))
    return Function(None, parameters(lowering, node, depth + 1), thunk, Start.EAGER, is_async, None, (), lowering.span(node))


def _returned(lowering: Lowering, value: object | None) -> Callable[[], tuple[Node, ...]]:
    return lambda: (Exit(ExitKind.RETURN, lowering.expression(value, 2), None, lowering.span(value)),)


def _block_body(lowering: Lowering, block: object | None) -> Body:
    return Body(lambda: lowering.sequence(syntax.children(block, "body"), 1))


TABLE: dict[str, LowerExpression] = {
    "FunctionDeclaration": _lower_function,
    "FunctionExpression": _lower_function,
    "ArrowFunctionExpression": _lower_arrow,
}
"""Functions by ESTree type."""
