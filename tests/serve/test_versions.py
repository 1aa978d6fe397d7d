"""The history of a workflow: commits that changed its graph, by its own file or by what that imports."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from cloudflare import Cloudflare
from running import Server, do, serving, workflow

from analyzer.project.git import Commit
from analyzer.serve.history import MOST_COMMITS, changes
from analyzer.serve.snapshot import Served
from analyzer.source import Language

ACCOUNT = "0" * 32
HELPER = "export async function send(step) {{ await step.do('{}', async () => {{}}); }}\n"
IDENTITY = {
    f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in (("NAME", "a"), ("EMAIL", "a@example.org"))
}


class Repository:
    """A git repository with an hour between commits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hour = 0
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        date = f"2026-01-01T{self.hour:02}:00:00Z"
        environment = {**os.environ, **IDENTITY, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        command = ["git", "-c", "commit.gpgSign=false", "-c", "core.hooksPath=/dev/null", *arguments]
        subprocess.run(command, cwd=self.folder, env=environment, check=True, capture_output=True)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / f"{name}.ts").write_text(text, encoding="utf-8")

    def commit(self, **files: str) -> None:
        """Commits files, an hour after the commit before."""
        self.write(**files)
        self.hour += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")


def order(*names: str) -> str:
    return 'import { send } from "./helper";\n' + workflow("Order", *map(do, names), "await send(step);")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Five commits: at 1 o'clock the workflow, at 2 words, at 3 another step, at 4 another helper, at 5 something else."""
    repository = Repository(tmp_path / "repository")
    repository.commit(order=order("pay"), helper=HELPER.format("mail"))
    repository.commit(order=order("pay") + "// nothing new\n")
    repository.commit(order=order("charge"))
    repository.commit(helper=HELPER.format("post"))
    repository.commit(other=workflow("Other", do("tidy")))
    repository.write(order=order("charge", "ship"))
    return repository


def client_of(server: Server) -> Cloudflare:
    return Cloudflare(api_token="none", base_url=f"{server.url}/client/v4", max_retries=0, _strict_response_validation=True)


def graphs(server: Server, name: str) -> list[tuple[str | None, list[str]]]:
    """The versions of a workflow: when each was committed (None: it is not), and the names of its steps."""
    client = client_of(server)
    found: list[tuple[str | None, list[str]]] = []
    for version in client.workflows.versions.list(name, account_id=ACCOUNT):
        got = client.workflows.versions.graph(version.id, account_id=ACCOUNT, workflow_name=name)
        assert got.graph is not None
        time = version.created_on.strftime("%H:%M") if version.created_on.month == 1 else None
        steps = [node.name for node in got.graph.workflow.nodes if node.type == "step_do"]
        functions = [node["name"] for function in got.graph.workflow.functions.values() for node in function.nodes]
        found.append((time, [*steps, *functions]))
    return found


def test_versions_are_the_commits_that_changed_the_graph(repository: Repository) -> None:
    with serving(repository.folder) as server:
        assert graphs(server, "Order") == [
            (None, ["charge", "ship", "post"]),
            ("04:00", ["charge", "post"]),
            ("03:00", ["charge", "mail"]),
            ("01:00", ["pay", "mail"]),
        ]
        assert graphs(server, "Other") == [(None, ["tidy"]), ("05:00", ["tidy"])]
        before = [version.id for version in client_of(server).workflows.versions.list("Order", account_id=ACCOUNT)]
        repository.commit()
        after = [version.id for version in client_of(server).workflows.versions.list("Order", account_id=ACCOUNT)]
        assert [after[0], *after[2:]] == before
        assert graphs(server, "Order")[1] == ("06:00", ["charge", "ship", "post"])


def test_ids_are_the_same_in_another_run(repository: Repository) -> None:
    runs = []
    for _ in range(2):
        with serving(repository.folder) as server:
            runs.append([version.id for version in client_of(server).workflows.versions.list("Order", account_id=ACCOUNT)])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == 4


def test_history_leaves_the_repository_alone(repository: Repository, tmp_path: Path) -> None:
    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(repository.folder.rglob("*")) if path.is_file()}

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = state()
    with serving(repository.folder, TMPDIR=str(temporary)) as server:
        assert len(graphs(server, "Order")) == 4
        assert server.stop() == 0
    assert state() == before
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("path", ["", os.environ["PATH"]], ids=["no git", "no repository"])
def test_without_a_history_there_is_the_working_tree(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.ts").write_text(workflow("A", do("one")), encoding="utf-8")
    with serving(tmp_path, PATH=path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent)) as server:
        assert graphs(server, "A") == [(None, ["one"])]


def test_oldest_commit_looked_at_only_says_what_was_before() -> None:
    served = Served("a", "s", "A", "a.ts", 1, Language.JAVASCRIPT)
    commits = [Commit(str(number), float(number)) for number in range(MOST_COMMITS, -1, -1)]
    same = {"version": 1, "workflow": {"class_name": "A", "functions": {}, "nodes": []}}
    other = {**same, "workflow": {**same["workflow"], "nodes": [{"type": "loop", "nodes": []}]}}
    assert list(changes(served, commits, [same] * (MOST_COMMITS + 1))) == []
    assert [each.created_on for each in changes(served, commits, [same] * MOST_COMMITS + [other])] == [1.0]
    assert [each.created_on for each in changes(served, commits[:-1], [same] * MOST_COMMITS)] == [1.0]


def test_class_that_comes_back_is_a_version() -> None:
    served = Served("a", "s", "A", "a.ts", 1, Language.JAVASCRIPT)
    graph = {"version": 1, "workflow": {"class_name": "A", "functions": {}, "nodes": []}}
    commits = [Commit(name, float(time)) for time, name in enumerate("cba")]
    assert [each.created_on for each in changes(served, commits, [graph, None, graph])] == [0.0, 2.0]
