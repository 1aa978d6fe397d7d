"""Calls libcst, and goes on after what it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import libcst as cst

from analyzer.flow.module import Problem
from analyzer.frontends.python.deep import with_deep_stack, with_enough_stack
from analyzer.frontends.python.limits import MAX_ELIFS, too_costly
from analyzer.frontends.python.lines import Issue, Lines
from analyzer.frontends.python.problems import refusal_of
from analyzer.frontends.python.repair import Repair, repaired, without_conflicts, without_refused, without_row
from analyzer.frontends.python.scanner import scan
from analyzer.records import entity, field
from analyzer.source import SourceFile, Span

MAX_PROBLEMS = 10
"""Most problems reported of one file: the first ones say what is wrong, the rest follow from them."""

MAX_REPAIRS = 40
"""Most repairs of a text before only those of its top-level statements are read that parse by themselves."""

MAX_REPAIRED = 1_000_000
"""Characters parsed in vain before the same; some 3 s."""

MAX_SCANNED = 5_000_000
"""Characters scanned for logical lines before the same; some 1 s, 5 s if the text is nothing but brackets."""

_MANY_ELIFS = 1_000
_LONE_CR = re.compile(r"\r(?!\n)")
_CLAUSE = re.compile(r"(?:elif|else|except|finally)\b")


class Piece(NamedTuple):
    """Statements, the logical line of the first, and how libcst thinks that lines end."""

    statements: Sequence[cst.CSTNode]
    line: int
    newline: str


@entity
class Parsed:
    """What could be read of a file, in order (a Span: a piece that could not), by the logical lines it was read by.

    ``holes``: where broken statements stood, by the offset of the ``0`` that was parsed in their place.
    """

    pieces: list[Piece | Span]
    lines: Lines
    problems: list[Problem] = field(default_factory=list)
    holes: dict[int, Span] = field(default_factory=dict)


def parse(source: SourceFile) -> Parsed:
    """Reads any text and raises nothing: what is wrong is in the problems, what can be read around it in the pieces."""
    text, conflicts = without_conflicts(_legible(source.text))
    reading = _Reading(source.path, text)
    for start, end in conflicts:
        reading.report(Issue(start, end, f"unexpected merge-conflict marker `{source.text[start : start + 7]}`", 0))
    reading.read()
    reading.parsed.problems = [Problem(span, reading.problems[span]) for span in sorted(reading.problems)[:MAX_PROBLEMS]]
    return reading.parsed


def _legible(text: str) -> str:
    """The text, character by character, as libcst can read it: it takes no lone surrogate and no lone CR."""
    if "\r" in text:
        text = _LONE_CR.sub("\n", text)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class _Reading:
    """Parses a text, and repairs it until it parses."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.length = path, len(text)
        self.parsed = Parsed([], scan(text))
        self.parsed_in_vain = 0
        self.scanned = 0
        self.repaired: list[int] = []
        self.problems: dict[Span, str] = {}

    def read(self) -> None:
        """Reads all of the text, or else those of its top-level statements that parse by themselves."""
        if self.parsed.lines.text.count("elif") > MAX_ELIFS:
            self.report(Issue(0, 1, f"more than {MAX_ELIFS:,} times `elif`", 0))
            self.parsed.pieces = [Span(self.path, 0, self.length)]
            return
        for _ in range(MAX_REPAIRS):
            lines = self.parsed.lines
            issues = _unreadable(lines)
            repairs = self._repair_issues(lines, issues) if issues else self._parse(lines)
            if repairs is None:
                return
            self.scanned += len(lines.text)
            text = repaired(lines.text, repairs)
            if text == lines.text:
                break
            self.parsed.lines = scan(text)
            if self.parsed_in_vain > MAX_REPAIRED or self.scanned > MAX_SCANNED:
                break
        self._read_by_statements()

    def report(self, issue: Issue) -> None:
        """Adds a problem, once for each place."""
        span = Span(self.path, min(issue.start, self.length), min(issue.end, self.length))
        self.problems.setdefault(span, issue.message)

    def _repair_issues(self, lines: Lines, issues: list[Issue]) -> list[Repair]:
        """Takes out each line with an issue; the first of a line tells what is wrong with it."""
        repairs: dict[int, Repair] = {}
        for issue in sorted(issues):
            if issue.line not in repairs:
                self.report(issue)
                repairs[issue.line] = self._note(lines, issue, without_row(lines, issue.start, issue.line))
        return list(repairs.values())

    def _parse(self, lines: Lines) -> list[Repair] | None:
        """None if the text parses; else what would mend it."""
        module = _parse_module(lines.text)
        if isinstance(module, cst.Module):
            self.parsed.pieces = [Piece(module.body, 0, module.default_newline)]
            return None
        self.parsed_in_vain += len(lines.text)
        refusal = refusal_of(module, lines)
        if not self._follows_repair(lines, refusal.issue):
            self.report(refusal.issue)
        return [self._note(lines, refusal.issue, without_refused(lines, refusal))]

    def _note(self, lines: Lines, issue: Issue, repair: Repair) -> Repair:
        self.repaired.append(lines.starts[issue.line] if issue.line < len(lines.starts) else issue.start)
        if repair.leaves_hole:
            self.parsed.holes[repair.start] = Span(self.path, repair.start, min(repair.end, self.length))
        return repair

    def _follows_repair(self, lines: Lines, issue: Issue) -> bool:
        """Whether something is refused only because of what stands in place of what was taken out before it."""
        if issue.start in self.parsed.holes:
            return True
        if issue.line >= len(lines.starts) or issue.start != lines.starts[issue.line]:
            return False
        before = lines.starts[issue.line - 1] if issue.line else 0
        return any(before <= place <= issue.start for place in self.repaired)

    def _read_by_statements(self) -> None:
        lines = self.parsed.lines
        broken = {issue.line for issue in _unreadable(lines)}
        for first, after in _top_level(lines):
            span = Span(self.path, lines.starts[first], min(lines.end(after - 1), self.length))
            piece = None if broken.intersection(range(first, after)) else self._statement(lines, first, after)
            self.parsed.pieces.append(span if piece is None else piece)

    def _statement(self, lines: Lines, first: int, after: int) -> Piece | None:
        start = lines.starts[first] - lines.margins[first]
        text = lines.text[start : lines.stops[after - 1]]
        module = _parse_module(text)
        if isinstance(module, cst.Module):
            return Piece(module.body, first, module.default_newline)
        if len(self.problems) < MAX_PROBLEMS:
            issue = refusal_of(module, scan(text)).issue
            self.report(issue._replace(start=issue.start + start, end=issue.end + start))
        return None


def _unreadable(lines: Lines) -> list[Issue]:
    """What libcst must not be given, or would refuse without saying where."""
    return [*lines.issues, *too_costly(lines)]


def _parse_module(text: str) -> cst.Module | Exception:
    """The parsed text, or what libcst raised: its own errors, and what its defects make of strange input."""
    # Without a line end the last row, libcst gives the place of what follows it in that row.
    read = partial(cst.parse_module, text if text.endswith("\n") else text + "\n")
    try:
        return with_deep_stack(read) if text.count("elif") > _MANY_ELIFS else with_enough_stack(read)
    except Exception as error:
        return error


def _top_level(lines: Lines) -> Iterator[tuple[int, int]]:
    """The first line of each top-level statement, and the line behind it; clauses and decorators belong to it."""
    first = 0
    while first < len(lines.starts):
        is_decorator = lines.code(first).startswith("@")
        after = lines.after[first]
        while after < len(lines.starts) and (is_decorator or _CLAUSE.match(lines.code(after))):
            is_decorator = lines.code(after).startswith("@")
            after = lines.after[after]
        yield first, after
        first = after
