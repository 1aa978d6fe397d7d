"""Finds the logical lines of a text, its comments and literals, in one pass of a regular expression.

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
_BLANKS = rf"(?:[ \t\f]*+(?:\#[^\r\n]*+)?{_BREAK})*+[ \t\f]*+"
_EVENTS = (
    rf"({_BREAK}{_BLANKS})",
    r"([(\[{])",
    r"([)\]}])",
    r"(\#[^\r\n]*+)",
    r"""((?<!\w)(?:[fFtT][rR]?|[rR][fFtT])(?:"{3}|'{3}|["']))""",
    r"""("{3}[^"\\]*+(?:(?:\\[\s\S]|"(?!""))[^"\\]*+)*+"{3}|'{3}[^'\\]*+(?:(?:\\[\s\S]|'(?!''))[^'\\]*+)*+'{3}"""
    r"""|"(?!"")[^"\\\r\n]*+(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*+)*+"|'(?!'')[^'\\\r\n]*+(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*+)*+')""",
    r"""("{3}|'{3}|["'])""",
    rf"(\\{_BREAK})",
)
_CODE = re.compile("|".join(_EVENTS))
_HOLE = re.compile("|".join((*_EVENTS, "(:)")))
_START = re.compile("\ufeff?" + _BLANKS)
_COMMENT = re.compile(r"#[^\r\n]*")
_INDENT = re.compile(r"[ \t\f]*\Z")
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
    scanner = _Scanner(text)
    scanner.run()
    scanner.lines.nest()
    return scanner.lines


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

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)
        self.stack: list[_Bracket] = []
        self.comment: int | None = None
        self.too_deep = False

    def run(self) -> None:
        """Reads the whole text."""
        text, stack = self.text, self.stack
        handlers: tuple[Callable[[re.Match[str]], int], ...] = (
            self._line_break,
            self._open,
            self._close,
            self._comment,
            self._string_with_holes,
            self._string,
            self._unterminated,
            self._continuation,
            self._format,
        )
        match = _START.match(text)
        assert match is not None
        at = self._begin(match)
        while (match := (_HOLE if stack and stack[-1].string is not None else _CODE).search(text, at)) is not None:
            at = handlers[(match.lastindex or 1) - 1](match)
        if stack:
            self._never_closed()
        self._finish(len(text))

    def _begin(self, blanks: re.Match[str]) -> int:
        self.comment = None
        found = blanks[0]
        if "#" in found:
            comments = _COMMENT.finditer(self.text, blanks.start(), blanks.end())
            self.lines.marks.extend([Mark(*comment.span(), True) for comment in comments])
        indent = _INDENT.search(found)
        self.lines.begin(blanks.end(), "" if indent is None else indent[0])
        return blanks.end()

    def _finish(self, end: int) -> None:
        self.lines.finish(end if self.comment is None else self.comment)

    def _line_break(self, match: re.Match[str]) -> int:
        if self.stack:
            if _STATEMENT.match(self.text, match.end()) is None:
                return self._blank(match)
            self._never_closed()
            self.stack.clear()
        self._finish(match.start())
        return self._begin(match)

    def _blank(self, match: re.Match[str]) -> int:
        """Goes on behind the first line end: what follows are comments of their own."""
        return match.start() + (2 if match[0].startswith("\r\n") else 1)

    def _open(self, match: re.Match[str]) -> int:
        self._push(match[0], match.start(), None)
        return match.end()

    def _push(self, opener: str, start: int, string: _String | None) -> None:
        self.stack.append(_Bracket(opener, start, string))
        if len(self.stack) > MAX_BRACKETS and not self.too_deep:
            self.too_deep = True
            self._complain(start, start + 1, f"brackets nested more than {MAX_BRACKETS} deep")

    def _close(self, match: re.Match[str]) -> int:
        start, end, closer = match.start(), match.end(), match[0]
        if not self.stack:
            self._complain(start, end, f"unexpected `{closer}`")
            return end
        bracket = self.stack[-1]
        if _CLOSERS[bracket.opener] != closer:
            self._complain(start, end, f"unexpected `{closer}`: the open bracket is a `{bracket.opener}`")
            return end
        self.stack.pop()
        return end if bracket.string is None else self._text(bracket.string, end, end)

    def _comment(self, match: re.Match[str]) -> int:
        self.lines.marks.append(Mark(match.start(), match.end(), True))
        if not self.stack:
            self.comment = match.start()
        return match.end()

    def _string(self, match: re.Match[str]) -> int:
        self.lines.marks.append(Mark(match.start(), match.end(), False))
        return match.end()

    def _unterminated(self, match: re.Match[str]) -> int:
        self._complain(match.start(), match.end(), "unterminated string")
        rest = _REST_OF_LINE.match(self.text, match.end())
        end = len(self.text) if len(match[0]) == 3 or rest is None else rest.end()
        self._mark(match.start(), end)
        return end

    def _continuation(self, match: re.Match[str]) -> int:
        self.lines.marks.append(Mark(match.start(), match.end(), True))
        return match.end()

    def _string_with_holes(self, match: re.Match[str]) -> int:
        prefix = match[0].rstrip("\"'")
        string = _String(match.start(), match[0][len(prefix) :], "r" in prefix.lower())
        return self._text(string, match.end(), match.start() + len(prefix))

    def _format(self, match: re.Match[str]) -> int:
        string = self.stack[-1].string
        assert string is not None
        return self._text(string, match.end(), match.end(), in_format=True)

    def _text(self, string: _String, at: int, start: int, in_format: bool | None = None) -> int:
        """Reads the text of a string, or the format of its innermost hole, up to the next hole or its end."""
        if in_format is None:
            in_format = bool(self.stack) and self.stack[-1].string is string
        pattern = _TEXTS[string.quote, string.raw, in_format]
        while (match := pattern.search(self.text, at)) is not None and match[0] not in ("\r", "\n"):
            found, at = match[0], match.end()
            if found == string.quote:
                self._mark(start, at)
                self._leave(string)
                return at
            if found == "{":
                self._mark(start, at - 1)
                self._push("{", at - 1, string)
                return at
            if found == "}" and in_format:
                self._mark(start, at - 1)
                self.stack.pop()
                return self._text(string, at, at)
        end = len(self.text) if match is None else match.start()
        self._complain(string.start, string.start + 1, "unterminated string")
        self._mark(start, end)
        self._leave(string)
        return end

    def _leave(self, string: _String) -> None:
        """Ends a string; a hole of it that is still open is libcst's to report."""
        while self.stack and self.stack[-1].string is string:
            self.stack.pop()

    def _mark(self, start: int, end: int) -> None:
        if end > start:
            self.lines.marks.append(Mark(start, end, False))

    def _never_closed(self) -> None:
        bracket = self.stack[-1]
        self._complain(bracket.start, bracket.start + 1, f"`{bracket.opener}` is never closed")

    def _complain(self, start: int, end: int, message: str) -> None:
        self.lines.issues.append(Issue(start, end, message, len(self.lines.starts) - 1))
