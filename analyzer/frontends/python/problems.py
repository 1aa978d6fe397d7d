"""What libcst refuses, as a place and words.

Its parser names the place behind the token it stumbled over, its tokenizer none at all; the columns of its exception
are of no use.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst

from analyzer.frontends.python.lines import Issue, Lines
from analyzer.frontends.python.scanner import marks_of

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_TOKENIZER = "tokenizer error: "
_TOKEN = re.compile(r"\w[\w.]*|\\|[^\w \t\f\r\n()\[\]{}]")
_LAST_TOKEN = re.compile(r"(?:\w+|\*\*=|//=|<<=|>>=|\.\.\.|[-+*/%@&|^=<>!:]=|->|\*\*|//|<<|>>|<>|[^\w\s])\Z")
_HEAD = re.compile(r"(?:async|case|class|def|elif|else|except|finally|for|if|match|try|while|with)\b")
_WORDS = {
    "NAME": "a name",
    "NUMBER": "a number",
    "STRING": "a string",
    "INDENT": "an indented block",
    "NEWLINE": "the end of the line",
    "EOF": "the end of the file",
    "ASYNC": "`async`",
}
_CONTEXTS = {"elif": "if _: pass\n", "except": "try: pass\n", "case": "match _:\n "}
_MAX_SHOWN = 40
_FEW = 3


class Refusal(NamedTuple):
    """What was refused, and what would have been right, in libcst's words (empty if it does not say)."""

    issue: Issue
    expected: frozenset[str]


def refusal_of(error: Exception, lines: Lines) -> Refusal:
    """Where and why a text did not parse."""
    message = error.message if type(error) is cst.ParserSyntaxError else str(error) or type(error).__name__
    found = _PLACE.search(message)
    if found is not None:
        return _unparsed(lines, int(found[1]), int(found[2]), frozenset(found[3].strip().split(", ")))
    return Refusal(_unplaced(lines, message.removeprefix(_TOKENIZER)), frozenset())


def _unparsed(lines: Lines, row: int, column: int, expected: frozenset[str]) -> Refusal:
    """``row`` and ``column``, counted from 1 and from 0, are those of the token behind the one refused."""
    text = lines.text
    offset = _row_start(text, row) + column
    line = bisect_right(lines.starts, offset) - 1
    if line >= 0 and offset == lines.starts[line]:
        return Refusal(_between_lines(lines, line, expected), expected)
    if line < 0 or text.count("\n", 0, lines.stops[line]) + 1 < row:
        return Refusal(_between_lines(lines, line + 1, expected), expected)
    start, end = _token_before(lines, line, offset)
    if "INDENT" in expected:
        return Refusal(Issue(start, end, "expected an indented block", line), expected)
    return Refusal(Issue(start, end, f"unexpected `{_shown(text[start:end])}`" + _instead(expected), line), expected)


def _row_start(text: str, row: int) -> int:
    at = 0
    for _ in range(row - 1):
        at = text.find("\n", at) + 1 or len(text)
    return at


def _between_lines(lines: Lines, line: int, expected: frozenset[str]) -> Issue:
    """What was refused is the end of the line before, or how this one is indented."""
    before = max(line - 1, 0)
    is_last = line >= len(lines.starts)
    if not is_last and "pass" in expected and lines.columns[line] > (lines.columns[before] if line else 0):
        return Issue(lines.starts[line], lines.starts[line] + 1, "unexpected indent", line)
    end = lines.end(before) if lines.starts else 0
    if "INDENT" in expected:
        return Issue(end, end, "expected an indented block", line)
    if ":" in expected and lines.starts and _HEAD.match(lines.code(before)):
        return Issue(end, end, "expected `:`", before)
    message = f"unexpected end of the {'file' if is_last else 'line'}" + _instead(expected)
    return Issue(end, end, message, line if "except" in expected else before)


def _token_before(lines: Lines, line: int, offset: int) -> tuple[int, int]:
    """Where the last token of a line before an offset stands; comments are none."""
    text, first = lines.text, lines.starts[line]
    end = min(offset, lines.stops[line])
    for mark in reversed(marks_of(text, first, end)):
        end = first + len(text[first:end].rstrip(" \t\f\r\n"))
        if mark.end < end:
            break
        if not mark.is_comment:
            return mark.start, end
        end = mark.start
    end = first + len(text[first:end].rstrip(" \t\f\r\n"))
    found = _LAST_TOKEN.search(text, first, end)
    return (max(end - 1, first) if found is None else found.start()), end


def _instead(expected: frozenset[str]) -> str:
    if not 0 < len(expected) <= _FEW:
        return ""
    return ", expected " + " or ".join(sorted([_WORDS.get(word, f"`{word}`") for word in expected]))


def _shown(text: str) -> str:
    shown = text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
    return "".join([char if char.isprintable() else f"U+{ord(char):04X}" for char in shown])


def _unplaced(lines: Lines, reason: str) -> Issue:
    """Finds what the tokenizer refuses, or a defect of libcst makes fail, by reading the lines one by one."""
    for line, start in enumerate(lines.starts):
        if not _fails(_alone(lines.code(line))):
            continue
        for token in _tokens(lines.text, start, lines.stops[line]):
            if _fails(token[0]):
                return Issue(*token.span(), f"unexpected `{_shown(token[0])}`" if len(token[0]) == 1 else reason, line)
        return Issue(start, start + 1, reason, line)
    return Issue(0, min(1, len(lines.text)), reason, len(lines.starts))


def _tokens(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """What stands between two offsets outside comments and literals."""
    for mark in marks_of(text, start, stop):
        yield from _TOKEN.finditer(text, start, mark.start)
        start = mark.end
    yield from _TOKEN.finditer(text, start, stop)


def _alone(code: str) -> str:
    """A line as a text of its own."""
    if code.startswith("@"):
        return f"{code}\ndef _(): pass"
    before = next((text for keyword, text in _CONTEXTS.items() if code.startswith(keyword)), "")
    return f"{before}{code} pass" if code.rstrip().endswith(":") else before + code


def _fails(text: str) -> bool:
    """Whether a text is refused for another reason than its syntax."""
    try:
        cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        return error.message.startswith(_TOKENIZER)
    except Exception:  # whatever libcst's own checks raise
        return True
    return False
