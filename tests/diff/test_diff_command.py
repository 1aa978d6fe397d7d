"""``stepgraph diff``: what a side may be, formats, exit codes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.api import analyze_source
from analyzer.cli import main

ORDER = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
import { charge } from "./charge";
export class Order extends WorkflowEntrypoint {
  async run(event, step) { await charge(step); await step.sleep("nap", "1 hour"); }
}
"""
CHARGE = 'export async function charge(step) { await step.do("charge", async () => {}); }\n'
OTHER = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class Other extends WorkflowEntrypoint { async run(event, step) { await step.do("else", async () => {}); } }
"""

Diff = Callable[..., tuple[int, str, str]]


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diff:
    """Runs the command in a folder with the two files of one workflow."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "order.ts").write_text(ORDER, encoding="utf-8")
    (tmp_path / "charge.ts").write_text(CHARGE, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["diff", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(diff: Diff) -> Diff:
    """The folder as a repository: a commit, a second that renames the step of the imported function, a branch ``old``."""
    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "one")
    git("branch", "old")
    Path("charge.ts").write_text(CHARGE.replace('"charge"', '"take money"'), encoding="utf-8")
    git("commit", "-a", "-m", "two")
    return diff


def test_same_source_is_no_difference(diff: Diff) -> None:
    assert diff("order.ts", "order.ts") == (0, "Order: no difference\n", "")


@pytest.mark.parametrize("old", ["HEAD~1:order.ts", "HEAD~1:./order.ts", "old...", "old...HEAD:order.ts", "old"])
def test_git_revisions_are_read_with_what_they_import(repository: Diff, old: str) -> None:
    code, out, _ = repository(old, "order.ts")
    assert (code, out) == (1, 'Order: 1 change\n  ~ step "charge" is now "take money", in function charge  charge.ts:1:44\n')


def test_places_of_a_revision_name_it(repository: Diff) -> None:
    _, out, _ = repository("order.ts", "HEAD~1:order.ts")
    assert out.endswith("  HEAD~1:charge.ts:1:44\n")


@pytest.mark.parametrize("wrapping", ["result", "graph", "dag", "plain"])
def test_payload_files(diff: Diff, wrapping: str) -> None:
    document = analyze_source(ORDER.replace("await charge(step)", 'await step.do("charge", f)'), filename="a.ts").documents[0]
    wrapped = {
        "result": {"success": True, "result": {"graph": document, "id": "1"}},
        "graph": {"graph": document},
        "dag": {"dag": document},
        "plain": document,
    }
    Path("deployed.json").write_text(json.dumps(wrapped[wrapping]), encoding="utf-8")
    code, out, _ = diff("deployed.json", "order.ts")
    assert (code, out.splitlines()[0]) == (0, "Order: no difference")
    assert "one side is a payload" in out


def test_workflows_of_several_are_compared_by_name(diff: Diff) -> None:
    Path("both.ts").write_text(ORDER + OTHER.split("\n", 1)[1], encoding="utf-8")
    assert diff("order.ts", "both.ts")[:2] == (1, "Order: no difference\n\nOther: new workflow\n")
    assert diff("both.ts", "order.ts")[:2] == (1, "Order: no difference\n\nOther: workflow removed\n")
    assert diff("both.ts#Order", "order.ts")[:2] == (0, "Order: no difference\n")


def test_workflows_of_one_name_are_compared_by_file(diff: Diff) -> None:
    for folder, duration in (("old", "1 hour"), ("new", "2 hours")):
        for name in ("a.ts", "sub/b.ts"):
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(OTHER if name == "a.ts" else OTHER.replace("else", duration), encoding="utf-8")
    code, out, _ = diff("old", "new")
    assert code == 1
    assert out.splitlines()[0] == "Other in a.ts: no difference"
    assert out.splitlines()[2] == "Other in sub/b.ts: 1 change"


def test_json_has_a_version_and_the_settings_that_changed(diff: Diff) -> None:
    Path("new.ts").write_text(ORDER.replace("1 hour", "2 hours"), encoding="utf-8")
    code, out, _ = diff("order.ts", "new.ts", "--format", "json")
    document = json.loads(out)
    assert (code, document["version"], document["same"]) == (1, 1, False)
    (operation,) = document["workflows"][0]["operations"]
    assert operation["operation"] == "reconfigured"
    assert operation["settings"] == [{"key": "duration", "old": "1 hour", "new": "2 hours"}]
    assert operation["place"]["line"] == 4


def test_markdown_shows_both_diagrams(diff: Diff) -> None:
    Path("new.ts").write_text(ORDER.replace('"nap"', '"n_a*p"'), encoding="utf-8")
    _, out, _ = diff("order.ts", "new.ts", "--format", "markdown")
    assert out.count("```mermaid\nflowchart TD\n") == 2
    assert '- **changed** sleep "nap" is now "n\\_a\\*p"' in out


def test_github_summary_is_a_table(diff: Diff) -> None:
    _, out, _ = diff("order.ts", "order.ts", "--format", "github")
    assert "| Order | no difference |" in out


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("nowhere", "nowhere is neither a file, a payload, nor a git revision"),
        ("order.ts#Nobody", "no workflow Nobody in order.ts; there is Order"),
        ("null.json", "null.json: there is no graph"),
        ("broken.json", "broken.json: $: not JSON: line 1, column 2"),
        ("wrong.json", "wrong.json: $.workflow"),
        ("charge.ts", "no workflow in charge.ts"),
    ],
)
def test_what_cannot_be_compared_is_said(diff: Diff, old: str, message: str) -> None:
    Path("null.json").write_text('{"success": true, "result": {"graph": null}}', encoding="utf-8")
    Path("broken.json").write_text("{x", encoding="utf-8")
    Path("wrong.json").write_text('{"version": 1, "workflow": {}}', encoding="utf-8")
    code, out, err = diff(old, "order.ts")
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("HEAD:nowhere.ts", "HEAD:nowhere.ts is not there"),
        ("no-such-branch:order.ts", "neither a file"),
        ("--help-me:order.ts", "neither a file"),
        ("orphan...", "no commit in common"),
    ],
)
def test_what_git_does_not_have_is_said(repository: Diff, old: str, message: str) -> None:
    git("checkout", "--orphan", "orphan")
    git("commit", "-m", "alone")
    git("checkout", "main")
    code, _, err = repository("--", old, "order.ts")
    assert code == 2
    assert message in err
