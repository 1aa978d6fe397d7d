"""A repository with two workers in two languages, read as a whole."""

from __future__ import annotations

from pathlib import Path

from analyzer import Options, analyze_paths

MONOREPO = Path(__file__).parents[2] / "fixtures" / "projects" / "monorepo"


def test_both_workers_are_found_with_their_languages() -> None:
    found = {
        workflow.class_name: workflow.language.value
        for analysis in analyze_paths([str(MONOREPO)])
        for workflow in analysis.workflows
    }
    assert found == {"OrderWorkflow": "javascript", "ReportWorkflow": "python"}


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
