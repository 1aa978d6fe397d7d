"""Side by side in time: columns for what runs together, rows for what the numbers say comes after what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from analyzer.output.diagrams.pieces import ASIDE, FORK, GAP, Piece, Wire
from analyzer.output.diagrams.timing import Cell, Number, cells


class Timed(NamedTuple):
    """A piece with its numbers, if it has any."""

    piece: Piece
    starts: Number
    resolves: Number

    @property
    def floats(self) -> bool:
        """It is started and never awaited."""
        return self.starts is not None and self.resolves is None


def lanes(children: Sequence[Timed]) -> Piece:
    """Pieces in a grid of time, with curves from its start to those that start first and from those that are joined last."""
    grid = cells([(child.starts, child.resolves) for child in children])
    widths = _widths(children, grid)
    heights = _heights(children, grid)
    lefts = [sum(widths[:column]) + ASIDE * column for column in range(len(widths))]
    tops = [FORK + sum(heights[:row]) + GAP * row for row in range(len(heights) + 1)]
    made = Piece(lefts[-1] + widths[-1], tops[-1] - GAP + FORK, (lefts[-1] + widths[-1]) / 2)
    previous: dict[int, float] = {}
    for child, cell in zip(children, grid, strict=True):
        axis = lefts[cell.column] + widths[cell.column] / 2
        _place(made, child, cell, axis, tops, previous.get(cell.column))
        if not child.floats:
            previous[cell.column] = tops[cell.first] + child.piece.height
    return made


def _place(made: Piece, child: Timed, cell: Cell, axis: float, tops: Sequence[float], above: float | None) -> None:
    top = tops[cell.first]
    bottom = top + child.piece.height
    made.pieces.append((axis - child.piece.width / 2, top, child.piece))
    entry = axis - child.piece.width / 2 + child.piece.axis
    if cell.first == 0:
        made.shapes.append((0, 0, Wire(made.axis, 0, entry, top, "dotted" if child.floats else "", arrow=False)))
    elif above is not None:
        made.shapes.append((0, 0, Wire(entry, above, entry, top)))
    if cell.last == len(tops) - 1 and not child.floats and not child.piece.ends:
        made.shapes.append((0, 0, Wire(entry, bottom, made.axis, made.height, arrow=False)))


def _widths(children: Sequence[Timed], grid: Sequence[Cell]) -> list[float]:
    widths = [0.0] * (1 + max(cell.column for cell in grid))
    for cell, child in zip(grid, children, strict=True):
        widths[cell.column] = max(widths[cell.column], child.piece.width)
    return widths


def _heights(children: Sequence[Timed], grid: Sequence[Cell]) -> list[float]:
    """The height of each row, so that every piece fits into its own; short spans are settled first."""
    heights = [0.0] * max(cell.last for cell in grid)
    spans = sorted(zip(grid, children, strict=True), key=lambda pair: pair[0].last - pair[0].first)
    for cell, child in spans:
        room = sum(heights[cell.first : cell.last]) + GAP * (cell.last - cell.first - 1)
        heights[cell.last - 1] += max(child.piece.height - room, 0)
    return heights
