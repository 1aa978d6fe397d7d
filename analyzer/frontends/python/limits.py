"""What libcst must not be given: it would take too long, or overrun its stack."""

from __future__ import annotations

import re

from analyzer.frontends.python.lines import Issue, Lines
from analyzer.frontends.python.scanner import marks_of

MAX_LINKS = 500
"""Longest chain of operators, calls or lambdas. libcst 1.9 takes some 0.5 s for it; 23 s and 2.8 GB for 4,000 ternaries."""

MAX_COST = 2_000_000
"""Most links of all long lines of a text, each counted as often as links stand before it in its chain; some 8 s."""

MAX_PATTERN = 12
"""Deepest nesting of brackets in a ``case``, braces counted twice: each level doubles libcst's time, 20 take 8 s."""

MAX_ELIFS = 100_000
"""Most ``elif`` in a text. libcst nests them in one another, and needs 7 s and 750 MB for so many."""

_FEW_LINKS = 40
"""Most links of a line whose chains are not counted."""

_CASE = re.compile(r"case\b[^\r\n]*?[(\[{]")
_OPERATOR = r"(?:\.(?!\d)|[-+~]|[*/%@&|^<>=!]+|\b(?:not|lambda|if|else|for|and|or|in|is|await)\b)"
_LINKS = re.compile(rf"{_OPERATOR}|[)\]]\s*[(\[]")
_LINK = re.compile(r"([(\[{])|([)\]}])|([,;])|" + _OPERATOR)
_WEIGHTS = {"(": 1, "[": 1, "{": 2, ")": -1, "]": -1, "}": -2}


def too_costly(lines: Lines) -> list[Issue]:
    """An issue for each logical line that libcst must not be given."""
    found: list[Issue] = []
    spent = 0
    for line, (start, stop) in enumerate(zip(lines.starts, lines.stops, strict=True)):
        if stop - start > _FEW_LINKS and len(_LINKS.findall(lines.text, start, stop)) > _FEW_LINKS:
            longest, cost = _measure(_code_only(lines.text, start, stop))
            if longest > MAX_LINKS or spent + cost > MAX_COST:
                found.append(Issue(start, start + 1, f"an expression of more than {MAX_LINKS} operators in a chain", line))
                continue
            spent += cost
        if lines.text.startswith("case", start) and _pattern_depth(lines.text, start, stop) > MAX_PATTERN:
            found.append(Issue(start, start + 1, f"a pattern nested more than {MAX_PATTERN} deep", line))
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


def _pattern_depth(text: str, start: int, stop: int) -> int:
    """How deeply the brackets of a ``case`` are nested; those of its guard are counted with it."""
    if _CASE.match(text, start, stop) is None:
        return 0
    depth = deepest = 0
    for char in _code_only(text, start, stop):
        depth += _WEIGHTS.get(char, 0)
        deepest = max(deepest, depth)
    return deepest
