"""The checks turn red when the graph is wrong: mistakes are planted into graphs that real runs agree with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import mistakes
import pytest
from driving import Driving, Runner, drive
from runtime_cases import case_named
from schedules import claimed, observed
from trace_checks import complaints, complaints_about

from analyzer.graph import model

pytestmark = pytest.mark.xdist_group("runtime")

PLANTED = [
    (mistakes.drop_catch, "compensation"),
    (mistakes.drop_catch, "catch-in-loop"),
    (mistakes.forget_finally, "return-in-try-finally"),
    (mistakes.forget_finally, "finally-in-loop"),
    (mistakes.await_at_once, "kept-promises"),
    (mistakes.await_at_once, "pushed-promises"),
    (mistakes.lose_continue, "catch-in-loop"),
    (mistakes.lose_continue, "pushed-promises"),
    (mistakes.lose_break, "labels-and-loops"),
    (mistakes.lose_return, "guards"),
    (mistakes.wait_for_losers, "race-of-steps"),
    (mistakes.end_loops_early, "counted-loop"),
]


@pytest.mark.parametrize(("plant", "name"), PLANTED, ids=lambda value: getattr(value, "__name__", value))
def test_a_planted_mistake_is_found(javascript: Runner, plant: Callable[[model.Workflow], model.Workflow], name: str) -> None:
    case = case_named(name)
    wrong = replace(case)
    wrong.__dict__["workflow"] = plant(case.workflow)
    assert wrong.workflow != case.workflow
    driving = drive(javascript, case)
    assert [complaint for driven in driving.runs for complaint in complaints(case, driven)] == []
    assert [complaint for driven in driving.runs for complaint in complaints_about(wrong, driven)] != []


def test_a_step_taken_to_be_left_alone_is_found_by_schedules(javascript: Runner) -> None:
    case = case_named("sequence")
    wrong = replace(case)
    wrong.__dict__["workflow"] = mistakes.start_beside(case.workflow)
    assert [complaint for job in case.jobs for complaint in complaints(wrong, Driving(wrong).run(javascript, job))] == []
    assert observed(javascript, case, case.jobs[0]) == claimed(case) != claimed(wrong)
