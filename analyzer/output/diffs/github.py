"""A comparison as the summary of a GitHub job: a table of workflows, then what changed in each."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.output.diffs.markdown import bullets, escaped
from analyzer.output.diffs.report import DiffReport, Status
from analyzer.output.diffs.wording import headline


def render(report: DiffReport, *, color: bool = False) -> str:
    """Markdown without diagrams, to be appended to ``$GITHUB_STEP_SUMMARY``; never coloured."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: DiffReport) -> Iterator[str]:
    yield from (f"## Workflows: {escaped(report.old)} → {escaped(report.new)}", "", "| workflow | |", "| --- | --- |")
    for entry in report.entries:
        yield f"| {escaped(entry.title)} | {headline(entry)} |"
    for entry in report.entries:
        if entry.status is Status.CHANGED or entry.in_flight is not None:
            yield from ("", f"### {escaped(entry.title)}", "", *bullets(entry))
