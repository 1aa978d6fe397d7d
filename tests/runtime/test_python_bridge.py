"""The stand-in for the engine that Python workflows are driven with does what the engine does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driving import Driving, Runner
from provisioning import node_modules, python_sdk
from python_bridge import PythonBridge
from runtime_cases import RuntimeCase, parameters, python_cases
from trace_checks import complaints

SIDE_BY_SIDE = {"python-as-completed", "python-dependency-twice", "python-gather-of-groups", "python-group-in-loop"}
"""Cases in which steps start in an order that depends on how long others take, or on that of a set."""

LEAST_WORKFLOWS = 50
LEAST_RUNS = 90


@pytest.fixture(scope="module")
def bridge() -> Iterator[PythonBridge]:
    with PythonBridge(node_modules(), python_sdk()) as running:
        yield running


@pytest.mark.parametrize("case", parameters(python_cases()))
def test_the_engine_runs_the_same_steps_and_they_follow_the_graph(
    bridge: PythonBridge, python: Runner, case: RuntimeCase
) -> None:
    driving = Driving(case)
    for job in case.jobs:
        by_engine, by_rules = driving.run(bridge.run, job), python(case, job)
        order = sorted if case.name in SIDE_BY_SIDE else list
        assert order(by_engine.run.steps()) == order(by_rules.steps())
        assert by_engine.run.status == by_rules.status
        assert complaints(case, by_engine) == []


def test_there_are_enough_python_workflows_and_runs() -> None:
    assert len(python_cases()) >= LEAST_WORKFLOWS
    assert sum(len(case.jobs) for case in python_cases()) >= LEAST_RUNS
