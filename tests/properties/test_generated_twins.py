"""Generated workflows, printed in both languages: the same graph from each, and every step that was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from fixture_cases import masked
from flow_as_javascript import as_javascript, as_typescript
from flow_as_python import as_python
from flow_programs import programs
from flow_tree import Program, steps_written
from hypothesis import HealthCheck, Phase, given, settings

from analyzer import Analysis, Options, analyze_source, validate_payload
from analyzer.payload.text import canonical

EXPECTED_NOTES = frozenset({"SG305"})
"""A generated workflow may be without steps; nothing else may be wrong with it or unclear about it."""


def generated(count: int) -> Callable[[Callable[[Program], None]], Callable[[], None]]:
    """Runs a check on so many programs, always the same ones.

    Shrinking is left out: it takes minutes, and the program is printed.
    """
    phases = [Phase.explicit, Phase.generate]
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run = settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=quiet, phases=phases
    )
    return lambda check: run(given(programs())(check))


def check_twins(program: Program) -> None:
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
        case {"type": "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event", "name": str(name)}:
            yield name
            yield from _names(value.get("nodes"))
        case dict():
            for item in value.values():
                yield from _names(item)
        case list() | tuple():
            for item in value:
                yield from _names(item)


@pytest.mark.xfail(strict=False, reason="a ternary of a coroutine and of something that starts by itself is two ifs in Python")
@generated(60)
def test_twins_have_one_graph(program: Program) -> None:
    check_twins(program)


@pytest.mark.full
@generated(1_000)
def test_many_twins_have_one_graph(program: Program) -> None:
    check_twins(program)
