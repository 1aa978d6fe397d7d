"""A repository of two workers in two languages: what modules give together, one hand-written source gives alone."""

import os
from pathlib import Path

from analyzer.builder import build
from analyzer.builder.modules import Missing
from analyzer.frontends import read
from analyzer.graph.model import StepDo, walk
from analyzer.project.discovery import find_sources
from analyzer.project.resolution import ProjectModules
from analyzer.project.workers import bundled_files, find_workers
from analyzer.project.wrangler import implicit_dependencies

PROJECTS = Path(__file__).resolve().parents[2] / "fixtures" / "projects"
MONOREPO, FLAT = PROJECTS / "monorepo", PROJECTS / "monorepo-flat"


def workflows(path):
    project = ProjectModules(read, Missing)
    return build(project.open(str(path)), project).workflows, project


def test_the_typescript_worker_equals_its_flattened_source():
    (modular,), project = workflows(MONOREPO / "workers/orders/src/workflows/order.ts")
    (flat,), _ = workflows(FLAT / "order.ts")
    assert modular == flat
    assert modular.notes == ()
    assert [function.name for function in modular.functions] == ["charge", "fulfil", "pack", "ship"]
    assert len(project.sources) == 11


def test_spans_name_the_file_of_each_step():
    (workflow,), _ = workflows(MONOREPO / "workers/orders/src/workflows/order.ts")
    bodies = [workflow.body, *(function.body for function in workflow.functions)]
    steps = [node for body in bodies for node in walk(body) if type(node) is StepDo]
    files = {step.name: os.path.basename(step.span.path) for step in steps if step.span is not None}
    assert files == {
        "load order": "order.ts",
        "notify by email": "notify.ts",
        "audit: rejected": "audited.ts",
        "audit: done": "audited.ts",
        "write invoice": "retry.ts",
        "notify by sms": "notify.ts",
        "reserve amount": "retry.ts",
        "capture amount": "retry.ts",
        "pack ${...}": "pack.ts",
        "ship": "ship.ts",
    }


def test_the_python_worker_equals_its_flattened_source():
    (modular,), project = workflows(MONOREPO / "workers/reports/src/entry.py")
    (flat,), _ = workflows(FLAT / "report.py")
    assert modular == flat
    assert len(project.sources) == 5


def test_its_workers_and_their_entrypoints():
    workers = find_workers(str(MONOREPO))
    assert [(worker.config.name, worker.config.problems) for worker in workers] == [("orders", ()), ("reports", ())]
    assert [entry.class_name for worker in workers for entry in worker.config.own_workflows] == [
        "OrderWorkflow",
        "ReportWorkflow",
    ]
    assert all(implicit_dependencies(worker.config) for worker in workers)


def test_its_entrypoint_files_are_all_bundled():
    sources = list(find_sources([str(MONOREPO)]))
    assert [os.path.basename(path) for path in sources] == ["audited.ts", "entry.py"]
    bundled = bundled_files(find_workers(str(MONOREPO)), ProjectModules(read, Missing))
    assert {os.path.realpath(path) for path in sources} <= set(bundled)
