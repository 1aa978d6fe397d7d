"""What the numbers in a parallel say about the order of what is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from analyzer.payload.document import NodeDocument


Number: TypeAlias = float | None

Numbers: TypeAlias = tuple[Number, Number]
"""When a promise starts and when it is joined."""


class Timing(NamedTuple):
    """Of a node in a parallel: the nodes behind whose end it starts, by index, and how its own end is used."""

    after: tuple[int, ...]
    floats: bool
    """It is started and never joined."""
    is_last: bool
    """It is joined, and nothing in the parallel starts behind it."""


def timings(nodes: Sequence[NodeDocument]) -> list[Timing]:
    """The timing of each node. One that starts at 3 starts behind those that began earlier and are resolved at 3."""
    numbers = [numbers_of(node) for node in nodes]
    resolved: defaultdict[float, list[int]] = defaultdict(list)
    for index, (starts, resolves) in enumerate(numbers):
        if starts is not None and resolves is not None and starts < resolves:
            resolved[resolves].append(index)
    after = [tuple(resolved.get(starts, ())) if starts is not None else () for starts, _ in numbers]
    followed = {index for earlier in after for index in earlier}
    floating = [starts is not None and resolves is None for starts, resolves in numbers]
    return [
        Timing(earlier, floats, not floats and index not in followed)
        for index, (earlier, floats) in enumerate(zip(after, floating, strict=True))
    ]


class Cell(NamedTuple):
    """Where something that runs beside others stands in a grid of time: its column, its first row, the row behind its last."""

    column: int
    first: int
    last: int


def cells(numbers: Sequence[Numbers]) -> list[Cell]:
    """A column and rows for each; one goes into the first column that is free when it starts. What shares a row may overlap."""
    spans = _spans(numbers)
    row = {tick: index for index, tick in enumerate(sorted({tick for span in spans for tick in span}))}
    free: list[float] = []
    found: list[Cell] = []
    for start, end in spans:
        column = next((index for index, until in enumerate(free) if until <= start), len(free))
        free[column : column + 1] = [end]
        found.append(Cell(column, row[start], row[end]))
    return found


def _spans(numbers: Sequence[Numbers]) -> list[tuple[float, float]]:
    """From when to when each runs; one without numbers as long as all of them, one never joined for a moment."""
    starting = [start for start, _ in numbers if start is not None]
    first = min(starting, default=1)
    last = max([first + 1, *(start + 1 for start in starting), *(end for _, end in numbers if end is not None)])
    return [
        (first, last) if start is None else (start, max(start + 1, start if end is None else end)) for start, end in numbers
    ]


def numbers_of(node: NodeDocument) -> Numbers:
    """The numbers of a node of a payload, if it has any."""
    match node["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
            return node.get("starts"), node.get("resolves")
        case _:
            return None, None
