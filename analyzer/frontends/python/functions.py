"""Functions: ``def``, lambdas, their parameters and what is known of a body before it is lowered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import libcst as cst

from analyzer.flow.tree import (
    Bind,
    Body,
    Exit,
    ExitKind,
    Function,
    Name,
    Node,
    Param,
    ParamKind,
    Start,
)
from analyzer.frontends.python import heads
from analyzer.frontends.python.deep import with_enough_stack
from analyzer.frontends.python.literals import identifier
from analyzer.frontends.python.lowering import Lowering, expression_of, statement_of
from analyzer.frontends.python.shapes import shape_of
from analyzer.frontends.python.syntax import own_nodes
from analyzer.source import Span


def _lower_def(low: Lowering, node: cst.FunctionDef, line: int, depth: int, into: list[Node]) -> int:
    heads.write_def(low.positions, node, line)
    function = plain_function(low, node, line, depth + 1)
    target = Name(identifier(node.name.value), low.span(node.name))
    into.append(Bind(target, function, low.kind(target), function.span))
    return low.after(line + len(node.decorators))


def plain_function(low: Lowering, node: cst.FunctionDef, line: int, depth: int) -> Function:
    """A function with its decorators, whose head begins in a line and has been read."""
    decorators = decorators_of(low, node.decorators, depth + 1)
    params = parameters(low, node.params, depth + 1)
    return function(low, node, line, params, None, decorators)


def function(
    low: Lowering,
    node: cst.FunctionDef,
    line: int,
    params: tuple[Param, ...],
    receiver: str | None,
    decorators: tuple[Node, ...],
) -> Function:
    """The value of a ``def`` whose head begins in a line and has been read."""
    line += len(node.decorators)
    span = low.lines(line, low.after(line))
    is_async = node.asynchronous is not None
    start = Start.ON_ITERATION if _yields(low, node.body, span) else Start.ON_AWAIT if is_async else Start.EAGER
    body = Body(partial(with_enough_stack, partial(_body, low, node, line)))
    return Function(identifier(node.name.value), params, body, start, is_async, receiver, decorators, span)


def _yields(low: Lowering, body: cst.CSTNode, span: Span) -> bool:
    if low.text.find("yield", span.start, span.end) < 0:
        return False
    return any(type(node) is cst.Yield for node in own_nodes((body,)))


def _body(low: Lowering, node: cst.FunctionDef, line: int) -> tuple[Node, ...]:
    span = low.lines(line, low.after(line))
    inner = low.function(_outer_names(low.text, node.body, span))
    if type(node.body) is cst.SimpleStatementSuite:
        heads.write_def(low.positions, node, line - len(node.decorators))
    return inner.suite(node.body, line, 1)


def _outer_names(text: str, body: cst.CSTNode, span: Span) -> frozenset[str]:
    """The names a function body declares ``global`` or ``nonlocal``."""
    if text.find("global", span.start, span.end) < 0 and text.find("nonlocal", span.start, span.end) < 0:
        return frozenset()
    names: set[str] = set()
    for node in own_nodes((body,)):
        if type(node) is cst.Global or type(node) is cst.Nonlocal:
            names.update([identifier(item.name.value) for item in node.names])
    return frozenset(names)


def decorators_of(low: Lowering, decorators: Sequence[cst.Decorator], depth: int) -> tuple[Node, ...]:
    """The expressions of decorators, in source order."""
    return tuple([low.expression(decorator.decorator, depth) for decorator in decorators])


def parameters(low: Lowering, node: cst.Parameters, depth: int) -> tuple[Param, ...]:
    """All parameters in order."""
    found = [_parameter(low, param, ParamKind.NORMAL, depth) for param in (*node.posonly_params, *node.params)]
    if type(node.star_arg) is cst.Param:
        found.append(_parameter(low, node.star_arg, ParamKind.REST, depth))
    found.extend([_parameter(low, param, ParamKind.KEYWORD_ONLY, depth) for param in node.kwonly_params])
    if node.star_kwarg is not None:
        found.append(_parameter(low, node.star_kwarg, ParamKind.KEYWORD_REST, depth))
    return tuple(found)


def _parameter(low: Lowering, node: cst.Param, kind: ParamKind, depth: int) -> Param:
    target = Name(identifier(node.name.value), low.span(node.name))
    shape = None if node.annotation is None else shape_of(node.annotation.annotation)
    return Param(target, low.optional(node.default, depth), kind, shape, low.span(node))


def _lower_lambda(low: Lowering, node: cst.Lambda, depth: int) -> Node:
    params, span = parameters(low, node.params, depth + 1), low.span(node)
    start = Start.ON_ITERATION if _yields(low, node.body, span) else Start.EAGER
    body = Body(partial(with_enough_stack, partial(_value, low.function(frozenset()), node.body)))
    return Function(None, params, body, start, False, None, (), span)


def _value(low: Lowering, body: cst.BaseExpression) -> tuple[Node, ...]:
    return (Exit(ExitKind.RETURN, low.expression(body, 2), None, low.span(body)),)


EXPRESSIONS = dict((expression_of(cst.Lambda, _lower_lambda),))
"""The one expression of this module by its class."""

STATEMENTS = dict((statement_of(cst.FunctionDef, _lower_def),))
"""The one statement of this module by its class."""
