"""What the README says to put into other tools' files fits these tools, and stops a bad deployment."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from blocks import blocks

ROOT = Path(__file__).resolve().parents[2]
RECIPES = {block.info[1]: block.text for block in blocks(ROOT / "README.md") if len(block.info) == 2}
SOURCE = """import {{ WorkflowEntrypoint }} from "cloudflare:workers";
export class Order extends WorkflowEntrypoint {{
  async run(event, step) {{
    {}step.do("charge", async () => 1);
  }}
}}
"""
STATES = pytest.mark.parametrize(("line", "deployed"), [("await ", True), ("", False)], ids=["good", "bad"])


def tool(*command: str, folder: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([path, str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(command, cwd=folder, env={**os.environ, "PATH": paths}, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path, line: str) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/index.ts").write_text(SOURCE.format(line), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("recipe", "schema"), [("github", "github-workflows"), ("gitlab", "gitlab-ci")])
def test_recipe_fits_the_schema_of_its_tool(tmp_path: Path, recipe: str, schema: str) -> None:
    (tmp_path / "recipe.yml").write_text(RECIPES[recipe], encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", "recipe.yml"]
    result = tool(*command, folder=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_hooks_of_the_recipe_exist(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(RECIPES["pre-commit"], encoding="utf-8")
    assert tool(sys.executable, "-m", "pre_commit", "validate-config", "config.yaml", folder=tmp_path).returncode == 0
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for repo in yaml.safe_load(RECIPES["pre-commit"])["repos"] for hook in repo["hooks"]} == hooks


def test_the_action_of_the_recipe_exists() -> None:
    (job,) = yaml.safe_load(RECIPES["github"])["jobs"].values()
    step = job["steps"][-1]
    folder = step["uses"].partition("@")[0].removeprefix("OWNER/stepgraph/")
    action: dict[str, Any] = yaml.safe_load((ROOT / folder / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])


@STATES
def test_gitlab_is_given_its_report(project: Path, deployed: bool) -> None:
    job = yaml.safe_load(RECIPES["gitlab"])["stepgraph"]
    result = tool(*shlex.split(job["script"][-1]), folder=project)
    assert (result.returncode == 0) is deployed
    issues = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert len(issues) == int(not deployed)


@STATES
def test_wrangler_builds_what_has_no_findings(project: Path, deployed: bool) -> None:
    command = tomllib.loads(RECIPES["wrangler"])["build"]["command"]
    assert (tool(*shlex.split(command), folder=project).returncode == 0) is deployed


@STATES
def test_npm_deploys_what_has_no_findings(project: Path, deployed: bool) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("npm is needed") if os.environ.get("CI") else pytest.skip("npm is not installed")
    wrangler = project / "bin/wrangler"
    wrangler.parent.mkdir()
    wrangler.write_text("#!/bin/sh\ntouch deployed\n", encoding="utf-8")
    wrangler.chmod(0o755)
    (project / "package.json").write_text(RECIPES["npm"], encoding="utf-8")
    result = tool(npm, "run", "deploy", folder=project, path=str(wrangler.parent))
    assert (result.returncode == 0) is deployed, result.stderr
    assert (project / "deployed").exists() is deployed
