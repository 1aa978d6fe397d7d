"""Broken sources: no crash, no endless work, the same result each time, and a valid payload of what could be read.

What ends a search that takes too long is the parsers' own budget; nothing here looks at a clock.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from fixture_cases import READ_BY_ESPRIMA
from mutations import Mutant, mutant, sources

from analyzer import Analysis, Options, analyze_source, validate_payload
from analyzer.payload.text import canonical
from analyzer.source import suffix_of

DEFAULT, FULL = 300, 10_000


def check(number: int) -> Analysis:
    """Analyzes the mutant of this number, twice, and gives the result."""
    one = mutant(number)
    analysis = analyzed(one, number)
    assert misplaced(analysis) == [], number
    assert [problem for document in analysis.documents for problem in validate_payload(document)] == [], number
    again = analyzed(one, number)
    assert canonical(list(again.documents)) == canonical(list(analysis.documents)), number
    assert (again.all_notes, again.findings) == (analysis.all_notes, analysis.findings), number
    return analysis


def analyzed(one: Mutant, number: int) -> Analysis:
    by_esprima = suffix_of(one.name) in READ_BY_ESPRIMA and number % 3 == 0
    return analyze_source(one.data, filename=one.name, options=Options(parser="esprima" if by_esprima else "tree-sitter"))


def misplaced(analysis: Analysis) -> list[object]:
    """Notes whose place is not in the source."""
    length = {path: len(source.text) for path, source in analysis.sources.items()}
    spans = [(note, note.span) for note in analysis.all_notes]
    return [note for note, span in spans if span and not 0 <= span.start <= span.end <= length[span.path]]


def check_all(numbers: Iterable[int]) -> None:
    """Checks them, and that the lot is worth it: some still hold a workflow, some do not parse, in each language."""
    analyses = [check(number) for number in numbers]
    for suffix in (".ts", ".js", ".py"):
        of_kind = [analysis for analysis in analyses if suffix_of(analysis.path) == suffix]
        assert any(analysis.workflows for analysis in of_kind)
        assert any(note.code == "SG101" for analysis in of_kind for note in analysis.notes)


def test_there_are_sources_of_every_language() -> None:
    assert {".ts", ".js", ".py"} <= {path.suffix for path in sources()}


def test_broken_sources() -> None:
    check_all(range(DEFAULT))


@pytest.mark.full
def test_many_broken_sources() -> None:
    check_all(range(DEFAULT, FULL))
