"""Function values: functions, arrows, methods, and their parameters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import tree_sitter as ts

from analyzer.flow.tree import Body, Exit, ExitKind, Function, Literal, Member, Name, Node, Param, ParamKind, Start, Write
from analyzer.frontends.javascript.blocks import object_as_block
from analyzer.frontends.javascript.names import name_of
from analyzer.frontends.javascript.reader import LowerExpression, Plain, Reader
from analyzer.frontends.javascript.types import annotation

_PROPERTY_MARKS = frozenset({"accessibility_modifier", "override_modifier", "readonly"})


def lower_function(reader: Reader, node: ts.Node, depth: int) -> Function:
    """A function declaration or expression."""
    is_async = reader.text.startswith("async", node.start_byte)
    start = Start.ON_ITERATION if node.type.startswith("generator") else Start.EAGER
    params = parameters(reader, node.child_by_field_name("parameters"), depth + 1)
    body = _block(reader, node.child_by_field_name("body"))
    name = name_of(reader, node.child_by_field_name("name")) or None
    return Function(name, params, body, start, is_async, "this", (), reader.span(node))


def lower_method(reader: Reader, node: ts.Node, name: str | None, words: frozenset[str], depth: int) -> Function:
    """The function of a method or accessor, given its name (None: computed) and the words before it."""
    params = parameters(reader, node.child_by_field_name("parameters"), depth + 1)
    is_constructor = name == "constructor" and reader.grammar.typed
    properties = parameter_properties(reader, node) if is_constructor else ()
    body = _block(reader, node.child_by_field_name("body"), properties)
    start = Start.ON_ITERATION if "*" in words else Start.EAGER
    return Function(name, params, body, start, "async" in words, "this", (), reader.span(node))


def method_name(name: ts.Node, key: Node) -> str | None:
    """What a method is called: its key, unless that is computed."""
    if name.type == "computed_property_name" or type(key) is not Literal:
        return None
    return key.value if type(key.value) is str else None


def words_of(node: ts.Node) -> frozenset[str]:
    """The words and signs in a member of a class or object: ``static``, ``async``, ``get``, ``*``, …"""
    return frozenset([word for child in node.children if not child.is_named for word in child.type.split()])


def static_block(reader: Reader, node: ts.Node) -> Function:
    """The function that a static block of a class is."""
    body = _block(reader, node.child_by_field_name("body"))
    return Function(None, (), body, Start.EAGER, False, "this", (), reader.span(node))


def _lower_arrow(reader: Reader, node: ts.Node, depth: int) -> Node:
    start = node.start_byte
    listed = node.child_by_field_name("parameters")
    if listed is not None:
        params = parameters(reader, listed, depth + 1)
    else:
        listed = node.child_by_field_name("parameter")
        params = () if listed is None else (_parameter_name(reader, listed, depth + 1),)
    is_async = reader.text.startswith("async", start) and listed is not None and listed.start_byte > start
    inside = node.child_by_field_name("body") or node
    body = Body(partial(_arrow_body, reader, inside), _returned(reader, inside))
    return Function(None, params, body, Start.EAGER, is_async, None, (), reader.span(node))


def _returned(reader: Reader, body: ts.Node) -> str | None:
    """The name a body returns that does no more, or the empty text for a constant: most callbacks in large files are such."""
    value: ts.Node | None = body
    if body.kind_id == reader.grammar.block:
        statements = body.named_children
        if len(statements) != 1 or statements[0].kind_id != reader.grammar.return_statement:
            return None
        value = reader.grammar.only(statements[0])
    if value is None:
        return ""
    plain = reader.plain.get(value.kind_id)
    if plain is None or plain is Plain.CONSTANT:
        return None if plain is None else ""
    text = reader.slice(value)
    if plain is Plain.NAME:
        return text if text and "\\" not in text else None
    return "" if text.isdecimal() else None


def _parameter_name(reader: Reader, node: ts.Node, depth: int) -> Param:
    return Param(reader.target(node, depth), None, ParamKind.NORMAL, None, reader.span(node))


def _arrow_body(reader: Reader, node: ts.Node) -> tuple[Node, ...]:
    kind, grammar = node.kind_id, reader.grammar
    if kind == grammar.block:
        return reader.sequence(node.named_children, 1)
    if kind == grammar.object and (inside := object_as_block(reader, node, 1)) is not None:
        return inside
    inner = grammar.unwrap(node)
    return (Exit(ExitKind.RETURN, reader.expression(inner, 2), None, reader.span(inner)),)


def _block(reader: Reader, node: ts.Node | None, before: tuple[Node, ...] = ()) -> Body:
    if node is None:
        return Body(tuple)
    return Body(partial(_block_body, reader, node, before))


def _block_body(reader: Reader, node: ts.Node, before: tuple[Node, ...]) -> tuple[Node, ...]:
    return (*before, *reader.sequence(node.named_children, 1))


def parameters(reader: Reader, node: ts.Node | None, depth: int) -> tuple[Param, ...]:
    """The parameters in a list; a declared ``this`` is none."""
    if node is None or not node.named_child_count:
        return ()
    lowered: list[Param] = []
    for child in node.named_children:
        lower = _PARAMETERS.get(child.type)
        if lower is not None:
            lowered.append(lower(reader, child, depth))
        elif child.kind_id not in reader.grammar.comments:
            lowered.append(_parameter_name(reader, child, depth))
    if lowered and type(lowered[0].target) is Name and lowered[0].target.name == "this":
        del lowered[0]
    return tuple(lowered)


def _parameter_typed(reader: Reader, node: ts.Node, depth: int) -> Param:
    pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
    default = None if value is None else reader.expression(value, depth + 1)
    kind = ParamKind.NORMAL
    if pattern is not None and pattern.type == "rest_pattern":
        kind, pattern = ParamKind.REST, reader.grammar.only(pattern)
    target = reader.missing(node) if pattern is None else reader.target(pattern, depth)
    return Param(target, default, kind, annotation(reader, node), reader.span(node))


def _parameter_default(reader: Reader, node: ts.Node, depth: int) -> Param:
    left = node.child_by_field_name("left")
    target = reader.missing(node) if left is None else reader.target(left, depth)
    return Param(target, reader.field(node, "right", depth + 1), ParamKind.NORMAL, None, reader.span(node))


def _parameter_rest(reader: Reader, node: ts.Node, depth: int) -> Param:
    inner = reader.grammar.only(node)
    target = reader.missing(node) if inner is None else reader.target(inner, depth)
    return Param(target, None, ParamKind.REST, None, reader.span(node))


def parameter_properties(reader: Reader, method: ts.Node) -> tuple[Node, ...]:
    """The writes that parameter properties of a constructor are: ``constructor(private x: X)`` sets ``this.x``."""
    listed = method.child_by_field_name("parameters")
    return tuple(
        [
            _write_property(reader, pattern)
            for child in ([] if listed is None else listed.named_children)
            if any(part.type in _PROPERTY_MARKS for part in child.children)
            and (pattern := child.child_by_field_name("pattern")) is not None
        ]
    )


def _write_property(reader: Reader, pattern: ts.Node) -> Node:
    span, name = reader.span(pattern), name_of(reader, pattern)
    return Write(Member(Name("this", span), Literal(name, span), False, span), Name(name, span), span)


PLAIN = {
    "identifier": Plain.NAME,
    "number": Plain.NUMBER,
    **dict.fromkeys(("string", "true", "false", "null", "undefined"), Plain.CONSTANT),
}
"""Expressions that run nothing, by kind."""

_PARAMETERS: dict[str, Callable[[Reader, ts.Node, int], Param]] = {
    "required_parameter": _parameter_typed,
    "optional_parameter": _parameter_typed,
    "assignment_pattern": _parameter_default,
    "rest_pattern": _parameter_rest,
}

EXPRESSIONS: dict[str, LowerExpression] = {
    "function_declaration": lower_function,
    "function_expression": lower_function,
    "generator_function": lower_function,
    "generator_function_declaration": lower_function,
    "arrow_function": _lower_arrow,
}
"""Functions by kind."""
