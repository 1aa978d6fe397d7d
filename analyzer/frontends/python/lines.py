"""The logical lines of a text, and what is wrong with them; libcst tells neither where they are."""

from __future__ import annotations

from typing import NamedTuple

from analyzer.records import entity, field

MAX_INDENTS = 99
"""Most levels of indentation in one another, as for CPython and libcst."""

_TAB = 8


class Issue(NamedTuple):
    """Something wrong with a text: from where to where, what in words, and the number of the logical line."""

    start: int
    end: int
    message: str
    line: int


@entity
class Lines:
    """The logical lines of a text, numbered from 0; offsets are code points.

    ``starts``: where their first tokens stand. ``margins``: how far those are indented, in characters behind a form feed.
    ``columns``: the same with tabs counted to the next multiple of 8. ``stops``: where their code ends, comments aside.
    ``after``: the number of the first later line that is indented no more.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    margins: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def turn(self, stop: int, start: int, indent: str) -> None:
        """Ends the line begun last, if it holds code, and begins one whose first token stands behind an indentation."""
        self.finish(stop)
        self.starts.append(start)
        self.margins.append(len(indent) - indent.rfind("\f") - 1)
        self.columns.append(_column(indent) if "\t" in indent or "\f" in indent else len(indent))

    def finish(self, stop: int) -> None:
        """Ends the line begun last; one without code is none."""
        if not self.starts:
            return
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

    def nest(self) -> None:
        """Fills in ``after`` when all lines are known, and finds lines that are indented like none above them."""
        columns, margins = self.columns, list(self.margins)
        self.after = after = [len(columns)] * len(columns)
        stack: list[int] = []
        for line, column in enumerate(columns):
            dedents = bool(stack) and columns[stack[-1]] > column
            while stack and columns[stack[-1]] > column:
                after[stack.pop()] = line
            above = stack[-1] if stack else line
            if columns[above] == column:
                if margins[above] != margins[line]:
                    self.complain(line, "tabs and spaces are mixed in the indentation")
                    margins[line] = margins[above]
                if stack:
                    after[stack.pop()] = line
                elif dedents and column:
                    self.complain(line, "indented like no line above it")
            elif dedents:
                self.complain(line, "indented like no line above it")
            elif margins[above] >= margins[line]:
                self.complain(line, "tabs and spaces are mixed in the indentation")
            stack.append(line)
            if len(stack) == MAX_INDENTS + 2:
                self.complain(line, f"more than {MAX_INDENTS} levels of indentation")

    def complain(self, line: int, message: str) -> None:
        """Adds an issue at the first character of a line."""
        start = self.starts[line]
        self.issues.append(Issue(start, start + 1, message, line))


def _column(indent: str) -> int:
    column = 0
    for char in indent:
        column = 0 if char == "\f" else (column // _TAB + 1) * _TAB if char == "\t" else column + 1
    return column
