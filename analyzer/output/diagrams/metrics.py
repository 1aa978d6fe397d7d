"""How wide a text is, without a font: what is drawn must fit whatever sans-serif font a reader has."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

CLASSES = {
    0.32: "ijlI.,:;'|! ",
    0.42: 'frtJ()[]-/\\`"',
    0.56: "ckszvxyL_*^?",
    0.65: "abdeghnopquFEPTYZ0123456789${}",
    0.76: "ABCDGHKNORSUVX&",
    0.87: "wMQ=+<>#~",
    1.0: "mW@%…",
}
"""Characters by their width in em: that of the widest of the usual sans-serif fonts (DejaVu Sans), rounded up."""

WIDE = 1.05
"""Any other character: ideographs are 1 em wide."""

BOLD = 1.14
"""How much wider the same text is in bold."""

BREAKS = re.compile(r"[^\s/.,_:;=&|)\]}-]*[/.,_:;=&|)\]}-]*\s*")
"""A piece of text behind which a line may end."""


class _Widths(dict[str, float]):
    def __missing__(self, char: str) -> float:
        return WIDE


WIDTHS = _Widths({char: width for width, chars in CLASSES.items() for char in chars})


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """At most how wide a text on one line is, in pixels, for a font size in pixels."""
    return sum(map(WIDTHS.__getitem__, text)) * size * (BOLD if bold else 1)


@lru_cache(maxsize=4096)
def wrapped(text: str, size: float, width: float, *, bold: bool = False, lines: int = 4) -> tuple[str, ...]:
    """A text as lines no wider than a number of pixels, at most so many; the last ends in an ellipsis if that is not all."""
    found: list[str] = []
    line = ""
    for piece in _pieces(text, size, width, bold=bold):
        if line and text_width((line + piece).rstrip(), size, bold=bold) > width:
            found.append(line.rstrip())
            line = ""
        line += piece
    found.append(line.rstrip())
    if len(found) <= lines:
        return tuple(found)
    room = width - text_width("…", size, bold=bold)
    return (*found[: lines - 1], found[lines - 1][: _fitting(found[lines - 1], size, room, bold=bold)] + "…")


def _pieces(text: str, size: float, width: float, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    for piece in BREAKS.findall(text):
        rest = piece
        while rest and text_width(rest.rstrip(), size, bold=bold) > width:
            count = max(_fitting(rest, size, width, bold=bold), 1)
            pieces.append(rest[:count])
            rest = rest[count:]
        pieces.append(rest)
    return pieces


def _fitting(text: str, size: float, width: float, *, bold: bool) -> int:
    """How many characters of a text fit into a width."""
    room = width / size / (BOLD if bold else 1)
    return sum(total <= room for total in accumulate(map(WIDTHS.__getitem__, text)))
