"""A verdict on every observed case: our tree and the platform's are the same, or differ for a reason and under runs.

The reason is one clause of SEMANTICS, given by hand in ``fixtures/reference/clauses.json``; the runs are recorded.
Regenerate the graphs and the table from the project's root with python tests/reference/update_verdicts.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from comparison import FOLDER, Case, cases, compare
from judging import refused_by_ours, refused_by_theirs
from recording import Recorded
from shares import measure

from analyzer.payload.text import canonical

GRAPHS = FOLDER / "graphs.jsonl"
TABLE = FOLDER / "verdicts.md"


@dataclass(frozen=True)
class Clause:
    """A clause of SEMANTICS, and the cases in which we differ from the platform for it."""

    section: int
    text: str
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What is to be said of a case. ``clause`` is None where the trees are the same, or where none is given.

    ``against_ours``, ``against_theirs``: runs that are no path of a tree; ``why_not``: why nothing was run.
    """

    case: Case
    same: bool
    clause: Clause | None
    against_ours: tuple[str, ...]
    against_theirs: tuple[str, ...]
    why_not: str
    ours: tuple[dict[str, object], ...]


@cache
def clauses() -> tuple[Clause, ...]:
    """The clauses that differences are put down to, section 8 first."""
    listed = json.loads((FOLDER / "clauses.json").read_text(encoding="utf-8"))
    return tuple(Clause(entry["section"], entry["clause"], tuple(entry["cases"])) for entry in listed)


def verdicts(recorded: dict[str, list[Recorded]]) -> list[Verdict]:
    """The verdict on every case, in the file's order."""
    reasons = {case: clause for clause in clauses() for case in clause.cases}
    return [_verdict(case, reasons.get(case.id), recorded.get(case.id, [])) for case in cases()]


def _verdict(case: Case, clause: Clause | None, recorded: list[Recorded]) -> Verdict:
    result = compare(case)
    same = result.same_tree if case.observed else not result.ours
    why_not = next((one.why_not for one in recorded if one.run is None), "")
    against = tuple(refused_by_ours(case, recorded)), tuple(refused_by_theirs(case, recorded))
    return Verdict(case, same, clause, *against, why_not, result.ours)


def graphs_text(found: Sequence[Verdict]) -> str:
    """Our graphs, a case a line."""
    return "".join(f"{canonical({'case': verdict.case.id, 'workflows': list(verdict.ours)})}\n" for verdict in found)


def table(found: Sequence[Verdict]) -> str:
    """The verdicts for a reader, as Markdown."""
    return "\n".join([*_head(found), *_rows(found), *_numbers(found), ""])


def _head(found: Sequence[Verdict]) -> Iterator[str]:
    shares = measure()
    same = sum(verdict.same for verdict in found)
    yield from (
        "# Verdicts",
        "",
        f"{len(found)} cases: the same tree in {same}, another one in {len(found) - same}. Where the platform finds a workflow, we",
        f"find {shares.steps:.1%} of its steps and have the same tree in {shares.trees:.1%}; of the cases of `agree.txt` in",
        f"{shares.agreed:.1%}, and in {shares.agreed_aside:.1%} with jumps left aside in ours as well.",
        "",
        "A difference is put down to one clause of SEMANTICS. *Refuted*: a recorded run is no path of the platform's tree, rebuilt",
        "from its payload. *Both*: the runs are paths of both trees. No run is refused by a graph of ours.",
        "",
        "| § | clause | refuted | both | not run |",
        "| --- | --- | --- | --- | --- |",
    )


def _rows(found: Sequence[Verdict]) -> Iterator[str]:
    differing = {verdict.case.id: verdict for verdict in found if not verdict.same}
    for clause in clauses():
        here = [differing[case] for case in clause.cases]
        refuted = ", ".join(verdict.case.id for verdict in here if verdict.against_theirs)
        both = ", ".join(verdict.case.id for verdict in here if not verdict.against_theirs and not verdict.why_not)
        idle = ", ".join(f"{verdict.case.id}: {verdict.why_not}" for verdict in here if verdict.why_not)
        yield f"| {clause.section} | {clause.text.replace('|', chr(92) + '|')} | {refuted} | {both} | {idle} |"


def _numbers(found: Sequence[Verdict]) -> Iterator[str]:
    """Comparisons leave numbers aside, runs do not."""
    others = [verdict.case.id for verdict in found if verdict.same and verdict.against_theirs]
    yield from ("", f"The same tree, of which a run refutes the platform's numbers: {', '.join(others)}.")
