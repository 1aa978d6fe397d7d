"""Declared shapes: type literals, interfaces, aliases, type arguments."""

from __future__ import annotations

from collections.abc import Callable

import tree_sitter as ts

from analyzer.flow.tree import AnyShape, Fields, Node, Shape, TypeDeclaration, TypeName
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.javascript.names import name_of
from analyzer.frontends.javascript.reader import LowerStatement, Reader

_ANY = AnyShape()
_NOTHING = frozenset({"undefined", "null", "void"})


def annotation(reader: Reader, node: ts.Node) -> Shape | None:
    """The shape declared for a parameter or property; None if none is."""
    declared = node.child_by_field_name("type")
    return None if declared is None else shape(reader, declared, 0)


def type_arguments(reader: Reader, node: ts.Node | None, depth: int = 0) -> tuple[Shape, ...]:
    """The shapes between ``<`` and ``>``."""
    if node is None:
        return ()
    comments = reader.grammar.comments
    return tuple([shape(reader, child, depth) for child in node.named_children if child.kind_id not in comments])


def shape(reader: Reader, node: ts.Node, depth: int) -> Shape:
    """The shape a type declares; AnyShape for one that says nothing about fields."""
    lower = _SHAPES.get(node.type)
    return _ANY if lower is None or depth > MAX_DEPTH else lower(reader, node, depth + 1)


def _inside(reader: Reader, node: ts.Node, depth: int) -> Shape:
    child = reader.grammar.only(node)
    return _ANY if child is None else shape(reader, child, depth)


def _name(reader: Reader, node: ts.Node, depth: int) -> Shape:
    return TypeName("".join(reader.slice(node).split()), ())


def _generic(reader: Reader, node: ts.Node, depth: int) -> Shape:
    name = "".join(name_of(reader, node.child_by_field_name("name")).split())
    return TypeName(name, type_arguments(reader, node.child_by_field_name("type_arguments"), depth))


def _array(reader: Reader, node: ts.Node, depth: int) -> Shape:
    return TypeName("Array", (_inside(reader, node, depth),))


def _union(reader: Reader, node: ts.Node, depth: int) -> Shape:
    """A type that may be absent is that type."""
    parts = [part for part in node.named_children if reader.slice(part) not in _NOTHING]
    return shape(reader, parts[0], depth) if len(parts) == 1 else _ANY


def _intersection(reader: Reader, node: ts.Node, depth: int) -> Shape:
    fields: dict[str, Shape] = {}
    for part in node.named_children:
        match shape(reader, part, depth):
            case Fields(fields=declared):
                fields.update(declared)
            case _:
                return _ANY
    return Fields(tuple(fields.items()))


def _fields(reader: Reader, node: ts.Node, depth: int) -> Shape:
    fields: dict[str, Shape] = {}
    for child in node.named_children:
        if child.type == "property_signature":
            declared = child.child_by_field_name("type")
            name = name_of(reader, child.child_by_field_name("name"))
            fields[name] = _ANY if declared is None else shape(reader, declared, depth)
    return Fields(tuple(fields.items()))


def _lower_alias(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    _declare(reader, node, node.child_by_field_name("value"), into)


def _lower_interface(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    _declare(reader, node, node.child_by_field_name("body"), into)


def _declare(reader: Reader, node: ts.Node, value: ts.Node | None, into: list[Node]) -> None:
    name = name_of(reader, node.child_by_field_name("name"))
    listed = node.child_by_field_name("type_parameters")
    params = [] if listed is None else [name_of(reader, each.child_by_field_name("name")) for each in listed.named_children]
    declared = _ANY if value is None else shape(reader, value, 0)
    into.append(TypeDeclaration(name, tuple([param for param in params if param]), declared, reader.span(node)))


_SHAPES: dict[str, Callable[[Reader, ts.Node, int], Shape]] = {
    "type_annotation": _inside,
    "parenthesized_type": _inside,
    "readonly_type": _inside,
    "type_identifier": _name,
    "nested_type_identifier": _name,
    "identifier": _name,
    "generic_type": _generic,
    "array_type": _array,
    "union_type": _union,
    "intersection_type": _intersection,
    "object_type": _fields,
    "interface_body": _fields,
}

STATEMENTS: dict[str, LowerStatement] = {
    "type_alias_declaration": _lower_alias,
    "interface_declaration": _lower_interface,
}
"""Declarations of types by kind."""
