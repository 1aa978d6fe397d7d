"""Both workers of the monorepo really run: the one in TypeScript bundled, the one in Python from its modules."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from engine import Engine, Job, Run, Subject
from monorepo import MONOREPO, REPORTS, bundled_worker
from provisioning import node_modules, python_sdk
from python_engine import PythonEngine
from runtime_cases import OUTCOMES, RuntimeCase

from analyzer import analyze_paths
from analyzer.analyses.acceptance import accepts
from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.traces import Ended, Event, Started, Trace
from analyzer.graph.model import Workflow

TOLD = {"notify by email": "told", "notify by sms": "told"}
ORDERS = [
    (Job("small", {"orderId": "o", "items": ["a", "b"]}, TOLD), "complete", "ship-1"),
    (Job("nothing to pay", {"orderId": "o", "items": []}, TOLD), "complete", "audit: done-1"),
    (
        Job(
            "approved",
            {"orderId": "o", "items": ["a"]},
            {**TOLD, "load order": {"id": "o", "total": 2000}},
            events=[{"type": "order-review", "payload": {"approved": True}, "after": 0}],
        ),
        "complete",
        "capture amount-1",
    ),
    (
        Job(
            "rejected",
            {"orderId": "o", "items": ["a"]},
            {**TOLD, "load order": {"id": "o", "total": 2000}},
            events=[{"type": "order-review", "payload": {"approved": False}, "after": 0}],
        ),
        "complete",
        "audit: rejected-1",
    ),
    (Job("no money", {"orderId": "o", "items": ["a"]}, TOLD, {"reserve amount": {}}), "errored", "notify by sms-1"),
]
REPORT_RUNS = [
    (Job("a day", {"day": "monday"}), "complete", "deliver by archive-1"),
    (Job("no rows", {"day": "monday"}, {"collect orders": []}), "complete", "collect orders-1"),
    (Job("no mail", {"day": "monday"}, fail={"deliver by mail": {}}), "errored", "deliver by mail-1"),
]


@pytest.fixture(scope="module")
def workflows() -> dict[str, Workflow]:
    analyses = analyze_paths([str(MONOREPO)])
    return {workflow.class_name: workflow for analysis in analyses for workflow in analysis.workflows}


def is_path(workflow: Workflow, run: Run) -> bool:
    """Whether a run is a path of a graph, its calls taken by the names of steps: they stand in files the run does not name."""
    flow = control_flow(workflow)

    def points(name: str) -> frozenset[int]:
        patterns = {point: re.escape(getattr(node, "name", "")) for point, node in flow.promises.items()}
        hole = re.escape("${...}")
        return frozenset(point for point, pattern in patterns.items() if re.fullmatch(pattern.replace(hole, ".*"), name))

    events: list[Event] = []
    for entry in run.trace:
        match entry.kind:
            case "call":
                events.append(Started(entry.call, points(entry.name), entry.inside))
            case "end":
                events.append(Ended(entry.call, entry.failed))
    return accepts(flow, Trace(tuple(events), OUTCOMES[run.status])).accepted


@pytest.fixture(scope="module")
def order_engine(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Job], Run]:
    text = bundled_worker(tmp_path_factory.mktemp("bundle"), node_modules())
    with Engine(node_modules(), [Subject("orders", text, "OrderWorkflow")]) as engine:
        yield lambda job: engine.run("orders", job)


@pytest.mark.parametrize(("job", "status", "step"), ORDERS, ids=lambda value: getattr(value, "label", None))
def test_runs_of_the_typescript_worker(
    order_engine: Callable[[Job], Run], workflows: dict[str, Workflow], job: Job, status: str, step: str
) -> None:
    run = order_engine(job)
    assert (run.status, step in run.steps()) == (status, True)
    assert is_path(workflows["OrderWorkflow"], run)
    assert not is_path(workflows["ReportWorkflow"], run)


@pytest.mark.parametrize(("job", "status", "step"), REPORT_RUNS, ids=lambda value: getattr(value, "label", None))
def test_runs_of_the_python_worker(
    workflows: dict[str, Workflow], monkeypatch: pytest.MonkeyPatch, job: Job, status: str, step: str
) -> None:
    entry = MONOREPO / REPORTS
    monkeypatch.syspath_prepend(str(entry.parent))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    run = PythonEngine(python_sdk()).run(RuntimeCase("reports", Path(entry), entry.read_text(encoding="utf-8"), (job,)), job)
    assert (run.status, run.steps()[-1]) == (status, step)
    assert is_path(workflows["ReportWorkflow"], run)
    assert not is_path(workflows["OrderWorkflow"], run)
