"""The hooks, installed and run by pre-commit in a repository of somebody else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from checkouts import committed, copied, git, run, workflow

HELPER = "export async function pause(step) {\n  await step.sleep('nap', '10 minutes');\n}\n"
FILES = {
    "src/order.ts": workflow("await pause(step);", before="import { pause } from './helper.js';\n"),
    "src/helper.ts": HELPER,
    "src/floating.ts": workflow('step.do("a", async () => 1);', name="Floating"),
    "src/legacy/old.ts": workflow('step.do("b", async () => 1);', name="Old"),
    "src/plain.ts": "export const one = 1;\n",
    "stepgraph.toml": 'exclude = ["src/legacy/"]\n',
}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with the hooks, and its commit."""
    folder = copied(tmp_path_factory.mktemp("stepgraph"))
    return folder, committed(folder)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, hooks: tuple[Path, str]) -> Path:
    """A repository with workflows that uses the hooks."""
    folder = tmp_path_factory.mktemp("project")
    repo, revision = hooks
    listed = "".join(f"      - id: stepgraph-{name}\n" for name in ("check", "graph"))
    config = f"repos:\n  - repo: {repo}\n    rev: {revision}\n    hooks:\n{listed}"
    committed(folder, {**FILES, ".pre-commit-config.yaml": config})
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where pre-commit keeps what it installs; once for all tests."""
    return str(tmp_path_factory.mktemp("home"))


def pre_commit(project: Path, home: str, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pre_commit", "run", "--verbose", *arguments]
    result = run(*command, folder=project, PRE_COMMIT_HOME=home, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_COMPILE="1")
    return result.returncode, result.stdout + result.stderr


def test_hooks_in_a_repository(project: Path, home: str) -> None:
    """One test, since what pre-commit installs takes longer than all it checks."""
    code, out = pre_commit(project, home, "stepgraph-check", "--all-files")
    assert code == 1, out
    assert "src/floating.ts:4:5" in out
    assert "src/legacy" not in out, "what the configuration excludes is left out though it is named"

    code, out = pre_commit(project, home, "stepgraph-check", "--files", "src/plain.ts")
    assert (code, "0 findings in 0 files" in out) == (0, True), out

    (project / "src/helper.ts").write_text(HELPER.replace("10 minutes", "10 min"), encoding="utf-8")
    git(project, "add", "src/helper.ts")
    code, out = pre_commit(project, home, "stepgraph-check")
    assert code == 1, out
    assert "SG106" in out, "a helper without a workflow is checked in the workflow that imports it"
    assert "src/floating.ts" not in out, "what the change does not concern is not"

    code, out = pre_commit(project, home, "stepgraph-graph", "--files", "src/helper.ts")
    assert code == 1, out
    diagram = project / "docs/workflows/Order.mmd"
    assert "nap" in diagram.read_text(encoding="utf-8")
    git(project, "add", "docs")
    code, out = pre_commit(project, home, "stepgraph-graph", "--files", "src/helper.ts")
    assert code == 0, out
