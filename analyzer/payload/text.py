"""JSON text: equal data gives the same bytes.

Keys stand in the order of the data, text is not escaped beyond what JSON asks for, except lone surrogates, which UTF-8
cannot say. Data must be what the payload modules make: numbers finite, integral ones ints.
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from typing import Final

INDENT: Final = "  "
SURROGATES: Final = re.compile("[\ud800-\udfff]")


def canonical(data: object) -> str:
    """One line without blanks and without a line break at its end. Raises ValueError for a number that is not finite."""
    return _encodable(json.dumps(data, ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")))


def indented(data: object) -> str:
    """Two blanks a level, without a line break at its end. Raises ValueError for a number that is not finite."""
    pieces: list[str] = []
    _write(data, "\n", pieces)
    return _encodable("".join(pieces))


def _encodable(text: str) -> str:
    if text.isascii():
        return text
    return SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _write(data: object, line: str, pieces: list[str]) -> None:
    """Writes a value; ``line``: a line break and the blanks of its level."""
    match data:
        case dict() if data:
            inner = line + INDENT
            separator = "{" + inner
            for key, value in data.items():
                pieces.append(separator + encode_basestring(key))
                pieces.append(": ")
                _write_value(value, inner, pieces)
                separator = "," + inner
            pieces.append(line + "}")
        case list() | tuple() if data:
            inner = line + INDENT
            separator = "[" + inner
            for value in data:
                pieces.append(separator)
                _write_value(value, inner, pieces)
                separator = "," + inner
            pieces.append(line + "]")
        case _:
            pieces.append(json.dumps(data, ensure_ascii=False, allow_nan=False))


def _write_value(value: object, line: str, pieces: list[str]) -> None:
    """Writes a value; what most values are, without the cost of asking what else they could be."""
    match value:
        case str():
            pieces.append(encode_basestring(value))
        case int() if value is not True and value is not False:
            pieces.append(repr(value))
        case _:
            _write(value, line, pieces)
