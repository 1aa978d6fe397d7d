"""Expressions too long for libcst: chains of operators, calls or lambdas, which cost it time and memory by their square."""

from __future__ import annotations

import re

from analyzer.frontends.python.lines import Issue, Lines
from analyzer.frontends.python.scanner import marks_of

MAX_LINKS = 500
"""Longest chain given to libcst 1.9, which takes some 0.5 s for it, and for one of 4,000 ternaries 23 s and 2.8 GB."""

MAX_COST = 2_000_000
"""Most links of all chains of a line together, each counted as often as links stand before it; some 8 s."""

_SHORT = 2 * MAX_LINKS
_LINK = re.compile(
    r"([(\[{])|([)\]}])|([,;])|(?:\.(?!\d)|[-+~]|[*/%@&|^<>=!]+|\b(?:not|lambda|if|else|for|and|or|in|is|await)\b)"
)


def long_chains(lines: Lines) -> list[Issue]:
    """An issue for each logical line that holds a chain libcst must not be given."""
    found: list[Issue] = []
    cost = 0
    for line, (start, stop) in enumerate(zip(lines.starts, lines.stops, strict=True)):
        if stop - start >= _SHORT:
            longest, added = _measure(_code_only(lines.text, start, stop))
            cost += added
            if longest > MAX_LINKS or cost > MAX_COST:
                cost -= added
                found.append(Issue(start, start + 1, f"an expression of more than {MAX_LINKS} operators in a chain", line))
    return found


def _code_only(text: str, start: int, stop: int) -> str:
    """The code of a line, comments and literals left out."""
    pieces: list[str] = []
    for mark in marks_of(text, start, stop):
        pieces.append(text[start : mark.start])
        start = mark.end
    return " ".join([*pieces, text[start:stop]])


def _measure(code: str) -> tuple[int, int]:
    """The most links that hang on one another, those around brackets included, and what reading them costs."""
    outer: list[int] = []
    links = longest = cost = 0
    for match in _LINK.finditer(code):
        match match.lastindex:
            case 1:
                links += 1
                outer.append(links)
            case 2:
                links = outer.pop() if outer else 0
            case 3:
                links = outer[-1] if outer else 0
            case _:
                links += 1
        longest = max(longest, links)
        cost += links
    return longest, cost
