"""A graph for the terminal: one line a node, what is inside it below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analyzer.output.diagrams.outline import Item, outline
from analyzer.output.diagrams.words import printable
from analyzer.output.style import Paint, Style, painter

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject

SYMBOLS = {
    "●": Style.GREEN,
    "◷": Style.BLUE,
    "✉": Style.MAGENTA,
    "◇": Style.YELLOW,
    "↻": Style.CYAN,
    "∥": Style.CYAN,
    "ƒ": Style.BOLD,
    "▣": Style.RED,
    "⚠": Style.RED,
}


def render_tree(subject: Subject, *, color: bool = False) -> str:
    """The workflow as a tree, then each of its functions as one, an empty line between them."""
    paint = painter(color)
    return "\n".join("".join(f"{line}\n" for line in _lines(root, paint)) for root in outline(subject))


def _lines(root: Item, paint: Paint) -> Iterator[str]:
    yield _headline(root, paint, Style.BOLD)
    yield from _below(root.items, "", paint)


def _below(items: Sequence[Item], indent: str, paint: Paint) -> Iterator[str]:
    for item in items:
        corner, continuation = ("└─ ", "   ") if item is items[-1] else ("├─ ", "│  ")
        yield paint(indent + corner, Style.DIM) + _headline(item, paint)
        yield from _below(item.items, indent + continuation, paint)


def _headline(item: Item, paint: Paint, title: Style | None = None) -> str:
    name = printable(item.title)
    parts = (
        paint(item.symbol, SYMBOLS.get(item.symbol, Style.BOLD)),
        paint(name, title) if title else name,
        item.numbers,
        paint(printable(f"({', '.join(item.details)})"), Style.DIM) if item.details else "",
    )
    return " ".join(part for part in parts if part)
