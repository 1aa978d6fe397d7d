"""Finds the logical lines of a text, or its comments and literals, in one pass of a regular expression.

It also finds what must not be given to libcst (brackets nested so deeply that it overruns the stack) and what libcst's
tokenizer refuses without saying where.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from analyzer.frontends.python.lines import Issue, Lines
from analyzer.frontends.text import Mark

MAX_BRACKETS = 200
"""Deepest nesting of brackets, CPython's own limit. libcst 1.9 overruns the stack of a thread at some 1,000."""

_BREAK = r"(?:\r\n?|\n)"
_BLANK_LINES = rf"(?:[ \t\f]*+(?:\#[^\r\n]*+)?{_BREAK})*+"
_QUOTE = r"""("{3}|'{3}|["'])"""
_HAS_HOLES = r"(?:(?<=\b[fFtT])|(?<=\b[fFtT][rR])|(?<=\b[rR][fFtT]))"
_HAS_NONE = r"(?<!\b[fFtT])(?<!\b[fFtT][rR])(?<!\b[rR][fFtT])"
_BULK = r"""[^\r\n()\[\]{}#"'\\]++"""
_BULK_OF_HOLE = r"""[^\r\n()\[\]{}#"'\\:]++"""


def _plain(quote: str) -> str:
    """A string without holes that ends in its line, and one in three quotes."""
    one = rf"{quote}(?!{quote}{quote})[^{quote}\\\r\n]*+(?:\\(?:\r\n|[\s\S])[^{quote}\\\r\n]*+)*+{quote}"
    three = quote * 3
    return rf"{one}|{three}[^{quote}\\]*+(?:(?:\\[\s\S]|{quote}(?!{quote}{quote}))[^{quote}\\]*+)*+{three}"


_STRING = _HAS_NONE + "(?:" + _plain('"') + "|" + _plain("'") + ")"
_FLAT = "|".join([rf"\{pair[0]}(?:{_BULK}|{_STRING})*+\{pair[1]}" for pair in ("()", "[]", "{}")])
_NEVER = "(?!)"


def _events(skipped: str, string: str, colon: str) -> re.Pattern[str]:
    """What may be skipped, and then one event: the number of its last group tells which."""
    events = (
        rf"({_BREAK}{_BLANK_LINES})([ \t\f]*+)",
        r"([(\[{])",
        r"([)\]}])",
        r"(\#[^\r\n]*+)",
        _HAS_HOLES + _QUOTE,
        f"({string})",
        _QUOTE,
        rf"(\\{_BREAK}|\\)",
        f"({colon})",
    )
    return re.compile(f"(?:{skipped})*+(?:{'|'.join(events)})")


class _Patterns(NamedTuple):
    """How events are found in code, and in the code of a hole in a string, where a colon is one."""

    code: re.Pattern[str]
    hole: re.Pattern[str]


_LINES = _Patterns(
    _events(f"{_BULK}|{_STRING}|{_FLAT}", _NEVER, _NEVER), _events(f"{_BULK_OF_HOLE}|{_STRING}|{_FLAT}", _NEVER, ":")
)
_MARKS = _Patterns(_events(_BULK, _STRING, _NEVER), _events(_BULK_OF_HOLE, _STRING, ":"))
_START = re.compile(f"\ufeff?({_BLANK_LINES})([ \\t\\f]*+)")
_COMMENT = re.compile(r"#[^\r\n]*")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_STATEMENT = re.compile(
    r"(?:def|class|return|raise|while|with|try|except|finally|elif|import|assert|del|pass|break|continue|global|nonlocal)\b"
)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def _text_pattern(quote: str, raw: bool, in_format: bool) -> re.Pattern[str]:
    """Where something happens in the text of a string with holes, or in the format of a hole."""
    escapes = r"\\(?:\r\n|[^{}])" if raw else r"\\N\{[^{}\r\n]*\}|\\(?:\r\n|[^{}])"
    doubled = "" if in_format else r"\{\{|\}\}|"
    return re.compile(rf"{doubled}[{{}}]|{escapes}|{quote}" + ("" if len(quote) == 3 else r"|[\r\n]"))


_TEXTS = {
    (quote, raw, in_format): _text_pattern(quote, raw, in_format)
    for quote in ('"""', "'''", '"', "'")
    for raw in (False, True)
    for in_format in (False, True)
}


def scan(text: str) -> Lines:
    """The logical lines of any text. What no Python reads is in their ``issues``; the lines around it are found."""
    scanner = _Scanner(text, len(text), _LINES)
    scanner.run(0)
    scanner.lines.nest()
    return scanner.lines


def marks_of(text: str, start: int, end: int) -> list[Mark]:
    """The comments, continuations and literals between two offsets, of which the first does not stand in any, in order.

    A continuation counts as a comment: both are dropped where the text is shown.
    """
    scanner = _Scanner(text, end, _MARKS)
    scanner.run(start)
    return scanner.marks


class _String(NamedTuple):
    """A string with holes that is being read: where it starts, its quote, whether backslashes are plain."""

    start: int
    quote: str
    raw: bool


class _Bracket(NamedTuple):
    """An open bracket; ``string``: the one it is a hole of."""

    opener: str
    start: int
    string: _String | None


class _Scanner:
    """Goes from one event to the next; every handler yields the offset at which to go on."""

    def __init__(self, text: str, end: int, patterns: _Patterns) -> None:
        self.text, self.end, self.patterns = text, end, patterns
        self.lines = Lines(text)
        self.marks: list[Mark] = []
        self.stack: list[_Bracket] = []
        self.comment: int | None = None

    def run(self, start: int) -> None:
        """Reads the text from an offset."""
        text, end, stack, (in_code, in_hole) = self.text, self.end, self.stack, self.patterns
        handlers = self._handlers()
        blank = _START.match(text, start, end)
        at = start if blank is None else handlers[1](blank)
        while (match := (in_hole if stack and stack[-1].string is not None else in_code).match(text, at, end)) is not None:
            at = handlers[match.lastindex or 0](match)
        if stack:
            self._never_closed()
        self.lines.finish(end if self.comment is None else self.comment)

    def _handlers(self) -> tuple[Callable[[re.Match[str]], int], ...]:
        """By the number of the group that matched last; the first is never."""
        line_break = self._line_break if self.patterns is _LINES else self._comments_of_lines
        return (
            re.Match.end,
            line_break,
            line_break,
            self._open,
            self._close,
            self._comment,
            self._string_with_holes,
            self._string,
            self._unterminated,
            self._continuation,
            self._format,
        )

    def _line_break(self, match: re.Match[str]) -> int:
        if self.stack:
            if _STATEMENT.match(self.text, match.end()) is None:
                return match.end()
            self._never_closed()
            self.stack.clear()
        self.lines.turn(match.start(1) if self.comment is None else self.comment, match.end(), match[2])
        self.comment = None
        return match.end()

    def _comments_of_lines(self, match: re.Match[str]) -> int:
        self.marks.extend([Mark(*comment.span(), True) for comment in _COMMENT.finditer(self.text, *match.span())])
        return match.end()

    def _open(self, match: re.Match[str]) -> int:
        self._push(match[3], match.start(3), None)
        return match.end()

    def _push(self, opener: str, start: int, string: _String | None) -> None:
        self.stack.append(_Bracket(opener, start, string))
        if len(self.stack) > MAX_BRACKETS:
            self._complain(start, start + 1, f"brackets nested more than {MAX_BRACKETS} deep")
            self.stack.clear()

    def _close(self, match: re.Match[str]) -> int:
        start, end, closer = match.start(4), match.end(), match[4]
        if not self.stack:
            self._complain(start, end, f"unexpected `{closer}`")
            return end
        bracket = self.stack.pop()
        if _CLOSERS[bracket.opener] != closer:
            self._complain(start, end, f"unexpected `{closer}`: the open bracket is a `{bracket.opener}`")
            bracket = self._matching(bracket, closer)
        return end if bracket.string is None else self._text(bracket.string, end, end)

    def _matching(self, innermost: _Bracket, closer: str) -> _Bracket:
        """The bracket that is closed by one that does not fit the innermost: one around it if that fits, else itself."""
        if all(_CLOSERS[bracket.opener] != closer for bracket in self.stack):
            return innermost
        bracket = self.stack.pop()
        while _CLOSERS[bracket.opener] != closer:
            bracket = self.stack.pop()
        return bracket

    def _comment(self, match: re.Match[str]) -> int:
        self.marks.append(Mark(match.start(5), match.end(), True))
        if not self.stack:
            self.comment = match.start(5)
        return match.end()

    def _string_with_holes(self, match: re.Match[str]) -> int:
        start, end = match.span(6)
        letters = self.text[max(start - 2, 0) : start].lower()
        raw = letters[-1:] == "r" or letters in ("rf", "rt")
        return self._text(_String(start, match[6], raw), end, start)

    def _string(self, match: re.Match[str]) -> int:
        self.marks.append(Mark(match.start(7), match.end(), False))
        return match.end()

    def _unterminated(self, match: re.Match[str]) -> int:
        start, end = match.span(8)
        self._complain(start, end, "unterminated string")
        rest = _REST_OF_LINE.match(self.text, end, self.end)
        end = self.end if len(match[8]) == 3 or rest is None else rest.end()
        self._mark(start, end)
        return end

    def _continuation(self, match: re.Match[str]) -> int:
        if len(match[9]) > 1:
            self.marks.append(Mark(match.start(9), match.end(), True))
        return match.end()

    def _format(self, match: re.Match[str]) -> int:
        string = self.stack[-1].string
        return match.end() if string is None else self._text(string, match.end(), match.end(), in_format=True)

    def _text(self, string: _String, at: int, start: int, in_format: bool | None = None) -> int:
        """Reads the text of a string, or the format of its innermost hole, up to the next hole or its end."""
        if in_format is None:
            in_format = bool(self.stack) and self.stack[-1].string is string
        pattern = _TEXTS[string.quote, string.raw, in_format]
        while (match := pattern.search(self.text, at, self.end)) is not None and match[0] not in ("\r", "\n"):
            found, at = match[0], match.end()
            if found == string.quote:
                return self._leave(string, start, at)
            if found == "{":
                self._mark(start, at - 1)
                self._push("{", at - 1, string)
                return at
            if found == "}" and in_format:
                self._mark(start, at - 1)
                self.stack.pop()
                return self._text(string, at, at)
        self._complain(string.start, string.start + 1, "unterminated string")
        return self._leave(string, start, self.end if match is None else match.start())

    def _leave(self, string: _String, start: int, end: int) -> int:
        """Ends a string; a hole of it that is still open is libcst's to report."""
        self._mark(start, end)
        while self.stack and self.stack[-1].string is string:
            self.stack.pop()
        return end

    def _mark(self, start: int, end: int) -> None:
        if end > start:
            self.marks.append(Mark(start, end, False))

    def _never_closed(self) -> None:
        bracket = self.stack[-1]
        self._complain(bracket.start, bracket.start + 1, f"`{bracket.opener}` is never closed")

    def _complain(self, start: int, end: int, message: str) -> None:
        self.lines.issues.append(Issue(start, end, message, len(self.lines.starts) - 1))
