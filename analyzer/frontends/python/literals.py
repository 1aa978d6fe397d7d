"""Names, numbers and strings; f-strings and t-strings with their holes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain

import libcst as cst

from analyzer.flow.tree import Constant, Ignorance, Literal, Name, Node, Opaque, Template
from analyzer.frontends.python.lowering import Lowering, expression_of
from analyzer.source import Span

_CONSTANTS: dict[str, Constant] = {"True": True, "False": False, "None": None}
_ESCAPE = re.compile(r"\\(?:N\{([^{}]*)\}|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r\n|[\s\S]))")
_SIMPLE = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\n": "",
    "\r": "",
    "\r\n": "",
}
_UNICODE_END = 0x110000

MAX_DIGITS = 1_000
"""Longest integer literal taken as a number, in characters; Python refuses to print one of more than 4,300 digits."""


def cook(text: str, raw: bool = False) -> str:
    """The value of what stands between the quotes of a string. A malformed escape stays as it is written."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if raw or "\\" not in text else _ESCAPE.sub(_cook_escape, text)


def _cook_escape(match: re.Match[str]) -> str:
    name, two, four, eight, octal, other = match.groups()
    if other is not None:
        return _SIMPLE.get(other, match[0])
    if name is not None:
        try:
            return unicodedata.lookup(name)
        except KeyError:
            return match[0]
    code = int(octal, 8) if octal is not None else int(two or four or eight, 16)
    return chr(code) if code < _UNICODE_END else match[0]


def identifier(text: str) -> str:
    """A name as Python compares it."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _lower_name(low: Lowering, node: cst.Name, depth: int) -> Node:
    text, span = node.value, low.span(node)
    if text in _CONSTANTS:
        return Literal(_CONSTANTS[text], span)
    return Name(identifier(text), span)


def _lower_integer(low: Lowering, node: cst.Integer, depth: int) -> Node:
    if len(node.value) > MAX_DIGITS:
        return Opaque((), Ignorance.NO_VALUE, low.span(node))
    return Literal(int(node.value, 0), low.span(node))


def _lower_float(low: Lowering, node: cst.Float, depth: int) -> Node:
    value = float(node.value)
    return Literal(int(value) if value.is_integer() else value, low.span(node))


def _lower_valueless(low: Lowering, node: cst.CSTNode, depth: int) -> Node:
    return Opaque((), Ignorance.NO_VALUE, low.span(node))


def _lower_string(low: Lowering, node: cst.SimpleString, depth: int) -> Node:
    value = _value(node)
    return Opaque((), Ignorance.NO_VALUE, low.span(node)) if value is None else Literal(value, low.span(node))


def _value(node: cst.SimpleString) -> str | None:
    """The text of a string; None for bytes."""
    text = node.value
    quote = text[-1]
    start = text.index(quote)
    prefix = text[:start].lower()
    if "b" in prefix:
        return None
    width = 3 if text.startswith(quote * 3, start) and len(text) - start >= 6 else 1
    return cook(text[start + width : -width], "r" in prefix)


def _lower_formatted(low: Lowering, node: cst.FormattedString, depth: int) -> Node:
    return template(_pieces(low, node, depth), low.span(node))


def template(parts: Iterable[Node], span: Span) -> Node:
    """Text and holes in order: neighbouring texts joined, empty ones left out, a Literal if there is no hole."""
    joined: list[Node] = []
    for part in parts:
        before = joined[-1] if joined else None
        if type(part) is Literal and part.value == "":
            continue
        if type(part) is Literal and type(before) is Literal:
            joined[-1] = Literal(f"{before.value}{part.value}", Span(span.path, before.span.start, part.span.end))
        else:
            joined.append(part)
    if not joined:
        return Literal("", span)
    only = joined[0]
    return Literal(only.value, span) if len(joined) == 1 and type(only) is Literal else Template(tuple(joined), span)


def _pieces(low: Lowering, node: cst.FormattedString, depth: int) -> list[Node]:
    raw = "r" in node.prefix
    span = low.span(node)
    at = span.start + len(node.start)
    pieces: list[Node] = []
    for part in node.parts:
        if type(part) is cst.FormattedStringText:
            end = at + len(part.value)
            text = part.value.replace("{{", "{").replace("}}", "}")
            pieces.append(Literal(cook(text, raw), Span(span.path, at, end)))
            at = end
        elif type(part) is cst.FormattedStringExpression:
            pieces.extend(_hole(low, part, at, depth + 1))
            at += low.positions.width((part,))
    return pieces


def _hole(low: Lowering, hole: cst.FormattedStringExpression, at: int, depth: int) -> list[Node]:
    """What a hole adds to the text: with ``=`` its own source first; a format or conversion makes its value another text."""
    value = low.expression(hole.expression, depth)
    pieces: list[Node] = []
    if hole.equal is not None:
        end = at + 1 + low.positions.width((hole.whitespace_before_expression, hole.expression, hole.equal))
        pieces.append(Literal(low.text[at + 1 : end], low.between(at + 1, end)))
    if hole.format_spec or hole.conversion not in (None, "s") or (hole.equal is not None and hole.conversion is None):
        inner = [low.expression(expression, depth + 1) for expression in _expressions(hole.format_spec or ())]
        value = Opaque((value, *inner), Ignorance.NO_VALUE, value.span)
    return [*pieces, value]


def _lower_templated(low: Lowering, node: cst.TemplatedString, depth: int) -> Node:
    parts = [low.expression(hole, depth + 1) for hole in _expressions(node.parts)]
    return Opaque(tuple(parts), Ignorance.NO_VALUE, low.span(node))


def _expressions(parts: Sequence[cst.CSTNode]) -> list[cst.BaseExpression]:
    """The expressions in the holes of a string, those in formats included, in order."""
    found: list[cst.BaseExpression] = []
    stack = list(parts)[::-1]
    while stack:
        part = stack.pop()
        if type(part) is cst.FormattedStringExpression or type(part) is cst.TemplatedStringExpression:
            found.append(part.expression)
            stack.extend(reversed(part.format_spec or ()))
    return found


def _lower_concatenated(low: Lowering, node: cst.ConcatenatedString, depth: int) -> Node:
    lowered: list[Node] = []
    rest: cst.BaseString = node
    while type(rest) is cst.ConcatenatedString:
        lowered.append(low.expression(rest.left, depth + 1))
        rest = rest.right
    lowered.append(low.expression(rest, depth + 1))
    parts = list(chain.from_iterable([_parts_of(part) for part in lowered]))
    if any(type(part) is Opaque for part in lowered):
        return Opaque(tuple([part for part in parts if type(part) is not Literal]), Ignorance.NO_VALUE, low.span(node))
    return template(parts, low.span(node))


def _parts_of(text: Node) -> tuple[Node, ...]:
    return text.parts if type(text) is Template or type(text) is Opaque else (text,)


LEAVES = dict(
    (
        expression_of(cst.Name, _lower_name),
        expression_of(cst.Integer, _lower_integer),
        expression_of(cst.Float, _lower_float),
        expression_of(cst.Imaginary, _lower_valueless),
        expression_of(cst.Ellipsis, _lower_valueless),
        expression_of(cst.SimpleString, _lower_string),
    )
)
"""Literals and names in which nothing is nested, by class of node."""

EXPRESSIONS = LEAVES | dict(
    (
        expression_of(cst.FormattedString, _lower_formatted),
        expression_of(cst.TemplatedString, _lower_templated),
        expression_of(cst.ConcatenatedString, _lower_concatenated),
    )
)
"""Literals and names by class of node."""
