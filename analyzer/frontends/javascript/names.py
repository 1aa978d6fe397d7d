"""Names that are read, and keys of members and entries."""

from __future__ import annotations

import tree_sitter as ts

from analyzer.flow.tree import Ignorance, Literal, Name, Node, Opaque, Undefined
from analyzer.frontends.ecmascript.literals import cook, number
from analyzer.frontends.javascript.reader import LowerExpression, Reader, new_span
from analyzer.source import Span


def lower_name(reader: Reader, node: ts.Node, depth: int) -> Node:
    """An identifier, ``this``, ``super`` or ``import``."""
    start, end = node.start_byte, node.end_byte
    text = reader.text[start:end]
    if not text:
        return reader.missing(node)
    return Name(cook(text) if "\\" in text else text, new_span(Span, (reader.path, start, end)))


def lower_undefined(reader: Reader, node: ts.Node, depth: int) -> Node:
    """``undefined`` that is read."""
    return Literal(Undefined.UNDEFINED, reader.span(node))


def lower_string(reader: Reader, node: ts.Node, depth: int) -> Literal:
    """A string; one that is not closed ends where its node ends."""
    start, end = node.start_byte, node.end_byte
    text = reader.text[start:end]
    value = text[1:-1] if len(text) > 1 and text[0] == text[-1] else text[1:]
    return Literal(cook(value) if "\\" in value else value, reader.between(start, end))


def lower_number(reader: Reader, node: ts.Node, depth: int) -> Node:
    """A number; a BigInt has no value here."""
    start, end = node.start_byte, node.end_byte
    text = reader.text[start:end]
    value = int(text) if text.isdecimal() and (len(text) == 1 or (len(text) < 16 and text[0] != "0")) else number(text)
    span = new_span(Span, (reader.path, start, end))
    return Opaque((), Ignorance.NO_VALUE, span) if value is None else Literal(value, span)


def lower_key(reader: Reader, node: ts.Node, depth: int) -> Node:
    """The key of a member or entry: a Literal unless it is computed."""
    return _KEYS.get(node.type, lower_word)(reader, node, depth)


def _lower_computed_key(reader: Reader, node: ts.Node, depth: int) -> Node:
    return reader.operand(node, depth)


def lower_word(reader: Reader, node: ts.Node, depth: int) -> Literal:
    """A name that is a key."""
    start, end = node.start_byte, node.end_byte
    text = reader.text[start:end]
    return Literal(cook(text) if "\\" in text else text, new_span(Span, (reader.path, start, end)))


def name_of(reader: Reader, node: ts.Node | None) -> str:
    """The text of a name or of a string that stands for one; empty if there is none."""
    if node is None:
        return ""
    text = reader.slice(node)
    if node.type == "string":
        text = text[1:-1]
    return cook(text) if "\\" in text else text


_KEYS: dict[str, LowerExpression] = {
    "computed_property_name": _lower_computed_key,
    "string": lower_string,
    "number": lower_number,
}

EXPRESSIONS: dict[str, LowerExpression] = {
    "identifier": lower_name,
    "shorthand_property_identifier": lower_name,
    "this": lower_name,
    "super": lower_name,
    "import": lower_name,
    "undefined": lower_undefined,
    "string": lower_string,
    "number": lower_number,
    "private_property_identifier": lower_word,
    "property_identifier": lower_word,
}
"""Names and simple constants by kind."""
