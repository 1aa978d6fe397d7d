"""Two sides of workflows, compared one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analyzer.analyses.diff.difference import Difference, difference
from analyzer.analyses.diff.forms import Form
from analyzer.cli.sides import Candidate, Side
from analyzer.output.diffs.report import DiffReport, Entry, Place, Status
from analyzer.payload.comparable import comparable
from analyzer.payload.rebuilding import from_payload


def compare(old: Side, new: Side) -> DiffReport:
    """Compares workflows of one name; if each side has only one, these, whatever they are called."""
    return DiffReport(old.text, new.text, tuple(_entry(*pair) for pair in pairs(old, new)))


def pairs(old: Side, new: Side) -> Iterator[tuple[Candidate | None, Candidate | None]]:
    """The workflows that belong together; None: one side has none."""
    if len(old.candidates) == len(new.candidates) == 1:
        yield from zip(old.candidates.values(), new.candidates.values(), strict=True)
        return
    for name, candidate in new.candidates.items():
        yield old.candidates.get(name), candidate
    for name, candidate in old.candidates.items():
        if name not in new.candidates:
            yield candidate, None


def _entry(old: Candidate | None, new: Candidate | None) -> Entry:
    there = new or old
    assert there is not None
    found = difference_of(old, new) if old and new else None
    status = Status.ADDED if new else Status.REMOVED
    if found is not None:
        status = Status.CHANGED if found.operations else Status.SAME
    before, after = old.document if old else None, new.document if new else None
    return Entry(there.workflow.class_name, status, found, before, after, _places(old), _places(new))


def difference_of(old: Candidate, new: Candidate) -> Difference:
    """The difference of two workflows; if one is but a payload, as far as payloads tell."""
    if not (old.is_payload or new.is_payload):
        return difference(old.workflow, new.workflow)
    language = new.workflow.language
    before, after = (from_payload(comparable(side.document), language) for side in (old, new))
    return difference(before, after, lenient=True)


def _places(candidate: Candidate | None) -> Callable[[Form], Place | None]:
    """Where the source has a node of the tree, if it is a step."""

    def place(form: Form) -> Place | None:
        node = form.node
        return None if node is None or candidate is None else candidate.place(getattr(node, "span", None))

    return place
