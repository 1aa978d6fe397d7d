"""Source files and places in them.

Offsets count code points of the decoded text from 0, end exclusive. Lines and columns that people read
are 1-based; they are computed on demand from a line index.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from analyzer.records import field, record


class Language(Enum):
    """The two languages of the platform, spelled as its API spells them; TypeScript is JavaScript."""

    JAVASCRIPT = "javascript"
    PYTHON = "python"


class Position(NamedTuple):
    """A place as editors show it: 1-based line and 1-based column, in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A piece of a file: its path, and start and end offsets in code points (end exclusive)."""

    path: str
    start: int
    end: int


SUFFIXES: dict[str, Language] = {
    ".js": Language.JAVASCRIPT,
    ".mjs": Language.JAVASCRIPT,
    ".cjs": Language.JAVASCRIPT,
    ".jsx": Language.JAVASCRIPT,
    ".ts": Language.JAVASCRIPT,
    ".mts": Language.JAVASCRIPT,
    ".cts": Language.JAVASCRIPT,
    ".tsx": Language.JAVASCRIPT,
    ".py": Language.PYTHON,
}


def suffix_of(path: str) -> str:
    """The lower-case file suffix of a path, dot included, or the empty string."""
    return os.path.splitext(path)[1].lower()


def language_of(path: str) -> Language | None:
    """The language a file name stands for, or None if it is no source file we read."""
    return SUFFIXES.get(suffix_of(path))


@record
class SourceFile:
    """A decoded source: its path as printed, its text and language."""

    path: str
    text: str = field(repr=False)
    language: Language

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines start; a line ends with LF, CR LF or CR."""
        starts = [0]
        text = self.text
        if "\r" not in text:
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
            return starts
        for index, char in enumerate(text):
            if char == "\n" or (char == "\r" and text[index + 1 : index + 2] != "\n"):
                starts.append(index + 1)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset (both 1-based)."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def slice(self, span: Span) -> str:
        """The verbatim text of a span."""
        return self.text[span.start : span.end]
