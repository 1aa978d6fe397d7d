"""The values of ECMAScript literals, from their source text."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3][0-7]{0,2}|[4-7][0-7]?)|(\r\n|.))", re.DOTALL
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SIMPLE = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "\n": "",
    "\r": "",
    "\r\n": "",
    "\u2028": "",
    "\u2029": "",
}
_RADIX = {"x": 16, "o": 8, "b": 2}
_UNICODE_END = 0x110000


def cook(raw: str) -> str:
    """The value of what stands between the quotes of a string. A malformed escape stays as it is written."""
    if "\\" not in raw:
        return raw
    cooked = _ESCAPE.sub(_cook_escape, raw)
    return _join_surrogates(cooked) if _SURROGATE.search(cooked) else cooked


def cook_template(raw: str) -> str:
    """The value of a piece of a template literal's text: as in a string, and line ends are LF."""
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    return cook(raw)


def number(raw: str) -> int | float | None:
    """The value of a numeric literal: int where it is integral, as exact as JavaScript has it; None for a BigInt."""
    text = raw.replace("_", "").lower()
    if text[:2] in ("0x", "0o", "0b"):
        return None if text.endswith("n") else _integral(text[2:], _RADIX[text[1]])
    if text.endswith("n"):
        return None
    if len(text) > 1 and text[0] == "0" and text.isdecimal():
        return _integral(text, 10 if "8" in text or "9" in text else 8)
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


def _integral(digits: str, radix: int) -> int | float | None:
    try:
        value = float(int(digits, radix))
    except ValueError:
        return None
    except OverflowError:
        return float("inf")
    return int(value)


def _cook_escape(match: re.Match[str]) -> str:
    braced, four, two, octal, other = match.groups()
    if other is not None:
        return match[0] if other in "ux" else _SIMPLE.get(other, other)
    if octal is not None:
        return chr(int(octal, 8))
    code = int(braced or four or two, 16)
    return chr(code) if code < _UNICODE_END else match[0]


def _join_surrogates(text: str) -> str:
    """Pairs of surrogates written as two escapes are one character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
