"""The fixtures of the graph itself, run once each: what they do is a path of their graphs, as far as they go.

Their payload and bindings tolerate any use, so branches are taken as it comes; nothing is said about how a run ends.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from driving import Driven
from engine import Engine, Job, Run, Subject
from fixture_cases import cases
from provisioning import node_modules
from runtime_cases import RuntimeCase, trace_of
from source_maps import Bundle, bundled
from trace_checks import complaints

from analyzer import records
from analyzer.analyses.acceptance import accepts
from analyzer.analyses.traces import Outcome

UNSEEN = ("functions-callbacks-to-the-unseen",)
"""Fixtures that hand steps to functions which here do nothing with them."""

LEAST_FIXTURES = 50
LIMIT = 400
"""How long a run is watched, in milliseconds: what waits for an event waits for ever."""

STEP_LIMIT = 40
"""Steps after which the engine stops a fixture that loops for ever."""


@dataclass(frozen=True)
class Fixture:
    """A fixture's source, and the bundle of it that the engine runs (None: the source itself)."""

    name: str
    case: RuntimeCase
    bundle: Bundle | None

    @property
    def subject(self) -> Subject:
        return Subject(self.name, self.bundle.text if self.bundle else self.case.text, self.case.workflow.class_name)

    @property
    def job(self) -> Job:
        """Every name of the source that is not declared is something that tolerates any use."""
        names = sorted(set(re.findall(r"[A-Za-z_$][\w$]*", self.case.text)))
        return Job(self.name, globals=names, tolerant=True, settle=20, limit=LIMIT)

    def placed(self, run: Run) -> Run:
        """A run with its calls at their places in the source."""
        if self.bundle is None:
            return run
        calls = (
            replace(entry, at=self.bundle.original(entry.at, self.name)) if entry.at is not None else entry
            for entry in run.trace
        )
        return replace(run, trace=tuple(calls))


@cache
def fixtures() -> tuple[Fixture, ...]:
    """Fixtures with one workflow that is exported under its name, in JavaScript or TypeScript that bundles by itself."""
    return tuple(fixture for case in cases() for source in case.sources if (fixture := _fixture(case.name, source)) is not None)


def _fixture(name: str, source: Path) -> Fixture | None:
    if source.suffix not in (".ts", ".js"):
        return None
    name = f"{name}{source.suffix}".replace("/", "-").replace(".", "-")
    case = RuntimeCase(name, source, source.read_text(encoding="utf-8"), ())
    if name.startswith(UNSEEN) or len(case.analysis.workflows) != 1 or f"class {case.workflow.class_name} " not in case.text:
        return None
    try:
        return Fixture(name, case, bundled(source, node_modules()))
    except subprocess.CalledProcessError:
        return None


@pytest.fixture(scope="module")
def fixture_engine() -> Iterator[Engine]:
    with Engine(node_modules(), [fixture.subject for fixture in fixtures()], step_limit=STEP_LIMIT) as running:
        yield running


def test_what_fixtures_do_is_in_their_graphs(fixture_engine: Engine) -> None:
    found = []
    ran = 0
    for fixture in fixtures():
        run = fixture.placed(fixture_engine.run(fixture.name, fixture.job))
        ran += any(entry.kind == "call" for entry in run.trace)
        trace = records.replace(trace_of(fixture.case, run), outcome=Outcome.UNKNOWN)
        driven = Driven(fixture.job, run, trace, accepts(fixture.case.flow, trace))
        found.extend(complaints(fixture.case, driven))
    assert found == []
    assert ran >= LEAST_FIXTURES
