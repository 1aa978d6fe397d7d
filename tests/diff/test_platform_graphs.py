"""The platform's graph of a source, as it was observed, against ours of the same source: no difference, its errors aside."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "reference"))

from comparison import Case, cases

import analyzer
from analyzer.cli.comparing import difference_of
from analyzer.cli.sides import Candidate, candidate_of

OTHERWISE = {
    "values-08": "theirs loses the part of a configuration that is spread",
    "values-12": "theirs replaces a negative limit and a template by defaults",
}
"""Cases in which theirs shows another configuration, though it shows one."""


def differs(case: Case) -> bool | None:
    """Whether any workflow of a case differs; None if one of the platform's has no counterpart."""
    analysis = analyzer.analyze_source(case.source, filename="case.ts")
    ours = {workflow.class_name: workflow for workflow in analysis.workflows}
    documents = {document["workflow"]["class_name"]: document for document in analysis.documents}
    found = []
    for observed in case.observed:
        name = observed["class_name"]
        if name not in ours:
            return None
        theirs = candidate_of({"version": 1, "workflow": observed}, case.id)
        found.append(bool(difference_of(theirs, Candidate(ours[name], documents[name])).operations))
    return any(found)


def test_same_source_is_no_difference() -> None:
    results = {case.id: differs(case) for case in cases() if case.agrees and case.observed}
    assert {id_ for id_, differing in results.items() if differing is not False} == set(OTHERWISE)


def test_most_known_errors_of_the_platform_are_no_difference() -> None:
    """The rest are those in which it loses or invents steps."""
    results = [differs(case) for case in cases() if not case.agrees and case.observed]
    assert results.count(False) >= 0.65 * len(results)
