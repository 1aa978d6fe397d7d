"""Annotations as declared shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable

import libcst as cst

from analyzer.flow.tree import AnyShape, Shape, TypeName
from analyzer.frontends.python.lowering import MAX_DEPTH

_SCALARS = frozenset({"object", "int", "float", "complex", "bool", "str", "bytes", "bytearray", "None", "type", "Any"})
_TRANSPARENT = frozenset({"Optional", "Annotated", "NotRequired", "Required", "ReadOnly", "Final", "ClassVar"})
"""Generic types that have the fields of their first argument."""

_PLAIN = re.compile(r"[\w.,|\[\] ]{1,200}")
_MAX_BRACKETS = 20

ANY = AnyShape()


def shape_of(annotation: cst.BaseExpression, depth: int = 0) -> Shape:
    """What an annotation says about the fields of a value; of a union, what its first part with fields says."""
    if depth > MAX_DEPTH:
        return ANY
    match annotation:
        case cst.Name() | cst.Attribute():
            return _named(dotted_name(annotation), ())
        case cst.SimpleString():
            return _quoted(annotation, depth)
        case cst.Subscript(value=generic):
            return _generic(generic, annotation, depth)
        case cst.BinaryOperation(left=left, operator=cst.BitOr(), right=right):
            return _first([left, right], depth)
        case _:
            return ANY


def dotted_name(node: cst.CSTNode) -> str:
    """A name with dots as it is written; empty for anything else."""
    names: list[str] = []
    while type(node) is cst.Attribute:
        names.append(node.attr.value)
        node = node.value
    return ".".join([node.value, *reversed(names)]) if type(node) is cst.Name else ""


def type_arguments(node: cst.Subscript, depth: int = 0) -> tuple[Shape, ...]:
    """The shapes between the brackets of a generic type."""
    return tuple([shape_of(argument, depth + 1) for argument in _arguments(node)])


def type_parameters(node: cst.TypeParameters | None) -> tuple[str, ...]:
    """The names of type parameters (PEP 695)."""
    return () if node is None else tuple([parameter.param.name.value for parameter in node.params])


def _arguments(node: cst.Subscript) -> list[cst.BaseExpression]:
    return [element.slice.value for element in node.slice if type(element.slice) is cst.Index]


def _quoted(annotation: cst.SimpleString, depth: int) -> Shape:
    """An annotation in quotes: read if it is of a kind people write."""
    text = annotation.value.strip("\"'")
    if _PLAIN.fullmatch(text) is None or text.count("[") > _MAX_BRACKETS:
        return ANY
    try:
        return shape_of(cst.parse_expression(text), depth + 1)
    except cst.ParserSyntaxError:
        return ANY


def _generic(generic: cst.BaseExpression, node: cst.Subscript, depth: int) -> Shape:
    name = dotted_name(generic)
    last = name.rpartition(".")[2]
    if last in _TRANSPARENT:
        return _first(_arguments(node)[:1], depth)
    if last == "Union":
        return _first(_arguments(node), depth)
    return _named(name, type_arguments(node, depth))


def _named(name: str, args: tuple[Shape, ...]) -> Shape:
    if not name.replace(".", "").isidentifier() or name.rpartition(".")[2] in _SCALARS:
        return ANY
    return TypeName(name, args)


def _first(parts: Iterable[cst.BaseExpression], depth: int) -> Shape:
    shapes = [shape_of(part, depth + 1) for part in parts]
    return next((shape for shape in shapes if type(shape) is not AnyShape), ANY)
