"""Which elements of two sequences are the same, in the same order: near linear, and exact where little differs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

EXACT = 10_000
"""Pairs of elements between which the longest common subsequence is searched exactly; beyond, occurrences are paired."""


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of indexes of equal elements, rising on both sides, as many as can be had cheaply."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    middle = _middle(old[first : len(old) - last], new[first : len(new) - last])
    return [
        *((index, index) for index in range(first)),
        *((a + first, b + first) for a, b in middle),
        *((len(old) - last + index, len(new) - last + index) for index in range(last)),
    ]


def _middle(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    if len(old) * len(new) <= EXACT:
        return longest_common(old, new)
    places = {token: index for index, token in enumerate(_numbered(old))}
    pairs = [(places[token], index) for index, token in enumerate(_numbered(new)) if token in places]
    return [pairs[index] for index in rising([a for a, _ in pairs])]


def _numbered(tokens: Iterable[Hashable]) -> Iterator[tuple[Hashable, int]]:
    """Each token with how often it has occurred before."""
    counts: Counter[Hashable] = Counter()
    for token in tokens:
        yield token, counts[token]
        counts[token] += 1


def longest_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs of indexes; takes as long as the product of the lengths."""
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a in reversed(range(len(old))):
        for b in reversed(range(len(new))):
            skipped = max(lengths[a + 1][b], lengths[a][b + 1])
            lengths[a][b] = lengths[a + 1][b + 1] + 1 if old[a] == new[b] else skipped
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < len(old) and b < len(new):
        if old[a] == new[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif lengths[a + 1][b] >= lengths[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs


def rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest rising subsequence of distinct numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [index]
    chosen: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(index)
        index = before[index]
    return chosen[::-1]
