"""Real runs in the real engine against the static graph: every workflow of ``fixtures/runtime``, driven through its edges."""

from __future__ import annotations

import json

import pytest
from driving import Driving, Runner, drive, observable_edges, words
from engine import Engine, Job
from provisioning import node_modules
from runtime_cases import FIXTURES, RuntimeCase, all_cases, case_named, parameters
from trace_checks import complaints

pytestmark = pytest.mark.xdist_group("runtime")

UNTAKEN: dict[str, dict[str, list[str]]] = json.loads((FIXTURES / "untaken-edges.json").read_text(encoding="utf-8"))
"""Case -> reason -> edges no run of it takes."""


@pytest.mark.parametrize("case", parameters(all_cases()))
def test_runs_follow_the_graph_and_take_its_edges(request: pytest.FixtureRequest, case: RuntimeCase) -> None:
    excused = {edge for edges in UNTAKEN.get(case.name, {}).values() for edge in edges}
    runner: Runner = request.getfixturevalue("python" if case.is_python else "javascript")
    driving = drive(runner, case, excused)
    assert [complaint for driven in driving.runs for complaint in complaints(case, driven)] == []
    assert sorted(words(case, edge) for edge in driving.uncovered) == []


def test_there_are_enough_workflows_and_runs() -> None:
    assert len(all_cases()) >= 80
    assert sum(len(case.jobs) for case in all_cases()) >= 120


def test_at_most_one_edge_in_twenty_is_excused() -> None:
    total = excused = 0
    for case in all_cases():
        edges = [words(case, edge) for edge in observable_edges(case.flow)]
        listed = {edge for listed in UNTAKEN.get(case.name, {}).values() for edge in listed}
        assert listed <= set(edges), f"{case.name}: edges are listed that its graph does not have"
        total += len(edges)
        excused += sum(edge in listed for edge in edges)
    print(f"{total - excused} of {total} edges are taken, {(total - excused) / total:.1%}")
    assert excused <= 0.05 * total


def test_an_instance_stopped_by_the_step_limit_follows_its_graph() -> None:
    case = case_named("step-limit")
    with Engine(node_modules(), [case.subject], step_limit=12) as engine:
        driven = Driving(case).run(lambda case, job: engine.run(case.name, job), Job(params={"turns": 100}))
    assert driven.run.status == "complete"
    assert driven.run.steps()[-2:] == ["again-12", "again-13"]
    assert complaints(case, driven) == []
