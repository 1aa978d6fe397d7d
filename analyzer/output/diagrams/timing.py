"""What the numbers in a parallel say about the order of what is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from analyzer.payload.document import NodeDocument


class Timing(NamedTuple):
    """Of a node in a parallel: the nodes behind whose end it starts, by index, and how its own end is used."""

    after: tuple[int, ...]
    floats: bool
    """It is started and never joined."""
    is_last: bool
    """It is joined, and nothing in the parallel starts behind it."""


def timings(nodes: Sequence[NodeDocument]) -> list[Timing]:
    """The timing of each node. One that starts at 3 starts behind those that began earlier and are resolved at 3."""
    numbers = [_numbers(node) for node in nodes]
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


def _numbers(node: NodeDocument) -> tuple[float | None, float | None]:
    match node["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
            return node.get("starts"), node.get("resolves")
        case _:
            return None, None
