"""The logical lines of a text and what stands between its tokens; libcst tells neither where they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.frontends.text import Mark

MAX_INDENTS = 99
"""Most levels of indentation in one another, as for CPython and libcst."""

_TAB = 8


class Issue(NamedTuple):
    """Something wrong with a text: from where to where, what in words, and the number of the logical line."""

    start: int
    end: int
    message: str
    line: int


@dataclass(slots=True)
class Lines:
    """The logical lines of a text, numbered from 0; offsets are code points.

    ``starts``: where their first tokens stand. ``margins``: how far those are indented, in characters; ``columns``: the
    same with tabs counted to the next multiple of 8. ``stops``: where their code ends, comments aside. ``after``: the
    number of the first later line that is indented no more. ``marks``: comments, continuations and literals, in order.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    margins: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def begin(self, start: int, indent: str) -> None:
        """Adds a line whose first token stands behind an indentation."""
        self.starts.append(start)
        self.margins.append(len(indent))
        self.columns.append(len(indent) if indent.isspace() and indent.count(" ") == len(indent) else _column(indent))

    def finish(self, stop: int) -> None:
        """Ends the line begun last; one without code is none."""
        if stop > self.starts[-1]:
            self.stops.append(stop)
        else:
            del self.starts[-1], self.margins[-1], self.columns[-1]

    def end(self, line: int) -> int:
        """Where the last statement of a line ends, a closing semicolon aside."""
        start = self.starts[line]
        return start + len(self.text[start : self.stops[line]].rstrip("; \t\f\\\r\n"))

    def code(self, line: int) -> str:
        """The text of a line without what follows its code."""
        return self.text[self.starts[line] : self.stops[line]]

    def marks_between(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that touch the text between two offsets, in order."""
        at = bisect_left(self.marks, (start,))
        at -= at > 0 and self.marks[at - 1].end > start
        while at < len(self.marks) and self.marks[at].start < end:
            yield self.marks[at]
            at += 1

    def nest(self) -> None:
        """Fills in ``after`` when all lines are known, and finds lines that are indented like none above them."""
        columns = self.columns
        self.after = after = [len(columns)] * len(columns)
        stack: list[int] = []
        for line, column in enumerate(columns):
            dedents = bool(stack) and columns[stack[-1]] > column
            while stack and columns[stack[-1]] > column:
                after[stack.pop()] = line
            above = stack[-1] if stack else None
            same = above is not None and columns[above] == column
            if dedents and column and not same:
                self._complain(line, "indented like no line above it")
            elif above is not None and (self.margins[above] != self.margins[line]) is same:
                self._complain(line, "tabs and spaces are mixed: the indentation is not that of the lines above it")
            if same:
                after[stack.pop()] = line
            stack.append(line)
            if len(stack) == MAX_INDENTS + 2:
                self._complain(line, f"more than {MAX_INDENTS} levels of indentation")

    def _complain(self, line: int, message: str) -> None:
        start = self.starts[line]
        self.issues.append(Issue(start, start + 1, message, line))


def _column(indent: str) -> int:
    column = 0
    for char in indent:
        column = 0 if char == "\f" else (column // _TAB + 1) * _TAB if char == "\t" else column + 1
    return column
