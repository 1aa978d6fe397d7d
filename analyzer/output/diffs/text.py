"""A comparison for the terminal: a line for each operation."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.diff.difference import Difference
from analyzer.analyses.inflight.verdicts import InFlight
from analyzer.graph.model import Severity
from analyzer.output.diagrams.words import printable
from analyzer.output.diffs.instances import CAVEAT, lines, shortest_run, way_out
from analyzer.output.diffs.report import DiffReport, Entry
from analyzer.output.diffs.wording import headline, mark, place, remarks, sentence
from analyzer.output.style import Paint, Style, painter

VERDICTS = {Severity.ERROR: Style.RED, Severity.WARNING: Style.YELLOW, Severity.INFO: Style.BLUE}
COLORS = {"+": Style.GREEN, "-": Style.RED, "~": Style.YELLOW, ">": Style.CYAN}


def render(report: DiffReport, *, color: bool = False) -> str:
    """A paragraph for each workflow, that of a workflow without a difference one line long."""
    paint = painter(color)
    return "\n".join("".join(f"{line}\n" for line in _lines(entry, paint)) for entry in report.entries)


def _lines(entry: Entry, paint: Paint) -> Iterator[str]:
    yield f"{paint(entry.title, Style.BOLD)}: {headline(entry)}"
    if entry.difference is not None:
        yield from _operations(entry, entry.difference, paint)
    if entry.in_flight is not None:
        yield from _instances(entry.in_flight, paint)


def _operations(entry: Entry, difference: Difference, paint: Paint) -> Iterator[str]:
    for operation in difference.operations:
        found = place(entry, operation)
        sign = mark(operation)
        said = printable(sentence(operation, lenient=not difference.exact))
        yield f"  {paint(sign, COLORS[sign])} {said}" + (paint(f"  {found}", Style.DIM) if found else "")
    for remark in remarks(difference):
        yield paint(f"  ({printable(remark)})", Style.DIM)


def _instances(found: InFlight, paint: Paint) -> Iterator[str]:
    """What happens to instances under way: each verdict with the run that shows it, and what to do."""
    yield "  instances under way:"
    for line, verdict in lines(found):
        yield f"    {paint(printable(line), VERDICTS[verdict.severity]) if verdict else line}"
        if verdict is not None:
            yield f"      shortest run: {printable(shortest_run(verdict))}"
            if way_out(verdict):
                yield f"      way out: {printable(way_out(verdict))}"
    yield paint(f"  ({CAVEAT})", Style.DIM)
