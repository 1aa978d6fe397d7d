"""The workflows of ``fixtures/runtime``, each a folder with its source and the jobs that drive it.

``source.js`` or ``source.py``, and ``runs.json``: a list of objects whose keys are those of ``engine.Job``. Python whose steps
name their dependencies by ``depends=``, as the platform had it first, is in folders that begin with ``python-legacy``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from engine import Happened, Job, Place, Run, Subject

from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.flow_graph import ControlFlow, EdgeKind
from analyzer.analyses.precedence import Precedence, precedence_of
from analyzer.analyses.traces import Ended, Event, Outcome, Started, Trace, points_at
from analyzer.api import Analysis, Options, analyze_source
from analyzer.graph import model

FIXTURES = Path(__file__).parents[2] / "fixtures" / "runtime"
WRONG_GRAPHS: dict[str, str] = json.loads((FIXTURES / "wrong-graphs.json").read_text(encoding="utf-8"))
"""Case -> what is known to be wrong with its graph."""

RAISING: dict[str, str] = json.loads((FIXTURES / "raising.json").read_text(encoding="utf-8"))
"""Case -> what raises in it though the graph does not say so; elsewhere nothing between steps does."""

LEGACY_DATE = "2025-10-01"
UNKNOWN_NAMES = frozenset({"<dynamic>", "<missing>", "could not compute"})
OUTCOMES = {"complete": Outcome.COMPLETE, "errored": Outcome.ERRORED}


@dataclass(frozen=True)
class RuntimeCase:
    """One workflow with what is done to it."""

    name: str
    path: Path
    text: str
    jobs: tuple[Job, ...]

    @cached_property
    def analysis(self) -> Analysis:
        """What the analyzer says about the source."""
        options = Options(compatibility_date=LEGACY_DATE if self.is_legacy else None)
        return analyze_source(self.text, filename=self.path.name, options=options)

    @property
    def is_legacy(self) -> bool:
        """Whether its runtime has dependencies given by ``depends=``."""
        return self.name.startswith("python-legacy")

    @property
    def is_python(self) -> bool:
        """Whether it is in Python."""
        return self.path.suffix == ".py"

    @cached_property
    def workflow(self) -> model.Workflow:
        """The one workflow in it."""
        (workflow,) = self.analysis.workflows
        return workflow

    @cached_property
    def flow(self) -> ControlFlow:
        """Its control-flow graph."""
        return control_flow(self.workflow)

    @cached_property
    def strict_flow(self) -> ControlFlow:
        """The same without errors of code between steps, where the case has none."""
        strict = control_flow(self.workflow)
        if self.name not in RAISING:
            edges = strict.graph.edges(data="kind")
            strict.graph.remove_edges_from([(source, target) for source, target, kind in edges if kind is EdgeKind.MAY_THROW])
        return strict

    @cached_property
    def relations(self) -> Precedence:
        """What precedes and overlaps what in it."""
        return precedence_of(self.flow)

    @cached_property
    def subject(self) -> Subject:
        """What the engine runs."""
        return Subject(self.name, self.text, self.workflow.class_name)

    def offset(self, place: Place) -> int:
        """The offset in code points of a place in the module, whose columns count UTF-16 units in JavaScript."""
        line_start = self.analysis.sources[self.path.name].line_starts[place.line - 1]
        if self.is_python:
            return line_start + place.column - 1
        units = place.column - 1
        for index in range(line_start, len(self.text)):
            if units <= 0:
                return index
            units -= 2 if ord(self.text[index]) > 0xFFFF else 1
        return len(self.text)

    def points(self, place: Place, name: str) -> frozenset[int]:
        """The START points at a place where a step was called, and of its name as far as that is known.

        V8 reports a call at its method token, but at the parenthesis if the token is a keyword (``do``) or in brackets.
        """
        offset = self.offset(place)
        if not self.is_python and self.text[offset] == "(":
            offset = self._tokens.get(
                len(self.text[:offset].rstrip().removesuffix("?.").rstrip().removesuffix("]").rstrip()), -1
            )
        points = points_at(self.flow, self.path.name, offset)
        return frozenset(point for point in points if _is_named(self.flow.promises[point], name))

    @cached_property
    def _tokens(self) -> dict[int, int]:
        """Where each step's method token starts, by where it ends."""
        spans = (node.name_span for node in self.flow.promises.values() if hasattr(node, "name_span"))
        return {span.end: span.start for span in spans if span is not None}


@cache
def all_cases() -> tuple[RuntimeCase, ...]:
    """Every case, by name."""
    return tuple(_load(path) for path in sorted(FIXTURES.glob("*/source.*")))


def javascript_cases() -> tuple[RuntimeCase, ...]:
    """The cases in JavaScript."""
    return tuple(case for case in all_cases() if not case.is_python)


def python_cases() -> tuple[RuntimeCase, ...]:
    """The cases in Python."""
    return tuple(case for case in all_cases() if case.is_python)


def case_named(name: str) -> RuntimeCase:
    """The case of a name."""
    return next(case for case in all_cases() if case.name == name)


def parameters(cases: Iterable[RuntimeCase]) -> list[ParameterSet]:
    """Cases as parameters of a test; those whose graph is known to be wrong are expected to fail it."""
    return [
        pytest.param(
            case, id=case.name, marks=[pytest.mark.xfail(reason=wrong)] if (wrong := WRONG_GRAPHS.get(case.name)) else []
        )
        for case in cases
    ]


def _load(path: Path) -> RuntimeCase:
    jobs = json.loads((path.parent / "runs.json").read_text(encoding="utf-8"))
    return RuntimeCase(path.parent.name, path, path.read_text(encoding="utf-8"), tuple(Job(**job) for job in jobs))


def trace_of(case: RuntimeCase, run: Run) -> Trace:
    """What a run did as a trace of the case's graph; every call must be at a step of it."""
    events: list[Event] = []
    for happened in run.trace:
        match happened.kind:
            case "call":
                events.append(Started(happened.call, called(case, happened), happened.inside))
            case "end":
                events.append(Ended(happened.call, happened.failed))
    return Trace(tuple(events), OUTCOMES.get(run.status, Outcome.UNKNOWN))


def called(case: RuntimeCase, call: Happened) -> frozenset[int]:
    """The START points of a call; there is one at least, else the graph lacks a step that has run."""
    assert call.at is not None, f"{case.name}: the place of {call.name!r} is not known"
    points = case.points(call.at, call.name)
    assert points, f"{case.name}: no step of the graph at {call.at.line}:{call.at.column}, where {call.name!r} was called"
    return points


def _is_named(node: model.Promise, name: str) -> bool:
    """Whether a step's name in the graph allows a name that ran."""
    assert hasattr(node, "name")
    if node.name in UNKNOWN_NAMES:
        return True
    return re.fullmatch(re.escape(node.name).replace(re.escape("${...}"), ".*"), name, re.DOTALL) is not None
