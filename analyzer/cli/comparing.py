"""Two sides of workflows, compared one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator
from typing import TYPE_CHECKING

from analyzer.analyses.diff.difference import Difference, difference
from analyzer.analyses.diff.forms import Form
from analyzer.cli.sides import Candidate, Side
from analyzer.graph.model import Workflow
from analyzer.output.diffs.report import DiffReport, Entry, Place, Status
from analyzer.payload.comparable import comparable
from analyzer.payload.rebuilding import from_payload

if TYPE_CHECKING:
    from analyzer.analyses.inflight.verdicts import InFlight


def compare(old: Side, new: Side, *, inflight: bool = False) -> DiffReport:
    """Compares workflows of one name; if each side has only one, these, whatever they are called.

    ``inflight``: says also what happens to instances under way.
    """
    return DiffReport(old.text, new.text, tuple(_entry(*pair, inflight) for pair in pairs(old, new)))


def pairs(old: Side, new: Side) -> Iterator[tuple[Candidate | None, Candidate | None]]:
    """The workflows that belong together: of one name and, if several have it, of one file. None: one side has none."""
    if len(old.candidates) == len(new.candidates) == 1:
        yield old.candidates[0], new.candidates[0]
        return
    several = _repeated(old) | _repeated(new)
    before, after = ({_key(each, several): each for each in side.candidates} for side in (old, new))
    for key, candidate in after.items():
        yield before.get(key), candidate
    for key, candidate in before.items():
        if key not in after:
            yield candidate, None


def _repeated(side: Side) -> set[str]:
    """The names that several workflows of a side have."""
    counts = Counter(each.workflow.class_name for each in side.candidates)
    return {name for name, count in counts.items() if count > 1}


def _key(candidate: Candidate, several: Container[str]) -> tuple[str, str]:
    name = candidate.workflow.class_name
    return name, candidate.path if name in several else ""


def _entry(old: Candidate | None, new: Candidate | None, inflight: bool) -> Entry:
    there = new or old
    assert there is not None
    found = difference_of(old, new) if old and new else None
    status = Status.ADDED if new else Status.REMOVED
    if found is not None:
        status = Status.CHANGED if found.operations else Status.SAME
    before, after = old.document if old else None, new.document if new else None
    effects = _in_flight(old, new) if inflight and old and new else None
    name = there.workflow.class_name
    return Entry(name, status, found, before, after, _places(old), _places(new), effects, there.path)


def difference_of(old: Candidate, new: Candidate) -> Difference:
    """The difference of two workflows; if one is but a payload, as far as payloads tell."""
    return difference(*_graphs(old, new), lenient=_is_lenient(old, new))


def _in_flight(old: Candidate, new: Candidate) -> InFlight:
    from analyzer.analyses.inflight.replay import in_flight

    return in_flight(*_graphs(old, new), lenient=_is_lenient(old, new))


def _is_lenient(old: Candidate, new: Candidate) -> bool:
    return old.is_payload or new.is_payload


def _graphs(old: Candidate, new: Candidate) -> tuple[Workflow, Workflow]:
    """What is compared: the graphs, or what of them a payload tells."""
    if not _is_lenient(old, new):
        return old.workflow, new.workflow
    language = new.workflow.language
    return from_payload(comparable(old.document), language), from_payload(comparable(new.document), language)


def _places(candidate: Candidate | None) -> Callable[[Form], Place | None]:
    """Where the source has a node of the tree, if it is a step."""

    def place(form: Form) -> Place | None:
        node = form.node
        return None if node is None or candidate is None else candidate.place(getattr(node, "span", None))

    return place
