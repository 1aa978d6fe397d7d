"""Text methods of constants: concat, join, format and pure conversions."""

from __future__ import annotations

import re
from collections.abc import Callable

from analyzer.builder.fold import as_part, concatenate, is_text, known_text, parts_of, unknown_of
from analyzer.builder.machine import Machine
from analyzer.builder.members import condensed, elements_of, iterate
from analyzer.builder.scopes import Cell
from analyzer.builder.values import (
    UNKNOWN,
    Arguments,
    Constant,
    Elements,
    Hole,
    ListObject,
    Method,
    Value,
)
from analyzer.source import Span

CONVERSIONS: dict[str, Callable[[str], str]] = {
    "trim": str.strip,
    "strip": str.strip,
    "toUpperCase": str.upper,
    "upper": str.upper,
    "toLowerCase": str.lower,
    "lower": str.lower,
    "toString": str,
    "capitalize": str.capitalize,
    "title": str.title,
}


def concat(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``text.concat(…)`` and ``list.concat(…)``."""
    receiver = callee.receiver if isinstance(callee, Method) else UNKNOWN
    if isinstance(receiver, ListObject):
        added = [value for value in arguments.positional if isinstance(value, ListObject)]
        items = (*elements_of(receiver), *(element for value in added for element in elements_of(value)))
        more = receiver.open or len(added) < len(arguments.positional) or any(value.open for value in added)
        return ListObject(Cell(Elements(condensed(items))), more, receiver.mutable or any(value.mutable for value in added))
    if is_text(receiver):
        return concatenate([part for value in (receiver, *arguments.positional) for part in parts_of(value)])
    return unknown_of((receiver, *arguments.positional))


def join(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """JavaScript's ``list.join(separator)``."""
    receiver = callee.receiver if isinstance(callee, Method) else UNKNOWN
    separator = arguments.get(0)
    return _joined(machine, receiver, "," if separator is None else known_text(separator))


def join_on(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """Python's ``separator.join(list)``."""
    receiver = callee.receiver if isinstance(callee, Method) else UNKNOWN
    return _joined(machine, arguments.get(0) or UNKNOWN, known_text(receiver))


def _joined(machine: Machine, source: Value, separator: str | None) -> Value:
    if separator is None or not isinstance(source, ListObject) or source.mutable:
        return unknown_of((source,))
    parts, rest = iterate(machine, source)
    if rest is not None:
        return unknown_of((source, rest))
    joined: list[str | Hole] = []
    for index, value in enumerate(parts):
        joined.extend([separator] if index else [])
        joined.extend(parts_of(value))
    return concatenate(joined)


def format_(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """Python's ``text.format(…)`` with plain fields; what it cannot do yields unknown."""
    receiver = callee.receiver if isinstance(callee, Method) else UNKNOWN
    text = known_text(receiver)
    if text is None:
        return unknown_of((receiver, *arguments.values()))
    joined: list[str | Hole] = []
    position = 0
    for literal, field in re.findall(r"((?:[^{}]|\{\{|\}\})*)(\{[^{}]*\})?", text):
        joined.append(literal.replace("{{", "{").replace("}}", "}"))
        if not field:
            continue
        name = field[1:-1]
        if name == "" or name.isdigit():
            index = int(name) if name else position
            position += not name
            value = arguments.get(index)
        else:
            value = arguments.get(len(arguments.positional), name)
        joined.append(Hole() if value is None else as_part(value))
    return concatenate(joined)


def percent(template: Value, values: Value) -> Value:
    """Python's ``text % values`` with ``%s`` and ``%d`` only."""
    text = known_text(template)
    if text is None:
        return unknown_of((template, values))
    given = [element.value for element in elements_of(values)] if isinstance(values, ListObject) else [values]
    pieces = re.split(r"%([sd%])", text)
    joined: list[str | Hole] = [pieces[0]]
    for kind, literal in zip(pieces[1::2], pieces[2::2], strict=True):
        if kind == "%":
            joined.append("%")
        else:
            joined.append(as_part(given.pop(0)) if given else Hole())
        joined.append(literal)
    return concatenate(joined)


def convert(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """A pure conversion of a known text, by the method's name."""
    if not isinstance(callee, Method):
        return unknown_of(tuple(arguments.values()))
    text = known_text(callee.receiver)
    conversion = CONVERSIONS.get(callee.name)
    if text is None or conversion is None or arguments.positional:
        return unknown_of((callee.receiver, *arguments.values()))
    return Constant(conversion(text))
