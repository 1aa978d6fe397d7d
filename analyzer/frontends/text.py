"""Texts of spans as people read them: comments dropped, white space folded, pieces replaced.

Most conditions are one line with single spaces and no comment; they cost one look. For the rest a frontend says where
comments and literals stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from analyzer.flow.module import TextOf
from analyzer.source import Language, SourceFile, Span

_SPACES = re.compile(r"\s+")
_DROPPED = "\0"
_BETWEEN_WORDS = re.compile(r"(?<=\w)\0+(?=\w)")
_PLAIN = {
    Language.JAVASCRIPT: re.compile(r"//|/\*|\s\s|[^\S ]|<!--|-->"),
    Language.PYTHON: re.compile(r"#|\s\s|[^\S ]|\\"),
}


class Mark(NamedTuple):
    """A piece of a source that is not code: a comment, or the text of a literal; offsets in code points."""

    start: int
    end: int
    is_comment: bool


Marks: TypeAlias = Callable[[int, int], Iterable[Mark]]
"""Gives the marks that touch the text between two offsets, in order; none overlaps another."""


def text_of(source: SourceFile, marks: Marks) -> TextOf:
    """The ``TextOf`` of a source. ``marks`` is asked only for a span whose text needs it.

    Of a literal with holes (templates, f-strings) the text between the holes is marked, delimiters with it.
    """
    plain = _PLAIN[source.language]

    def text(span: Span, replacements: Sequence[tuple[Span, str]] = ()) -> str:
        raw = source.text[span.start : span.end]
        if plain.search(raw) is None:
            return _replace(raw, span.start, replacements).strip() if replacements else raw.strip()
        return _fold(source.text, span, replacements, marks(span.start, span.end))

    return text


def _replace(raw: str, start: int, replacements: Sequence[tuple[Span, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for span, written in sorted(replacements):
        pieces += (raw[at : span.start - start], written)
        at = span.end - start
    pieces.append(raw[at:])
    return "".join(pieces)


def _fold(source: str, span: Span, replacements: Sequence[tuple[Span, str]], marks: Iterable[Mark]) -> str:
    """The pieces of a span in order: code is folded, literals and replacements are kept, comments dropped."""
    pieces: list[str] = []
    code: list[str] = []
    at = span.start
    for start, end, kept in _pieces(source, replacements, marks):
        if end <= at or start >= span.end:
            continue
        code.append(source[at : max(start, at)])
        at = end
        if kept is None:
            code.append(_DROPPED)
        else:
            pieces += (_fold_code("".join(code)), kept)
            code.clear()
    code.append(source[at : span.end])
    pieces.append(_fold_code("".join(code)))
    return "".join(pieces).strip()


def _fold_code(code: str) -> str:
    """Code with single spaces; where a comment was, nothing, but between two words a space."""
    return _SPACES.sub(" ", _BETWEEN_WORDS.sub(" ", code).replace(_DROPPED, ""))


def _pieces(source: str, replacements: Sequence[tuple[Span, str]], marks: Iterable[Mark]) -> list[tuple[int, int, str | None]]:
    """Replacements, and the marks outside them; None for what is dropped."""
    pieces: list[tuple[int, int, str | None]] = [(span.start, span.end, written) for span, written in replacements]
    for start, end, is_comment in marks:
        if not any(span.start <= start < span.end for span, _ in replacements):
            pieces.append((start, end, None if is_comment else source[start:end]))
    return sorted(pieces, key=lambda piece: piece[:2])
