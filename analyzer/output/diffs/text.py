"""A comparison for the terminal: a line for each operation."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.output.diagrams.words import printable
from analyzer.output.diffs.report import DiffReport, Entry
from analyzer.output.diffs.wording import headline, mark, place, remarks, sentence
from analyzer.output.style import Paint, Style, painter

COLORS = {"+": Style.GREEN, "-": Style.RED, "~": Style.YELLOW, ">": Style.CYAN}


def render(report: DiffReport, *, color: bool = False) -> str:
    """A paragraph for each workflow, that of a workflow without a difference one line long."""
    paint = painter(color)
    return "\n".join("".join(f"{line}\n" for line in _lines(entry, paint)) for entry in report.entries)


def _lines(entry: Entry, paint: Paint) -> Iterator[str]:
    yield f"{paint(entry.class_name, Style.BOLD)}: {headline(entry)}"
    if entry.difference is None:
        return
    for operation in entry.difference.operations:
        found = place(entry, operation)
        sign = mark(operation)
        said = printable(sentence(operation, lenient=not entry.difference.exact))
        yield f"  {paint(sign, COLORS[sign])} {said}" + (paint(f"  {found}", Style.DIM) if found else "")
    for remark in remarks(entry.difference):
        yield paint(f"  ({printable(remark)})", Style.DIM)
