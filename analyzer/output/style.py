"""Colours of a terminal."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeAlias


class Style(Enum):
    """A way to print a piece of text, by its SGR parameter."""

    BOLD = "1"
    DIM = "2"
    RED = "31"
    GREEN = "32"
    YELLOW = "33"
    BLUE = "34"
    MAGENTA = "35"
    CYAN = "36"


Paint: TypeAlias = Callable[[str, Style], str]
"""Gives a text in a style."""


def painter(color: bool) -> Paint:
    """A paint that colours, or one that leaves every text as it is."""
    return _coloured if color else _plain


def _coloured(text: str, style: Style) -> str:
    return f"\x1b[{style.value}m{text}\x1b[0m" if text else text


def _plain(text: str, style: Style) -> str:
    return text
