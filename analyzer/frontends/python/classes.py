"""Classes and their members, and the shapes that TypedDict classes declare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from analyzer.flow.tree import (
    Bind,
    Body,
    Class,
    ClassMember,
    Fields,
    Function,
    Literal,
    Member,
    MemberKind,
    Name,
    Node,
    ParamKind,
    Shape,
    Spread,
    Start,
    TypeDeclaration,
)
from analyzer.frontends.python import heads
from analyzer.frontends.python.functions import decorators_of, function, parameters
from analyzer.frontends.python.literals import identifier
from analyzer.frontends.python.lowering import MAX_DEPTH, Lowering, bound_names, lower_too_deep, statement_of
from analyzer.frontends.python.shapes import dotted_name, shape_of, type_arguments, type_parameters
from analyzer.source import Span

_GETTERS = frozenset({"property", "cached_property", "abstractproperty", "getter"})
_SETTERS = frozenset({"setter", "deleter"})


def _lower_class(low: Lowering, node: cst.ClassDef, line: int, depth: int, into: list[Node]) -> int:
    value = _class(low, node, line, depth + 1, into)
    target = Name(identifier(node.name.value), low.span(node.name))
    into.append(Bind(target, value, low.kind(target), value.span))
    return low.after(line + len(node.decorators))


def _class(low: Lowering, node: cst.ClassDef, line: int, depth: int, before: list[Node]) -> Class:
    """A class; ``before`` gets what its shape declares and what its keyword arguments run."""
    heads.write_class(low.positions, node, line)
    decorators = decorators_of(low, node.decorators, depth + 1)
    bases = tuple([_base(low, arg, depth + 1) for arg in node.bases])
    first = node.bases[0].value if node.bases else None
    shapes = type_arguments(first) if type(first) is cst.Subscript else ()
    for arg in node.keywords:
        value = low.expression(arg.value, depth + 1)
        if type(value) not in (Name, Literal, Member):
            before.append(value)
    line += len(node.decorators)
    span = low.lines(line, low.after(line))
    before.extend(_declared_shape(low, node, span))
    members = _members(low, node.body, line, depth + 1)
    return Class(identifier(node.name.value), bases, members, decorators, shapes, span)


def _base(low: Lowering, arg: cst.Arg, depth: int) -> Node:
    """A base class without its type arguments."""
    value = arg.value
    base = low.expression(value.value if type(value) is cst.Subscript else value, depth)
    return Spread(base, low.span(arg)) if arg.star else base


def _members(low: Lowering, suite: cst.BaseSuite, line: int, depth: int) -> tuple[ClassMember, ...]:
    span = low.lines(line, low.after(line))
    if depth > MAX_DEPTH:
        return (_static_block((lower_too_deep(low, suite, depth),), span),)
    members: list[ClassMember] = []
    if type(suite) is cst.SimpleStatementSuite:
        low.positions.skip(suite.leading_whitespace)
        low.positions.write_all(suite.body)
        _add_small(low, suite.body, depth, members)
        return tuple(members)
    line += 1
    for statement in suite.body:
        line = _MEMBERS.get(type(statement), _add_other)(low, statement, line, depth, members)
    return tuple(members)


def _add_line(low: Lowering, node: cst.SimpleStatementLine, line: int, depth: int, members: list[ClassMember]) -> int:
    low.positions.begin(line)
    low.positions.write_all(node.body)
    _add_small(low, node.body, depth, members)
    return line + 1


def _add_small(low: Lowering, statements: Sequence[cst.CSTNode], depth: int, members: list[ClassMember]) -> None:
    for statement in statements:
        if type(statement) is cst.Assign and all(type(target.target) is cst.Name for target in statement.targets):
            value = low.expression(statement.value, depth)
            for target in statement.targets:
                members.append(_field(low, target.target, value, low.span(statement)))
        elif type(statement) is cst.AnnAssign and type(statement.target) is cst.Name:
            value_or_none = low.optional(statement.value, depth)
            members.append(_field(low, statement.target, value_or_none, low.span(statement)))
        else:
            nodes: list[Node] = []
            low.simple((statement,), depth + 1, nodes)
            if nodes:
                members.append(_static_block(tuple(nodes), low.span(statement)))


def _field(low: Lowering, name: cst.CSTNode, value: Node | None, span: Span) -> ClassMember:
    key = Literal(dotted_name(name), low.span(name))
    return ClassMember(key, value, MemberKind.FIELD, False, (), span)


def _add_method(low: Lowering, node: cst.FunctionDef, line: int, depth: int, members: list[ClassMember]) -> int:
    heads.write_def(low.positions, node, line)
    decorators = decorators_of(low, node.decorators, depth + 1)
    params = parameters(low, node.params, depth + 1)
    names = {dotted_name(decorator.decorator).rpartition(".")[2] for decorator in node.decorators}
    receiver: str | None = None
    if "staticmethod" not in names and params and params[0].kind is ParamKind.NORMAL:
        receiver, params = bound_names(params[0].target)[0], params[1:]
    value = function(low, node, line, params, receiver, ())
    kind = MemberKind.GETTER if names & _GETTERS else MemberKind.SETTER if names & _SETTERS else MemberKind.METHOD
    key = Literal(identifier(node.name.value), low.span(node.name))
    is_static = not names.isdisjoint(("staticmethod", "classmethod"))
    members.append(ClassMember(key, value, kind, is_static, decorators, value.span))
    return low.after(line + len(node.decorators))


def _add_class(low: Lowering, node: cst.ClassDef, line: int, depth: int, members: list[ClassMember]) -> int:
    before: list[Node] = []
    value = _class(low, node, line, depth, before)
    runs = tuple([part for part in before if type(part) is not TypeDeclaration])
    if runs:
        members.append(_static_block(runs, value.span))
    key = Literal(identifier(node.name.value), low.span(node.name))
    members.append(ClassMember(key, value, MemberKind.FIELD, False, (), value.span))
    return low.after(line + len(node.decorators))


def _add_other(low: Lowering, node: cst.CSTNode, line: int, depth: int, members: list[ClassMember]) -> int:
    nodes: list[Node] = []
    after = low.statement(node, line, depth + 1, nodes)
    members.append(_static_block(tuple(nodes), low.lines(line, after)))
    return after


_MEMBERS: dict[type[cst.CSTNode], Callable[..., int]] = {
    cst.SimpleStatementLine: _add_line,
    cst.FunctionDef: _add_method,
    cst.ClassDef: _add_class,
}


def _static_block(nodes: tuple[Node, ...], span: Span) -> ClassMember:
    """Statements of a class body that are no members: they run when the class is made."""
    block = Function(None, (), Body(lambda: nodes), Start.EAGER, False, None, (), span)
    return ClassMember(Literal("static", span), block, MemberKind.STATIC_BLOCK, True, (), span)


def _declared_shape(low: Lowering, node: cst.ClassDef, span: Span) -> list[Node]:
    """The shape a TypedDict declares, with the fields of those it extends."""
    names = [dotted_name(arg.value.value if type(arg.value) is cst.Subscript else arg.value) for arg in node.bases]
    inherited = [low.shapes[name] for name in names if name in low.shapes]
    if not inherited and not any(name.rpartition(".")[2] == "TypedDict" for name in names):
        return []
    fields: dict[str, Shape] = {}
    for base in inherited:
        fields |= dict(base.fields)
    for statement in _simple_statements(node.body):
        if type(statement) is cst.AnnAssign:
            fields[dotted_name(statement.target)] = shape_of(statement.annotation.annotation)
    shape = low.shapes[node.name.value] = Fields(tuple(fields.items()))
    return [TypeDeclaration(node.name.value, type_parameters(node.type_parameters), shape, span)]


def _simple_statements(suite: cst.BaseSuite) -> Iterator[cst.CSTNode]:
    if type(suite) is cst.SimpleStatementSuite:
        yield from suite.body
        return
    for line in suite.body:
        if type(line) is cst.SimpleStatementLine:
            yield from line.body


STATEMENTS = dict((statement_of(cst.ClassDef, _lower_class),))
"""The one statement of this module by its class."""
