"""Constant folding: what operators, templates and text methods make of values."""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Callable, Sequence

from analyzer.builder.values import (
    NO_ORIGINS,
    UNKNOWN,
    Constant,
    Hole,
    Instant,
    Origins,
    Text,
    Unknown,
    Value,
    origins_of,
)
from analyzer.flow.tree import Constant as Scalar
from analyzer.flow.tree import Undefined

MAX_TEXT = 10_000
"""Longest text folded, in characters (a hole counts as one): what is longer is of no use as a name."""


def reliable(value: Value, *, settled: bool) -> Value:
    """A value as read from a place: constants count only if the place is settled."""
    if settled:
        return value
    match value:
        case Constant(value=None | Undefined.UNDEFINED):
            return value
        case Constant() | Text() | Instant():
            return Unknown(origins_of(value))
        case _:
            return value


def known_text(value: Value | None) -> str | None:
    """The string a value certainly is, or None."""
    if isinstance(value, Constant) and isinstance(value.value, str):
        return value.value
    return None


def known_number(value: Value | None) -> int | float | None:
    """The finite number a value certainly is (booleans are none), or None."""
    if not isinstance(value, Constant) or isinstance(value.value, bool):
        return None
    if isinstance(value.value, int | float) and _is_finite(value.value):
        return value.value
    return None


def _is_finite(value: float) -> bool:
    """Whether JavaScript has a finite number for it; Python's integers go further."""
    return abs(value) <= sys.float_info.max


def as_part(value: Value) -> str | Hole:
    """A value as a part of a text: its text, or a hole."""
    if isinstance(value, Constant):
        return scalar_text(value.value)
    return Hole(origins_of(value))


def scalar_text(value: Scalar) -> str:
    """How JavaScript prints a constant in a template (numbers and strings print alike in Python)."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e21:
            return str(int(value))
        case Undefined.UNDEFINED:
            return "undefined"
        case None:
            return "null"
        case _:
            return str(value)


def concatenate(parts: Sequence[str | Hole]) -> Value:
    """Parts as one text: a constant if all are known; neighbouring texts are joined."""
    joined: list[str | Hole] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] = joined[-1] + part
        elif part != "":
            joined.append(part)
    if sum(len(part) if isinstance(part, str) else 1 for part in joined) > MAX_TEXT:
        return Unknown(NO_ORIGINS.union(*(part.origins for part in joined if isinstance(part, Hole))))
    if all(isinstance(part, str) for part in joined):
        return Constant("".join(part for part in joined if isinstance(part, str)))
    return Text(tuple(joined))


def parts_of(value: Value) -> tuple[str | Hole, ...]:
    """A value as parts of a text."""
    if isinstance(value, Text):
        return value.parts
    return (as_part(value),)


def is_text(value: Value) -> bool:
    """Whether a value certainly is a string."""
    return isinstance(value, Text) or known_text(value) is not None


def operate(symbol: str, operands: Sequence[Value]) -> Value:
    """The value of an operator over operands."""
    if symbol == ",":
        return operands[-1] if operands else UNKNOWN
    if symbol == "+" and len(operands) > 1:
        return _add(operands)
    if len(operands) == 1:
        return _unary(symbol, operands[0])
    return _binary(symbol, operands)


def unknown_of(values: Sequence[Value]) -> Value:
    """An unknown value that comes from these."""
    return Unknown(union_origins(values))


def union_origins(values: Sequence[Value]) -> Origins:
    """Where all of these came from."""
    return NO_ORIGINS.union(*(origins_of(value) for value in values))


def _add(operands: Sequence[Value]) -> Value:
    total = operands[0]
    for value in operands[1:]:
        left, right = known_number(total), known_number(value)
        if left is not None and right is not None:
            total = number(left + right)
        elif is_text(total) or is_text(value):
            total = concatenate((*parts_of(total), *parts_of(value)))
        else:
            total = unknown_of((total, value))
    return total


def _unary(symbol: str, value: Value) -> Value:
    numeric = known_number(value)
    match symbol:
        case "-" if numeric is not None:
            return number(-numeric)
        case "+" if numeric is not None:
            return value
        case "!" if isinstance(value, Constant) and isinstance(value.value, bool | int | float):
            return Constant(not value.value)
        case "void":
            return Constant(Undefined.UNDEFINED)
        case _:
            return Unknown(origins_of(value))


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": math.fmod,
    "//": operator.floordiv,
}


def _binary(symbol: str, operands: Sequence[Value]) -> Value:
    numbers = [known_number(value) for value in operands]
    apply = _ARITHMETIC.get(symbol, _power if symbol == "**" else None)
    if apply is None or any(value is None for value in numbers):
        return unknown_of(operands)
    known = [value for value in numbers if value is not None]
    total: float = known[0]
    try:
        for value in known[1:]:
            total = apply(total, value)
    except (ArithmeticError, ValueError):
        return unknown_of(operands)
    return number(total)


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > 1024:
        raise OverflowError(exponent)
    result = base**exponent
    if isinstance(result, complex):
        raise ArithmeticError(base)
    return float(result) if isinstance(result, float) else result


def number(value: float) -> Value:
    """A number as a constant; what is not finite is unknown, what is integral an int."""
    if not _is_finite(value):
        return UNKNOWN
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return Constant(int(value))
    return Constant(value)
