"""Every case under ``fixtures/``: each twin, through each parser that reads it, gives the graphs expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_cases import (
    READ_BY_ESPRIMA,
    Case,
    analyze,
    cases,
    expected_documents,
    expected_findings,
    findings_text,
    masked,
)

from analyzer import validate_payload

CASES = [*cases()]
TWINS = [(case, source) for case in CASES for source in case.sources[1:]]
BY_ESPRIMA = [(case, source) for case in CASES for source in case.sources if source.suffix in READ_BY_ESPRIMA]


def _id(value: Case | Path) -> str:
    return value.name


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_deciding_source_gives_the_expected_graphs(case: Case) -> None:
    assert list(analyze(case.sources[0]).documents) == expected_documents(case)


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_sources_give_the_expected_findings(case: Case) -> None:
    assert findings_text(case) == expected_findings(case)


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_expected_graphs_fit_the_schema(case: Case) -> None:
    assert [problem for document in expected_documents(case) for problem in validate_payload(document)] == []


@pytest.mark.parametrize(("case", "source"), TWINS, ids=_id)
def test_twin_gives_the_same_graphs(case: Case, source: Path) -> None:
    """Texts of conditions aside, which are each language's own."""
    assert masked(list(analyze(source).documents)) == masked(expected_documents(case))


@pytest.mark.parametrize(("case", "source"), BY_ESPRIMA, ids=_id)
def test_esprima_reads_the_same_graphs(case: Case, source: Path) -> None:
    """Texts of conditions included: it is the same file."""
    assert analyze(source, parser="esprima").documents == analyze(source).documents


def test_there_are_cases_and_twins() -> None:
    assert CASES
    assert TWINS
    assert BY_ESPRIMA
