"""The GitHub Action: its description fits GitHub's schema, and its shell steps do in bash what they say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkouts import ROOT, committed, copied, run, workflow

ACTION = ROOT / ".github/actions/stepgraph/action.yml"
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
FILES = {"src/a.ts": workflow('step.do("a`b", async () => 1);\n    await scheduler.wait(5);'), "src/b c.ts": "export {};\n"}


class Job:
    """A checkout in which the shell steps of the action are run one after another, as GitHub's runner does."""

    def __init__(self, folder: Path, inputs: Mapping[str, str]) -> None:
        self.folder = folder
        self.action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
        defaults = {name: str(given.get("default", "")) for name, given in self.action["inputs"].items()}
        self.values = {f"inputs.{name}": value for name, value in {**defaults, **inputs}.items()}
        self.files = {name: folder.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in self.files.values():
            path.write_text("", encoding="utf-8")

    def run(self, step: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        """Runs one step with its environment; what it puts out is known to later ones."""
        env = {name: self.text(value) for name, value in step.get("env", {}).items()}
        env |= {name: str(path) for name, path in self.files.items()}
        result = run(
            *("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.text(step["run"])),
            folder=self.folder,
            GITHUB_ACTION_PATH=str(ACTION.parent),
            PATH=f"{Path(sys.executable).parent}:/usr/bin:/bin",
            **env,
        )
        for line in self.files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.values[f"steps.{step.get('id')}.outputs.{name}"] = value
        return result

    def text(self, template: str) -> str:
        """A text with its expressions replaced; one that is not known fails."""
        return EXPRESSION.sub(lambda found: self.values[found[1]], template)

    def step(self, name: str) -> subprocess.CompletedProcess[str]:
        """Runs the step of a name."""
        return self.run(next(step for step in self.action["runs"]["steps"] if step.get("name") == name))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    folder = tmp_path / "project"
    folder.mkdir()
    committed(folder, FILES)
    return Job(folder, {"paths": "src/a.ts src", "arguments": "--ignore SG209"})


def test_the_description_fits_the_schema_of_actions() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(ACTION)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_inputs_reach_the_shell_through_the_environment_only() -> None:
    """So that no input can be taken for a command."""
    steps = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")]


def test_findings_are_annotated_written_and_fail_the_job(job: Job) -> None:
    checked = job.step("Check workflows")
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("::error file=src/a.ts,line=4,")
    assert checked.stdout.count("\n") == 1
    document = json.loads((job.folder / "stepgraph.sarif").read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in document["runs"][0]["results"]] == ["SG201"]
    assert job.values["steps.check.outputs.sarif-file"] == "stepgraph.sarif"
    assert job.step("Fail if something was found").returncode == 1


def test_the_summary_shows_findings_and_diagrams(job: Job) -> None:
    drawn = job.step("Draw workflows")
    assert (drawn.returncode, drawn.stderr) == (0, "")
    summary = job.files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    assert "src/a.ts:4:5: SG201" in summary
    assert "\n### Order\n````mermaid\nflowchart TD\n" in summary
    assert summary.count("````") % 2 == 0


def test_what_cannot_be_carried_out_fails_at_once(job: Job) -> None:
    job.values["inputs.arguments"] = "--select SG999"
    checked = job.step("Check workflows")
    assert checked.returncode == 2
    assert "unknown rule" in checked.stderr


def test_arguments_are_words_and_not_commands(job: Job) -> None:
    job.values["inputs.paths"] = "src; touch harm"
    job.step("Check workflows")
    assert not (job.folder / "harm").exists()


def test_the_package_stands_where_the_install_step_looks_for_it(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    action = copy / ".github/actions/stepgraph"
    (step,) = (
        step for step in yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"] if "pip" in step.get("run", "")
    )
    place = re.search(r'"(\$GITHUB_ACTION_PATH[^"]*)"', step["run"])
    assert place is not None
    assert (Path(place[1].replace("$GITHUB_ACTION_PATH", str(action))) / "pyproject.toml").is_file()
