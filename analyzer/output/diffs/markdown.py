"""A comparison as Markdown for a pull request: what changed, and the diagrams before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.analyses.diff.difference import Difference
from analyzer.output.diagrams.mermaid import render_mermaid
from analyzer.output.diagrams.subject import Subject
from analyzer.output.diagrams.words import printable
from analyzer.output.diffs.instances import CAVEAT, lines, shortest_run, way_out
from analyzer.output.diffs.report import DiffReport, Entry, Status
from analyzer.output.diffs.wording import headline, mark, place, remarks, sentence

if TYPE_CHECKING:
    from analyzer.payload.document import GraphDocument

MARKS = {"+": "**new**", "-": "**gone**", "~": "**changed**", ">": "**moved**"}


def render(report: DiffReport, *, color: bool = False) -> str:
    """A section for each workflow, diagrams folded away; never coloured."""
    return "\n".join("".join(f"{line}\n" for line in _section(entry)) for entry in report.entries)


def _section(entry: Entry) -> Iterator[str]:
    yield f"### {escaped(entry.title)}: {headline(entry)}"
    if entry.difference is not None and (lines := [*bullets(entry)]):
        yield ""
        yield from lines
    if entry.status is not Status.SAME:
        for title, document in (("Before", entry.before), ("After", entry.after)):
            if document is not None:
                yield from _diagram(title, document)


def bullets(entry: Entry) -> Iterator[str]:
    """A list item for each operation and each remark, then what happens to instances under way."""
    if entry.difference is not None:
        yield from _operations(entry, entry.difference)
    if entry.in_flight is not None:
        yield from ("", "Instances under way:", "")
        for line, verdict in lines(entry.in_flight):
            more = "" if verdict is None else f". Shortest run: {shortest_run(verdict)}. {_sentence(way_out(verdict))}"
            yield f"- {escaped((line + more).rstrip())}"
        yield from ("", f"<sub>{CAVEAT}</sub>")


def _sentence(text: str) -> str:
    return f"Way out: {text}." if text else ""


def _operations(entry: Entry, found: Difference) -> Iterator[str]:
    for operation in found.operations:
        where = place(entry, operation)
        said = escaped(sentence(operation, lenient=not found.exact))
        yield f"- {MARKS[mark(operation)]} {said}" + (f" (`{where}`)" if where else "")
    for remark in remarks(found):
        yield f"- {escaped(remark)}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~$" else char for char in printable(text))


def _diagram(title: str, document: GraphDocument) -> Iterator[str]:
    yield from ("", f"<details><summary>{title}</summary>", "", "```mermaid")
    yield render_mermaid(Subject(document)).rstrip("\n")
    yield from ("```", "", "</details>")
