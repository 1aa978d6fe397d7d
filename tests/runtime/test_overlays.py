"""Instances of the real engine painted on the graphs of their workflows."""

from __future__ import annotations

import pytest
from driving import Runner
from instances import instance_of
from runtime_cases import WRONG_GRAPHS, RuntimeCase, all_cases

from analyzer.analyses.overlay.log import State, read_log
from analyzer.analyses.overlay.painting import paint

NO_PATH = {"durations": "the engine's log has no end of a sleep that is refused"}
"""Cases whose log is no run of any workflow."""

pytestmark = pytest.mark.xdist_group("runtime")


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_every_step_of_an_instance_is_in_the_graph(request: pytest.FixtureRequest, case: RuntimeCase) -> None:
    runner: Runner = request.getfixturevalue("python" if case.is_python else "javascript")
    for job in case.jobs:
        instance = instance_of(runner(case, job))
        overlay = paint(case.workflow, read_log(instance))
        assert [entry.log_name for entry in overlay.unplanned] == []
        assert overlay.astray is None or case.name in {*WRONG_GRAPHS, *NO_PATH}
        painted = [entry for painting in overlay.paintings for entry in painting.entries]
        assert len(painted) == len(instance["result"]["steps"])


@pytest.mark.parametrize("case", all_cases()[:12], ids=lambda case: case.name)
def test_a_foreign_step_is_found(request: pytest.FixtureRequest, case: RuntimeCase) -> None:
    runner: Runner = request.getfixturevalue("python" if case.is_python else "javascript")
    instance = instance_of(runner(case, case.jobs[0]))
    instance["result"]["steps"].insert(0, {"type": "sleep", "name": "planted-1", "finished": True})
    overlay = paint(case.workflow, read_log(instance))
    assert [(entry.log_name, entry.state) for entry in overlay.unplanned] == [("planted-1", State.SUCCEEDED)]
