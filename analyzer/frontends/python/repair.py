"""Takes what is broken out of a text, at equal length, so that the rest can be read where it stands.

A broken head of a compound statement becomes a short one, so that what it guards is kept; any other broken line becomes
``0``, of which the lowering makes an Opaque.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from analyzer.frontends.python.lines import Lines
from analyzer.frontends.python.problems import Refusal

_CONFLICT = re.compile(r"^(?:<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)(?: [^\r\n]*)?$", re.MULTILINE)
_VISIBLE = re.compile(r"[^\r\n]")
_HEAD = re.compile(r"(?:(async)\s+)?(def|class|if|elif|else|while|for|with|try|except|finally|match|case)\b(?:\s+(\w+))?")
_NAMES = re.compile(r"(?:^[^(]*\(|,)\s*(\*{0,2}[^\W\d][\w.]*)")
_SHORT = {
    "if": "if _:",
    "elif": "elif _:",
    "while": "while _:",
    "for": "for _ in _:",
    "with": "with _:",
    "match": "match _:",
    "case": "case _:",
}
_HOLE = "0"


class Repair(NamedTuple):
    """What to write instead of a piece of a text; ``leaves_hole``: the ``0`` written stands for a broken statement."""

    start: int
    end: int
    written: str
    leaves_hole: bool


NOTHING = Repair(0, 0, "", False)
"""The repair that changes nothing."""


def repaired(text: str, repairs: Iterable[Repair]) -> str:
    """The text with repairs applied, which do not overlap."""
    pieces: list[str] = []
    at = 0
    for repair in sorted(repairs):
        pieces += (text[at : repair.start], repair.written)
        at = repair.end
    return "".join([*pieces, text[at:]])


def without_conflicts(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with merge-conflict markers blanked, and where they stood; what is between them stays."""
    if "<<<<<<<" not in text:
        return text, []
    spans = [match.span() for match in _CONFLICT.finditer(text)]
    return _CONFLICT.sub(lambda match: " " * len(match[0]), text), spans


def without_row(lines: Lines, offset: int, line: int) -> Repair:
    """Takes out a logical line, down to the end of the row an offset is in: what follows may be sound.

    A row that is the head of a compound statement becomes a short one.
    """
    if line >= len(lines.starts):
        return NOTHING
    start = min(lines.starts[line], offset)
    found = lines.text.find("\n", offset)
    end = len(lines.text) if found < 0 else found
    row = lines.text[start:end].rstrip()
    if _HEAD.match(row) and row.endswith(":") and (short := _short_head(row)) != row and len(short) <= len(row):
        return _shortened(lines.text, start, end, short)
    return _blank(lines, start, end, leave_hole=not _indents(lines, line))


def without_refused(lines: Lines, refusal: Refusal) -> Repair:
    """Takes out what the parser refused, if anything can be done about it."""
    line, expected = refusal.issue.line, refusal.expected
    if "INDENT" in expected:
        return _without_lines(lines, line - 1, line)
    if expected >= {"except", "finally"}:
        return _without_try(lines, line)
    if line >= len(lines.starts):
        return NOTHING
    if refusal.issue.message == "unexpected indent":
        return _blank(lines, lines.starts[line], lines.stops[_last_indented(lines, line)], leave_hole=False)
    if _HEAD.match(lines.code(line)) is None:
        return _without_lines(lines, line, line + 1)
    return _without_head(lines, line, is_out_of_place=bool(expected) and refusal.issue.start == lines.starts[line])


def _last_indented(lines: Lines, line: int) -> int:
    """The last line of those that follow one another and are indented at least like this."""
    last = line
    while last + 1 < len(lines.starts) and lines.columns[last + 1] >= lines.columns[line]:
        last += 1
    return last


def _without_lines(lines: Lines, first: int, after: int) -> Repair:
    """Takes out lines, from one to before another."""
    if not 0 <= first < after <= len(lines.starts):
        return NOTHING
    is_alone = after == first + 1
    leave_hole = not (is_alone and (_indents(lines, first) or lines.code(first).startswith("@")))
    return _blank(lines, lines.starts[first], lines.stops[after - 1], leave_hole)


def _indents(lines: Lines, line: int) -> bool:
    """Whether the next line is indented more although this is no head: then this one is what does not belong here."""
    deeper = line + 1 < len(lines.starts) and lines.columns[line + 1] > lines.columns[line]
    return deeper and _HEAD.match(lines.code(line)) is None


def _without_head(lines: Lines, line: int, is_out_of_place: bool) -> Repair:
    """Writes a short head in place of a broken one; takes out its statements too if that does not help."""
    code = lines.code(line)
    short = _short_head(code)
    fits = len(short) <= len(code.rstrip()) and not code.startswith(short)
    if is_out_of_place or not fits or lines.after[line] == line + 1:
        return _without_lines(lines, line, lines.after[line])
    return _shortened(lines.text, lines.starts[line], lines.stops[line], short)


def _short_head(code: str) -> str:
    """The shortest head of the same kind; of a function or class with the names in its brackets."""
    match = _HEAD.match(code)
    assert match is not None
    before = "" if match[1] is None else "async "
    keyword = match[2]
    if keyword not in ("def", "class"):
        return before + _SHORT.get(keyword, f"{keyword}:")
    names = ",".join(_NAMES.findall(code))
    return f"{before}{keyword} {match[3] or '_'}" + (f"({names}):" if names or keyword == "def" else ":")


def _without_try(lines: Lines, line: int) -> Repair:
    """A ``try`` without handlers gets one if the text ends there, else it goes with what is in it."""
    tries = [before for before in range(min(line, len(lines.starts))) if lines.after[before] == line]
    tries = [before for before in tries if lines.code(before).startswith("try")]
    if not tries:
        return _without_lines(lines, line, line + 1)
    if line < len(lines.starts):
        return _without_lines(lines, tries[-1], line)
    start = lines.starts[tries[-1]]
    indent = lines.text[start - lines.margins[tries[-1]] : start]
    end = len(lines.text.rstrip())
    return Repair(end, len(lines.text), f"\n{indent}finally: 0\n", False)


def _shortened(text: str, start: int, end: int, head: str) -> Repair:
    return Repair(start, end, head + _VISIBLE.sub(" ", text[start + len(head) : end]), False)


def _blank(lines: Lines, start: int, end: int, leave_hole: bool) -> Repair:
    broken = lines.text[start:end]
    blank = _VISIBLE.sub(" ", broken)
    if not leave_hole or broken.strip() == _HOLE:
        return Repair(start, end, blank, False)
    return Repair(start, end, _HOLE + blank[1:], True)
