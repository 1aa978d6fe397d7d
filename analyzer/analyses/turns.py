"""What to call the number of turns of a loop, after the source of what it runs through."""

from __future__ import annotations

import re
from itertools import accumulate

SAME_LENGTH = re.compile(
    r"(?:enumerate|reversed|sorted|list|tuple|Object\.(?:keys|values|entries))\((.*)\)|(.*)\.(?:items|keys|values|entries)\(\)"
)
"""Calls that yield as many elements as what they are given has."""
RANGE = re.compile(r"range\((.*)\)")
LENGTH = re.compile(r"len\((.*)\)")
DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def turns_of(text: str) -> str:
    """How often a loop over an expression runs: ``len(items)`` for ``enumerate(items)``, ``n`` for ``range(n)``."""
    count = RANGE.fullmatch(text)
    if count is not None and _stands_apart(count[1], ","):
        length = LENGTH.fullmatch(count[1])
        return turns_of(length[1]) if length is not None and _stands_apart(length[1], ",") else count[1]
    same = SAME_LENGTH.fullmatch(text)
    if same is not None and (_stands_apart(same[1], ",") or _stands_apart(same[2], ", ")):
        return turns_of(same[1] or same[2])
    return f"len({text})"


def _stands_apart(text: str | None, separators: str) -> bool:
    """Whether an expression is there, closes its brackets and has none of these characters outside them."""
    depths = list(accumulate(DEPTH.get(char, 0) for char in text or ""))
    closed = depths[-1:] == [0] and min(depths) >= 0
    return closed and not any(not depth and char in separators for char, depth in zip(text or "", depths, strict=True))
