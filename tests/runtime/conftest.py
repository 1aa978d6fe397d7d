"""One engine for the session, with every workflow of ``fixtures/runtime`` in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driving import Runner
from engine import Engine, Job, Run
from provisioning import node_modules, python_sdk
from python_engine import PythonEngine
from runtime_cases import RuntimeCase, javascript_cases


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """The running engine."""
    modules = node_modules()
    with Engine(modules, [case.subject for case in javascript_cases()]) as running:
        yield running


@pytest.fixture(scope="session")
def javascript(engine: Engine) -> Runner:
    """Runs a JavaScript case in the engine."""

    def run(case: RuntimeCase, job: Job) -> Run:
        return engine.run(case.name, job)

    return run


@pytest.fixture(scope="session")
def python() -> Runner:
    """Runs a Python case in the SDK, with steps that follow the engine's rules."""
    return PythonEngine(python_sdk()).run
