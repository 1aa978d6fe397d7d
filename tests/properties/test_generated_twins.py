"""Generated workflows, printed in both languages: the same graph from each, and every step that was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from examples import examples
from fixture_cases import masked
from flow_as_javascript import as_javascript, as_typescript
from flow_as_python import as_python
from flow_programs import programs
from flow_tree import Await, Both, Do, Kept, Pick, Program, Start, Step, Verb, steps_written

from analyzer import Analysis, Options, analyze_source, validate_payload
from analyzer.payload.text import canonical

EXPECTED_NOTES = frozenset({"SG305"})
"""A generated workflow may be without steps; nothing else may be wrong with it or unclear about it."""

STEPS = frozenset({"step_do", "step_sleep", "step_sleep_until", "step_wait_for_event"})


def check_twins(program: Program) -> None:
    """Through each parser: equal graphs, valid, the same the second time, with the steps that were written."""
    typescript, javascript, python = as_typescript(program), as_javascript(program), as_python(program)
    by_tree_sitter = analyze_source(typescript, filename="flow.ts")
    by_esprima = analyze_source(javascript, filename="flow.js", options=Options(parser="esprima"))
    of_python = analyze_source(python, filename="flow.py")
    shown = f"{typescript}\n{python}"
    for analysis in (by_tree_sitter, by_esprima, of_python):
        assert {note.code for note in analysis.all_notes} <= EXPECTED_NOTES, (shown, analysis.all_notes)
        assert steps_found(analysis) == steps_written(program), shown
        assert [problem for document in analysis.documents for problem in validate_payload(document)] == [], shown
    assert by_esprima.documents == by_tree_sitter.documents, shown
    assert masked(list(of_python.documents)) == masked(list(by_tree_sitter.documents)), shown
    assert text(analyze_source(typescript, filename="flow.ts")) == text(by_tree_sitter), shown
    assert text(analyze_source(python, filename="flow.py")) == text(of_python), shown


def steps_found(analysis: Analysis) -> Counter[str]:
    """The names of the steps in all payloads."""
    return Counter(_names(analysis.documents))


def text(analysis: Analysis) -> str:
    """The payloads as they are printed."""
    return canonical(list(analysis.documents))


def _names(value: object) -> Iterator[str]:
    match value:
        case dict():
            if value.get("type") in STEPS:
                yield str(value["name"])
            for item in value.values():
                yield from _names(item)
        case list() | tuple():
            for item in value:
                yield from _names(item)


@examples(programs(), 100)
def test_twins_have_one_graph(program: Program) -> None:
    check_twins(program)


def test_choice_of_a_coroutine_and_of_what_starts_by_itself() -> None:
    step, sleep = Step(Verb.DO, "s1", "s1"), Step(Verb.SLEEP, "s2", "s2", option="5000")
    check_twins(Program((), (Start("p", Pick(Both("c", "c"), step, sleep)), Do(Await(Kept("p"))))))


@pytest.mark.full
@examples(programs(), 1_000)
def test_many_twins_have_one_graph(program: Program) -> None:
    check_twins(program)
