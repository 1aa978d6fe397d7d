"""What a drawing is put together from: cards, frames and wires, in pieces that know their size and their axis.

A piece is laid out on its own, its corner at (0, 0), and placed inside another one; nothing knows where it ends up until
``placed`` says so. All lengths are pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from analyzer.records import entity, field, record

GAP = 24.0
"""Between one node and the next one in a sequence."""

ASIDE = 24.0
"""Between branches, lanes and sections."""

FORK = 36.0
"""The height of the curves of a fork or join."""


class Line(NamedTuple):
    """A line of text in a card: where its baseline begins, its size and role (``title`` or ``soft``)."""

    x: float
    y: float
    text: str
    size: float
    role: str


@record
class Card:
    """A box with text. ``id`` and ``label`` name it for links and readers; ``kind`` is a type of node, or what else it is.

    ``leads_to``: the id of the function that a call of it calls.
    """

    width: float
    height: float
    kind: str
    lines: tuple[Line, ...]
    symbol: str = ""
    id: str = ""
    label: str = ""
    dashed: bool = False
    leads_to: str = ""


@record
class Frame:
    """A box around other boxes."""

    width: float
    height: float
    kind: str
    dashed: bool = False


@record
class Wire:
    """A line from one point to another: straight, or a curve that begins and ends downwards.

    ``via``: of one that leads to the top of the next column, where between the columns it goes up.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = ""
    arrow: bool = True
    via: float = 0.0


Shape: TypeAlias = Card | Frame | Wire


@entity
class Piece:
    """Part of a drawing. ``axis``: where control enters above and leaves below; ``ends``: it does not leave below."""

    width: float
    height: float
    axis: float
    shapes: list[tuple[float, float, Shape]] = field(default_factory=list)
    pieces: list[tuple[float, float, Piece]] = field(default_factory=list)
    ends: bool = False


def placed(piece: Piece) -> Iterator[tuple[float, float, Shape]]:
    """Every shape with its place, frames before what stands in them; without recursion."""
    stack = [(0.0, 0.0, piece)]
    while stack:
        x, y, current = stack.pop()
        for dx, dy, shape in current.shapes:
            yield x + dx, y + dy, shape
        stack += [(x + dx, y + dy, inner) for dx, dy, inner in reversed(current.pieces)]


def of_card(card: Card) -> Piece:
    """A piece that is one card."""
    return Piece(card.width, card.height, card.width / 2, [(0, 0, card)])


def sequence(pieces: Sequence[Piece]) -> Piece:
    """Pieces below each other, on one axis, with wires between them."""
    axis = max((piece.axis for piece in pieces), default=0.0)
    made = Piece(axis + max((piece.width - piece.axis for piece in pieces), default=0.0), 0, axis)
    y, before = 0.0, None
    for piece in pieces:
        if before is not None and not before.ends:
            made.shapes.append((0, 0, Wire(axis, y - GAP, axis, y)))
        made.pieces.append((axis - piece.axis, y, piece))
        y += piece.height + GAP
        before = piece
    made.height = max(y - GAP, 0)
    made.ends = before is not None and before.ends
    return made


def columns(pieces: Sequence[Piece]) -> Piece:
    """A sequence; a long one in columns, so that it is about as wide as it is high."""
    whole = sequence(pieces)
    count = round((whole.height / max(whole.width, 1)) ** 0.5)
    if count < 2 or whole.height < LONG:
        return whole
    made = Piece(0, 0, 0)
    for _, column in groupby(whole.pieces, key=lambda placed: placed[1] * count // whole.height):
        _add_column(made, sequence([piece for _, _, piece in column]))
    made.axis = made.pieces[0][2].axis
    made.ends = pieces[-1].ends
    return made


LONG = 3000.0
"""Height from which a sequence is broken into columns."""


def _add_column(made: Piece, column: Piece) -> None:
    """Puts a column beside what is there, and leads the wire from the end of the one before up to its start."""
    if not made.pieces:
        made.pieces.append((0, 0, column))
        made.width, made.height = column.width, column.height + GAP
        return
    x = made.width + 2 * ASIDE
    left, top, before = made.pieces[-1]
    if not before.ends:
        bottom = top + before.height
        made.shapes.append((0, 0, Wire(left + before.axis, bottom, x + column.axis, GAP, "column", via=x - ASIDE)))
    made.pieces.append((x, GAP, column))
    made.width, made.height = x + column.width, max(made.height, column.height + 2 * GAP)


def fork(head: Piece, arms: Sequence[Piece]) -> Piece:
    """A head from which curves lead to arms side by side, and on from those that do not end."""
    width = sum(arm.width for arm in arms) + ASIDE * (len(arms) - 1)
    x = (max(width, head.width) - width) / 2
    axis = max(width, head.width) / 2
    deepest = max(arm.height for arm in arms)
    top = head.height + FORK
    ends = all(arm.ends for arm in arms)
    made = Piece(max(width, head.width), top + deepest + (0 if ends else FORK), axis, ends=ends)
    made.pieces.append((axis - head.axis, 0, head))
    for arm in arms:
        made.shapes.append((0, 0, Wire(axis, head.height, x + arm.axis, top, arrow=False)))
        if not arm.ends:
            made.shapes.append((0, 0, Wire(x + arm.axis, top + arm.height, axis, made.height, arrow=False)))
        made.pieces.append((x, top, arm))
        x += arm.width + ASIDE
    return made


def framed(inner: Piece, kind: str, title: Card, *, left: float = 18, dashed: bool = False) -> Piece:
    """A piece in a frame with a title in its corner."""
    top = title.height + 10
    width = max(inner.width + left + 18, title.width + 16)
    x = left + (width - inner.width - left - 18) / 2
    made = Piece(width, top + inner.height + 18, x + inner.axis, ends=inner.ends)
    made.shapes += [(0, 0, Frame(width, made.height, kind, dashed)), (8, 5, title)]
    made.pieces.append((x, top, inner))
    return made
