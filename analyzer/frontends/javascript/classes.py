"""Classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import tree_sitter as ts

from analyzer.flow.tree import Class, ClassMember, Literal, MemberKind, Node, Shape
from analyzer.frontends.javascript.functions import lower_method, method_name, static_block, words_of
from analyzer.frontends.javascript.grammar import ERROR_KIND
from analyzer.frontends.javascript.names import lower_key, name_of
from analyzer.frontends.javascript.reader import LowerExpression, Reader, lower_error
from analyzer.frontends.javascript.types import type_arguments

_Decorators: TypeAlias = tuple[Node, ...]
_UNREAL = frozenset({"declare", "abstract"})


def lower_class(reader: Reader, node: ts.Node, depth: int) -> Class:
    """A class declaration or expression."""
    name = name_of(reader, node.child_by_field_name("name")) or None
    decorators = decorators_of(reader, node, depth + 2)
    bases, shapes = _heritage(reader, node, depth + 2)
    body = node.child_by_field_name("body")
    members = () if body is None else _members(reader, body, depth + 2)
    return Class(name, bases, members, decorators, shapes, reader.span(node), node.type == "abstract_class_declaration")


def decorators_of(reader: Reader, node: ts.Node, depth: int) -> _Decorators:
    """The decorators written in a node."""
    return tuple([reader.operand(decorator, depth) for decorator in node.children_by_field_name("decorator")])


def _heritage(reader: Reader, node: ts.Node, depth: int) -> tuple[tuple[Node, ...], tuple[Shape, ...]]:
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    if heritage is None:
        return (), ()
    if not reader.grammar.typed:
        return (reader.operand(heritage, depth),), ()
    clause = next((child for child in heritage.named_children if child.type == "extends_clause"), None)
    if clause is None:
        return (), ()
    shapes = type_arguments(reader, clause.child_by_field_name("type_arguments"))
    return (reader.field(clause, "value", depth),), shapes


def _members(reader: Reader, body: ts.Node, depth: int) -> tuple[ClassMember, ...]:
    members: list[ClassMember] = []
    before: list[Node] = []
    for child in body.named_children:
        if child.type == "decorator":
            before.append(reader.operand(child, depth))
            continue
        lower = _MEMBERS.get(child.type)
        member = None if lower is None else lower(reader, child, (*before, *decorators_of(reader, child, depth)), depth)
        if member is not None:
            members.append(member)
        elif child.kind_id == ERROR_KIND:
            members.append(_broken(reader, child, depth))
        before.clear()
    return tuple(members)


def _member_method(reader: Reader, node: ts.Node, decorators: _Decorators, depth: int) -> ClassMember | None:
    name = node.child_by_field_name("name")
    if name is None:
        return None
    words, key = words_of(node), lower_key(reader, name, depth)
    function = lower_method(reader, node, method_name(name, key), words, depth)
    kind = MemberKind.GETTER if "get" in words else MemberKind.SETTER if "set" in words else MemberKind.METHOD
    if reader.grammar.typed:
        decorators = (*decorators, *_parameter_decorators(reader, node, depth))
    return ClassMember(key, function, kind, "static" in words, decorators, reader.span(node))


def _parameter_decorators(reader: Reader, method: ts.Node, depth: int) -> _Decorators:
    listed = method.child_by_field_name("parameters")
    if listed is None or not listed.named_child_count:
        return ()
    return tuple([each for parameter in listed.named_children for each in decorators_of(reader, parameter, depth)])


def _member_field(reader: Reader, node: ts.Node, decorators: _Decorators, depth: int) -> ClassMember | None:
    words = words_of(node)
    name = node.child_by_field_name("name" if reader.grammar.typed else "property")
    if name is None or words & _UNREAL:
        return None
    key, value = lower_key(reader, name, depth), node.child_by_field_name("value")
    lowered = None if value is None else reader.expression(value, depth)
    return ClassMember(key, lowered, MemberKind.FIELD, "static" in words, decorators, reader.span(node))


def _member_block(reader: Reader, node: ts.Node, decorators: _Decorators, depth: int) -> ClassMember:
    span = reader.span(node)
    return ClassMember(Literal("static", span), static_block(reader, node), MemberKind.STATIC_BLOCK, True, (), span)


def _broken(reader: Reader, node: ts.Node, depth: int) -> ClassMember:
    return ClassMember(reader.missing(node), lower_error(reader, node, depth), MemberKind.FIELD, False, (), reader.span(node))


_MEMBERS: dict[str, Callable[[Reader, ts.Node, _Decorators, int], ClassMember | None]] = {
    "method_definition": _member_method,
    "field_definition": _member_field,
    "public_field_definition": _member_field,
    "class_static_block": _member_block,
}

EXPRESSIONS: dict[str, LowerExpression] = {
    "class": lower_class,
    "class_declaration": lower_class,
    "abstract_class_declaration": lower_class,
}
"""Classes by kind."""
