"""Comments that silence findings: ``stepgraph-ignore SG201: reason`` on a line or the one before, ``stepgraph-ignore-file``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analyzer.lint.comments import comments
from analyzer.lint.finding import Finding
from analyzer.records import entity, field, record
from analyzer.source import SourceFile, Span

MARK = "stepgraph-ignore"
_WORD = r"[A-Za-z][\w-]*"
_SUPPRESSION = re.compile(rf"{MARK}(?P<file>-file)?\b(?P<codes>[ \t]+{_WORD}(?:[ \t]*,[ \t]*{_WORD})*)?")


@record
class Named:
    """A code or rule name in a suppression, as written, and where."""

    text: str
    span: Span


@record
class Suppression:
    """One comment: its span, what it names (nothing: everything), and the lines it is for (None: the file's)."""

    span: Span
    names: tuple[Named, ...]
    lines: frozenset[int] | None


@entity
class Suppressions:
    """The suppressions of one source, and which parts of them have silenced something."""

    all: tuple[Suppression, ...] = ()
    used: set[Span] = field(default_factory=set)

    def silence(self, finding: Finding) -> bool:
        """Whether a comment silences a finding; the comment's part that does counts as used."""
        silenced = False
        for suppression in self.all:
            if suppression.lines is not None and finding.start.line not in suppression.lines:
                continue
            for span in _matching(suppression, finding):
                self.used.add(span)
                silenced = True
        return silenced

    def unused(self) -> Iterator[tuple[Suppression, Named | None]]:
        """Names that silenced nothing, and comments without names that did not."""
        for suppression in self.all:
            if not suppression.names and suppression.span not in self.used:
                yield suppression, None
            for name in suppression.names:
                if name.span not in self.used:
                    yield suppression, name


def _matching(suppression: Suppression, finding: Finding) -> Iterator[Span]:
    if not suppression.names:
        yield suppression.span
    for name in suppression.names:
        if name.text in (finding.code, finding.name):
            yield name.span


def find_suppressions(source: SourceFile) -> Suppressions:
    """The suppressions in a source. A source without the word costs one search."""
    return Suppressions(tuple(_find(source)) if MARK in source.text else ())


def _find(source: SourceFile) -> Iterable[Suppression]:
    found = [(span, match) for span in comments(source) for match in _SUPPRESSION.finditer(source.text, span.start, span.end)]
    own_lines = {source.position(span.start).line for span, _ in found if _stands_alone(source, span)}
    for span, match in found:
        line = source.position(span.start).line
        lines = None if match["file"] else frozenset({line, _covered(source, span, line, own_lines)})
        yield Suppression(span, tuple(_names(source, match)), lines)


def _names(source: SourceFile, match: re.Match[str]) -> Iterator[Named]:
    if match["codes"] is None:
        return
    start = match.start("codes")
    for word in re.finditer(_WORD, match["codes"]):
        yield Named(word[0], Span(source.path, start + word.start(), start + word.end()))


def _stands_alone(source: SourceFile, span: Span) -> bool:
    start = source.line_starts[source.position(span.start).line - 1]
    return not source.text[start : span.start].strip()


def _covered(source: SourceFile, span: Span, line: int, own_lines: set[int]) -> int:
    """The line a comment is for: its own, or, if it stands alone, the next that is no suppression itself."""
    if not _stands_alone(source, span):
        return line
    following = source.position(span.end).line + 1
    while following in own_lines:
        following += 1
    return following
