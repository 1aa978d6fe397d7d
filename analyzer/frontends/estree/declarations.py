"""Declarations of names: variables, functions, classes."""

from __future__ import annotations

from analyzer.flow.tree import Bind, BindKind, Class, ClassMember, Literal, MemberKind, Node
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.functions import method, static_block
from analyzer.frontends.estree.literals import member_key
from analyzer.frontends.estree.lowering import LowerExpression, Lowering, LowerStatement
from analyzer.frontends.estree.patterns import pattern

_KINDS = {"var": BindKind.VAR, "let": BindKind.LET}
_METHODS = {"get": MemberKind.GETTER, "set": MemberKind.SETTER}


def declared_kind(declaration: object | None) -> BindKind:
    """How ``var``, ``let``, ``const`` or ``using`` binds."""
    return _KINDS.get(syntax.text(declaration, "kind"), BindKind.CONST)


def bind_pattern(lowering: Lowering, target: object | None, kind: BindKind, depth: int) -> Bind:
    """A binding without a value: a catch clause's, a loop's."""
    return Bind(pattern(lowering, target, depth + 1), None, kind, lowering.span(target))


def _lower_variables(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    kind = declared_kind(node)
    binds: list[Node] = []
    for declarator in syntax.children(node, "declarations"):
        binds.append(_declarator(lowering, declarator, kind, depth))
    return tuple(binds)


def _declarator(lowering: Lowering, node: object, kind: BindKind, depth: int) -> Bind:
    target = pattern(lowering, syntax.child(node, "id"), depth + 1)
    return Bind(target, lowering.optional(syntax.child(node, "init"), depth + 1), kind, lowering.span(node))


def _lower_function_declaration(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return (_named(lowering, node, BindKind.HOISTED, depth),)


def _lower_class_declaration(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    return (_named(lowering, node, BindKind.CONST, depth),)


def _named(lowering: Lowering, node: object, kind: BindKind, depth: int) -> Bind:
    target = pattern(lowering, syntax.child(node, "id"), 0)
    return Bind(target, lowering.expression(node, depth + 1), kind, lowering.span(node))


def _lower_class(lowering: Lowering, node: object, depth: int) -> Node:
    name = syntax.text(syntax.child(node, "id"), "name") or None
    base = lowering.optional(syntax.child(node, "superClass"), depth + 1)
    members: list[ClassMember] = []
    for member in syntax.children(syntax.child(node, "body"), "body"):
        members.append(_member(lowering, member, depth + 1))
    return Class(name, () if base is None else (base,), tuple(members), (), (), lowering.span(node))


def _member(lowering: Lowering, node: object, depth: int) -> ClassMember:
    span, is_static = lowering.span(node), syntax.flag(node, "static")
    match syntax.kind(node):
        case "StaticBlock":
            block = static_block(lowering, node)
            return ClassMember(Literal("static", span), block, MemberKind.STATIC_BLOCK, True, (), span)
        case "MethodDefinition":
            key = member_key(lowering, node, depth)
            kind = _METHODS.get(syntax.text(node, "kind"), MemberKind.METHOD)
            return ClassMember(key, method(lowering, node, key, depth), kind, is_static, (), span)
        case _:
            key, value = member_key(lowering, node, depth), lowering.optional(syntax.child(node, "value"), depth)
            return ClassMember(key, value, MemberKind.FIELD, is_static, (), span)


EXPRESSIONS: dict[str, LowerExpression] = {
    "ClassDeclaration": _lower_class,
    "ClassExpression": _lower_class,
}
"""Classes as values by ESTree type."""

STATEMENTS: dict[str, LowerStatement] = {
    "VariableDeclaration": _lower_variables,
    "FunctionDeclaration": _lower_function_declaration,
    "ClassDeclaration": _lower_class_declaration,
}
"""Declarations by ESTree type."""
