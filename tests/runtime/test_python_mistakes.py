"""Mistakes planted into the graphs of Python workflows are found by their runs on the real SDK."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import mistakes
import pytest
from driving import Runner, drive
from runtime_cases import case_named
from trace_checks import complaints, complaints_about

from analyzer.graph import model

PLANTED = [
    (mistakes.drop_catch, "python-handlers"),
    (mistakes.drop_catch, "python-except-star"),
    (mistakes.forget_finally, "python-try-else-finally"),
    (mistakes.forget_finally, "python-context-managers"),
    (mistakes.await_at_once, "python-tasks"),
    (mistakes.run_in_order, "python-gather"),
    (mistakes.run_in_order, "python-dependencies-concurrent"),
    (mistakes.run_in_order, "python-dependency-twice"),
    (mistakes.forget_first, "python-dependencies-in-order"),
    (mistakes.forget_first, "python-legacy-in-order"),
    (mistakes.start_first, "python-kept-coroutine"),
    (mistakes.await_at_once, "python-awaited-later-in-branch"),
    (mistakes.wait_for_losers, "python-race-then-join"),
    (mistakes.end_loops_early, "python-counted-loop"),
    (mistakes.lose_break, "python-while-else-walrus"),
    (mistakes.lose_return, "python-guards"),
]


@pytest.mark.parametrize(("plant", "name"), PLANTED, ids=lambda value: getattr(value, "__name__", value))
def test_a_mistake_planted_into_a_python_graph_is_found(
    python: Runner, plant: Callable[[model.Workflow], model.Workflow], name: str
) -> None:
    case = case_named(name)
    wrong = replace(case)
    wrong.__dict__["workflow"] = plant(case.workflow)
    assert wrong.workflow != case.workflow
    driving = drive(python, case)
    assert [complaint for driven in driving.runs for complaint in complaints(case, driven)] == []
    assert [complaint for driven in driving.runs for complaint in complaints_about(wrong, driven)] != []
