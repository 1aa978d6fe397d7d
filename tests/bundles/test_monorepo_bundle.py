"""A worker of a monorepo, read by its modules and as the bundle esbuild makes of them: the same graph."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from monorepo import bundled_worker
from provisioning import node_modules

from analyzer import analyze_paths, analyze_source
from analyzer.analyses.normal_form import normal_form, step_list
from analyzer.graph.model import Workflow


@pytest.fixture(scope="module")
def modular() -> Workflow:
    (found,) = (
        workflow
        for analysis in analyze_paths(["fixtures/projects/monorepo"])
        for workflow in analysis.workflows
        if workflow.class_name == "OrderWorkflow"
    )
    return found


def orders(folder: Path, *options: str) -> Workflow:
    (workflow,) = analyze_source(bundled_worker(folder, node_modules(), *options), filename="bundle.js").workflows
    assert workflow.class_name == "OrderWorkflow"
    return workflow


def test_a_bundle_of_the_worker_is_the_same(modular: Workflow, tmp_path: Path) -> None:
    bundle = orders(tmp_path)
    assert step_list(bundle) == step_list(modular)
    assert normal_form(bundle) == normal_form(modular)


def test_a_minified_bundle_of_the_worker_has_the_same_steps(modular: Workflow, tmp_path: Path) -> None:
    """Not the same structure: of an ``if`` in an ``if`` esbuild makes one ``&&``, as in the showcase."""
    assert step_list(orders(tmp_path, "--minify")) == step_list(modular)


def test_esbuild_needs_what_the_project_says(tmp_path: Path) -> None:
    """The workspace and the aliases are what leads to the modules: without them there is no bundle."""
    with pytest.raises(subprocess.CalledProcessError) as failed:
        bundled_worker(tmp_path, node_modules(), linked=False)
    assert 'Could not resolve "@acme/' in failed.value.stderr
