"""Each finding with the piece of source it is about."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from analyzer.lint.finding import Finding
from analyzer.output.findings.concise import STYLES
from analyzer.output.findings.report import Report
from analyzer.output.style import Paint, Style, painter
from analyzer.source import SourceFile

CONTEXT = 1
"""Lines shown before and behind those of the finding."""

MAX_LINES = 6
"""Lines of a finding shown before the rest is left out."""

MAX_WIDTH = 160
"""Characters of a line shown; minified code has lines of megabytes."""


def render(report: Report, *, color: bool = False) -> str:
    """The findings of a report: code and message, place, excerpt with carets, and what to do."""
    paint = painter(color)
    return "\n".join("".join(_block(finding, report.sources.get(finding.path), paint)) for finding in report.findings)


def _block(finding: Finding, source: SourceFile | None, paint: Paint) -> Iterator[str]:
    code = paint(finding.code, STYLES[finding.severity])
    yield f"{code} {paint(finding.message, Style.BOLD)}\n"
    excerpt = [] if source is None else _lines(source, finding)
    width = max((len(str(number)) for number, _ in excerpt), default=1)
    yield f"{' ' * width}{paint('-->', Style.CYAN)} {finding.path}:{finding.start.line}:{finding.start.column}\n"
    if excerpt:
        yield from _excerpt(excerpt, finding, width, paint)
    if finding.fix is not None:
        note = "" if finding.fix.safe else " (unsafe)"
        yield f"{paint('help:', Style.CYAN)} {finding.fix.message}{note}\n"


def _lines(source: SourceFile, finding: Finding) -> list[tuple[int, str]]:
    first = max(1, finding.start.line - CONTEXT)
    last = min(len(source.line_starts), finding.end.line + CONTEXT, finding.start.line + MAX_LINES - 1)
    lines = [(number, _line(source, number)) for number in range(first, last + 1)]
    return lines if any(text.strip() for _, text in lines) else []  # of a file that could not be read there is nothing


def _line(source: SourceFile, number: int) -> str:
    starts = source.line_starts
    end = starts[number] if number < len(starts) else len(source.text)
    return source.text[starts[number - 1] : end].rstrip("\r\n")


def _excerpt(lines: list[tuple[int, str]], finding: Finding, width: int, paint: Paint) -> Iterator[str]:
    bar = paint("|", Style.CYAN)
    start = _window(finding, dict(lines))
    yield f"{' ' * width} {bar}\n"
    for number, text in lines:
        shown = text[start : start + MAX_WIDTH]
        yield f"{paint(str(number).rjust(width), Style.CYAN)} {bar} {_printable(shown)}".rstrip() + "\n"
        marks = _carets(number, text, finding, start)
        if marks is not None:
            yield f"{' ' * width} {bar} {marks[0]}{paint(marks[1], STYLES[finding.severity])}\n"
    yield f"{' ' * width} {bar}\n"


def _window(finding: Finding, lines: dict[int, str]) -> int:
    """Where the shown part of lines begins: at their beginning, if the finding is within reach of it."""
    text = lines.get(finding.start.line, "")
    return 0 if len(text) <= MAX_WIDTH else max(0, finding.start.column - 1 - MAX_WIDTH // 4)


def _carets(number: int, text: str, finding: Finding, start: int) -> tuple[str, str] | None:
    """What stands below a line: blanks, and a caret for each column the finding takes of it."""
    if not finding.start.line <= number <= finding.end.line:
        return None
    begin = finding.start.column - 1 if number == finding.start.line else len(text) - len(text.lstrip())
    end = finding.end.column - 1 if number == finding.end.line else len(text)
    if number > finding.start.line and end <= begin:
        return None
    shown = text[start : start + MAX_WIDTH]
    begin, end = max(0, begin - start), min(len(shown), end - start)
    return _printable(shown[:begin], blank=True), "^" * max(1, _width(shown[begin:end]))


def _printable(text: str, *, blank: bool = False) -> str:
    """Text as a terminal shows it: tabs as four blanks, control characters as U+FFFD; or blanks of the same width."""
    if blank:
        return " " * _width(text)
    return "".join("    " if char == "\t" else char if char.isprintable() else "\ufffd" for char in text)


def _width(text: str) -> int:
    return sum(4 if char == "\t" else 2 if east_asian_width(char) in "WF" else 1 for char in text)
