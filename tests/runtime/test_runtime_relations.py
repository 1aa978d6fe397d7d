"""Where every step runs once, what several schedules show is exactly what the graph says: no order more, no overlap less."""

from __future__ import annotations

import pytest
from driving import Runner
from runtime_cases import case_named
from schedules import claimed, observed

pytestmark = pytest.mark.xdist_group("runtime")

EXACT = [
    ("all-inline", "plain"),
    ("floating", "plain"),
    ("floating-rejects", "plain"),
    ("handed-over", "plain"),
    ("kept-combinator", "plain"),
    ("kept-promises", "plain"),
    ("nested-steps", "plain"),
    ("race-loser-joined", "plain"),
    ("race-of-steps", "the far one wins"),
    ("sequence", "plain"),
    ("settled-and-any", "plain"),
    ("settled-and-any", "none wins"),
    ("unrolled", "plain"),
    ("void-and-waituntil", "plain"),
]
"""Cases and jobs in which one step made slow at a time shows every overlap, and every order that is not one."""


@pytest.mark.parametrize(("name", "label"), EXACT)
def test_schedules_show_the_relations_of_the_graph(javascript: Runner, name: str, label: str) -> None:
    case = case_named(name)
    job = next(job for job in case.jobs if job.label == label)
    before, beside = observed(javascript, case, job)
    expected_before, expected_beside = claimed(case)
    assert before == expected_before
    assert beside == expected_beside
