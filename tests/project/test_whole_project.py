"""A repository with two workers in two languages, read as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer import Options, analyze_paths
from analyzer.cli import main

MONOREPO = Path(__file__).parents[2] / "fixtures" / "projects" / "monorepo"


def test_both_workers_are_found_with_their_languages() -> None:
    found = {
        workflow.class_name: workflow.language.value
        for analysis in analyze_paths([str(MONOREPO)])
        for workflow in analysis.workflows
    }
    assert found == {"OrderWorkflow": "javascript", "ReportWorkflow": "python"}


def test_graph_prints_both_workers_with_their_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", str(MONOREPO), "--all"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted((line["language"], line["class_name"]) for line in lines) == [
        ("javascript", "OrderWorkflow"),
        ("python", "ReportWorkflow"),
    ]
    assert {line["graph"]["workflow"]["class_name"] for line in lines} == {"OrderWorkflow", "ReportWorkflow"}


def test_a_workflow_of_the_project_is_chosen_by_its_class(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", f"{MONOREPO}#ReportWorkflow", "--format", "tree"]) == 0
    assert capsys.readouterr().out.startswith("ReportWorkflow (payload day")


def test_a_named_file_shows_the_workflows_it_passes_on() -> None:
    main = MONOREPO / "workers" / "orders" / "src" / "index.ts"
    (analysis,) = analyze_paths([str(main)])
    assert [workflow.class_name for workflow in analysis.workflows] == ["OrderWorkflow"]
    (workflow,) = analysis.workflows
    assert workflow.span is not None
    assert workflow.span.path.endswith("workflows/order.ts")
    (analysis,) = analyze_paths([str(main)], options=Options(reexported=False))
    assert analysis.workflows == ()


def test_an_abstract_base_is_no_workflow() -> None:
    base = MONOREPO / "workers" / "orders" / "src" / "workflows" / "audited.ts"
    (analysis,) = analyze_paths([str(base)])
    assert (analysis.workflows, analysis.notes) == ((), ())
