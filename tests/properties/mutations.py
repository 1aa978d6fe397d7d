"""Sources broken at random: the n-th is always the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from analyzer.source import SUFFIXES

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
BRACKETS = "()[]{}<>`'\""
ODD = (
    "\0",
    "\ufeff",
    "\u2028",
    "\u200b",
    "\u0301",
    "\N{GRINNING FACE}",
    "\U0010ffff",
    "\x1a",
    "\x0c",
    "\r",
    "\r\n",
    "\t",
    "\\",
    "${",
    "*/",
    "/*",
    "//",
    "#",
    "'''",
    "=>",
    "...",
    "?.",
    "await ",
    "async ",
    "return ",
    "<<<<<<< ours\n",
    "=======\n",
    ">>>>>>> theirs\n",
)
_TOKENS = re.compile(r"\w+|\s+|.", re.DOTALL)
_LINES = re.compile(r".*\n|.+")


class Mutant(NamedTuple):
    """The bytes of a broken file, and its name."""

    name: str
    data: bytes


@cache
def sources() -> tuple[Path, ...]:
    """Every source below ``fixtures/``."""
    return tuple(sorted(path for path in FIXTURES.rglob("*") if path.suffix in SUFFIXES and "node_modules" not in path.parts))


def mutant(number: int) -> Mutant:
    """A source with one to eight mutations. Every second one has few of them, so that most of it can still be read."""
    random = Random(number)
    path = random.choice(sources())
    text = path.read_text(encoding="utf-8")
    for _ in range(random.randint(1, 2 if number % 2 else 8)):
        text = random.choice(MUTATIONS)(random, text)
    data = text.encode()
    return Mutant(path.name, _with_bytes(random, data) if random.random() < 0.05 else data)


def _delete(random: Random, text: str) -> str:
    parts, at, end = _piece(random, text)
    return "".join([*parts[:at], *parts[end:]])


def _duplicate(random: Random, text: str) -> str:
    parts, at, end = _piece(random, text)
    return "".join([*parts[:end], *parts[at:end] * random.choice((1, 1, 1, 2, 50)), *parts[end:]])


def _swap(random: Random, text: str) -> str:
    parts, at, end = _piece(random, text)
    to = random.randint(end, len(parts))
    return "".join([*parts[:at], *parts[end:to], *parts[at:end], *parts[to:]])


def _truncate(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[at:] if random.random() < 0.2 else text[:at]


def _insert_bracket(random: Random, text: str) -> str:
    return _inserted(random, text, random.choice(BRACKETS) * random.choice((1, 1, 1, 2, 100)))


def _insert_odd(random: Random, text: str) -> str:
    return _inserted(random, text, random.choice(ODD))


def _insert_other(random: Random, text: str) -> str:
    """A line of another source, of whichever language."""
    lines = _LINES.findall(random.choice(sources()).read_text(encoding="utf-8"))
    return _inserted(random, text, random.choice(lines)) if lines else text


def _replace(random: Random, text: str) -> str:
    """A token in place of another."""
    parts = _TOKENS.findall(text)
    if parts:
        parts[random.randrange(len(parts))] = random.choice(parts)
    return "".join(parts)


MUTATIONS: Sequence[Callable[[Random, str], str]] = (
    _delete,
    _delete,
    _duplicate,
    _swap,
    _truncate,
    _insert_bracket,
    _insert_odd,
    _insert_other,
    _replace,
)


def _piece(random: Random, text: str) -> tuple[list[str], int, int]:
    """The characters, tokens or lines of a text, and which of them are meant: the first, and the one behind the last."""
    parts = random.choice((list, _TOKENS.findall, _LINES.findall))(text)
    at = random.randint(0, len(parts))
    return parts, at, min(at + random.choice((1, 1, 1, 2, 5)), len(parts))


def _inserted(random: Random, text: str, piece: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + piece + text[at:]


def _with_bytes(random: Random, data: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.randbytes(random.choice((1, 4, 200))) + data[at:]
