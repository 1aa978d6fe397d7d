"""Every TypeScript fixture through esbuild: plain, the same graph; minified, the same normal form and the same steps."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from provisioning import node_modules

from analyzer.analyses.diff.difference import difference
from analyzer.analyses.normal_form import normal_form, step_list
from analyzer.builder import build
from analyzer.frontends import read
from analyzer.graph.model import Workflow
from analyzer.source import Language, SourceFile

ROOT = Path(__file__).parents[2]
NOT_HERE = {"rules", "projects", "runtime", "reference"}
SOURCES = [path for path in sorted(ROOT.glob("fixtures/*/*/source.ts")) if path.parts[-3] not in NOT_HERE]

REWRITTEN = {
    "showcase/order-fulfilment": "esbuild merges a nested if into one && test, whose two branches then look independent",
}
"""Fixtures whose minified structure is another one, with the reason; their steps are still the same."""


@pytest.fixture(scope="session")
def esbuild() -> Path:
    return node_modules() / "@esbuild" / "linux-x64" / "bin" / "esbuild"


def workflows(path: str, text: str) -> dict[str, Workflow]:
    result = build(read(SourceFile(path, text, Language.JAVASCRIPT)))
    return {workflow.class_name: workflow for workflow in result.workflows}


def bundle(esbuild: Path, source: Path, *options: str) -> dict[str, Workflow]:
    command = [str(esbuild), str(source), "--bundle", "--format=esm", "--target=es2022", "--keep-names"]
    command += ["--external:cloudflare:workers", *options]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    return workflows("bundle.js", output)


def name_of(path: Path) -> str:
    return "/".join(path.parts[-3:-1])


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_plain_bundle_is_the_same(esbuild: Path, source: Path) -> None:
    before, after = workflows(str(source), source.read_text(encoding="utf-8")), bundle(esbuild, source)
    assert set(after) >= set(before)
    for name, workflow in before.items():
        assert normal_form(after[name]) == normal_form(workflow)
        assert difference(workflow, after[name]).operations == ()
        assert step_list(after[name]) == step_list(workflow)


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_minified_bundle_has_the_same_normal_form(esbuild: Path, source: Path) -> None:
    before, after = workflows(str(source), source.read_text(encoding="utf-8")), bundle(esbuild, source, "--minify")
    assert set(after) >= set(before)
    for name, workflow in before.items():
        assert step_list(after[name]) == step_list(workflow)
        same = normal_form(after[name]) == normal_form(workflow)
        assert same != (name_of(source) in REWRITTEN), REWRITTEN.get(name_of(source))
        assert (difference(workflow, after[name]).operations == ()) == same
