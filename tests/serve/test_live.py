"""What happens to the page's events, and to the graphs, when files change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import Server, do, serving, workflow

ACCOUNT = "0" * 32
HELPER = "export async function send(step) {{ {} }}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two workflows in one file of a folder, one of them with a helper that stands outside of it."""
    folder = tmp_path / "served"
    folder.mkdir()
    (tmp_path / "helper.ts").write_text(HELPER.format(do("mail")), encoding="utf-8")
    write(folder, do("charge"))
    return folder


def write(folder: Path, *statements: str) -> None:
    first = 'import { send } from "../helper";\n' + workflow("Order", *statements, "await send(step);")
    (folder / "flows.ts").write_text(first + workflow("Refund", do("refund")), encoding="utf-8")


def names(server: Server, name: str) -> list[str]:
    """The steps of a workflow's graph now, with those of its functions."""
    base = f"/accounts/{ACCOUNT}/workflows/{name}/versions"
    (version,) = server.get(base).json["result"]
    work = server.get(f"{base}/{version['id']}/graph").json["result"]["graph"]["workflow"]
    lists = [work["nodes"], *(function["nodes"] for function in work["functions"].values())]
    return [node["name"] for nodes in lists for node in nodes if node["type"] == "step_do"]


def until(events: Iterator[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    """The next summary that shows what is wanted; the stream's time limit ends the wait."""
    for event in events:
        flows = {each["name"]: each for each in event["workflows"]}
        shown = {
            "flows": sorted(flows),
            "stale": sorted(name for name, each in flows.items() if each["stale"]),
            "codes": [problem["code"] for problem in event["problems"]],
            "steps": {name: each["steps"] for name, each in flows.items()},
        }
        if all(shown[key] == value for key, value in wanted.items()):
            return event
    raise AssertionError("the stream ended")


def test_change_of_a_file_is_told_and_changes_the_graph_at_once(project: Path) -> None:
    with serving(project) as server, server.events() as events:
        first = until(events, flows=["Order", "Refund"], steps={"Order": 2, "Refund": 1}, codes=[])
        write(project, do("charge"), do("ship"))
        second = until(events, steps={"Order": 3, "Refund": 1})
        assert names(server, "Order") == ["charge", "ship", "mail"]
        assert first["workflows"][0]["digest"] != second["workflows"][0]["digest"]


def test_change_of_an_imported_file_outside_of_what_is_served(project: Path) -> None:
    with serving(project) as server, server.events() as events:
        until(events, steps={"Order": 2, "Refund": 1})
        (project.parent / "helper.ts").write_text(HELPER.format(do("mail") + do("file")), encoding="utf-8")
        until(events, steps={"Order": 3, "Refund": 1})
        assert names(server, "Order") == ["charge", "mail", "file"]


def test_error_is_told_while_the_last_good_graph_stays(project: Path) -> None:
    with serving(project) as server, server.events() as events:
        until(events, codes=[], stale=[])
        write(project, do("charge"), "await step.do(((;")
        event = until(events, flows=["Order", "Refund"], stale=["Order", "Refund"])
        assert {problem["code"] for problem in event["problems"]} == {"SG101"}
        assert event["problems"][0]["path"].endswith("flows.ts")
        assert event["problems"][0]["line"] == 6
        assert names(server, "Order") == ["charge", "mail"]
        write(project, do("pay"))
        until(events, codes=[], stale=[])
        assert names(server, "Order") == ["pay", "mail"]


def test_file_that_cannot_be_read_leaves_its_graphs(project: Path) -> None:
    with serving(project) as server, server.events() as events:
        until(events, codes=[], stale=[])
        (project / "flows.ts").write_bytes(b"// WorkflowEntrypoint \xff\n")
        until(events, flows=["Order", "Refund"], stale=["Order", "Refund"], codes=["SG003"])
        assert names(server, "Refund") == ["refund"]


def test_error_of_one_workflow_is_not_that_of_its_neighbour(project: Path) -> None:
    """SG305: a workflow without steps is one that is just being written."""
    with serving(project) as server, server.events() as events:
        until(events, codes=[], stale=[])
        (project / "flows.ts").write_text(workflow("Order", "return 1;") + workflow("Refund", do("back")), encoding="utf-8")
        until(events, stale=["Order"], codes=["SG305"])
        assert names(server, "Order") == ["charge", "mail"]
        assert names(server, "Refund") == ["back"]


def test_error_from_the_start_shows_what_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text(workflow("A", do("one"), "let = = 1;"), encoding="utf-8")
    with serving(tmp_path) as server, server.events() as events:
        event = until(events, flows=["A"], stale=[])
        assert {problem["code"] for problem in event["problems"]} == {"SG101"}
        (tmp_path / "a.ts").write_text(workflow("A", do("two"), "let = = 1;"), encoding="utf-8")
        until(events, stale=[])
        assert names(server, "A") == ["two"]


def test_workflows_that_come_and_go(project: Path) -> None:
    with serving(project) as server, server.events() as events:
        until(events, flows=["Order", "Refund"])
        (project / "more.ts").write_text(workflow("More", do("one")), encoding="utf-8")
        until(events, flows=["More", "Order", "Refund"])
        (project / "flows.ts").unlink()
        until(events, flows=["More"])
        assert server.get(f"/accounts/{ACCOUNT}/workflows/Order").status == 404


def test_configuration_that_comes_renames(project: Path) -> None:
    entry = '[{"binding": "O", "name": "order-flow", "class_name": "Order"}]'
    with serving(project) as server, server.events() as events:
        until(events, flows=["Order", "Refund"])
        text = f'{{"name": "shop", "main": "flows.ts", "workflows": {entry}}}'
        (project / "wrangler.jsonc").write_text(text, encoding="utf-8")
        until(events, flows=["Refund", "order-flow"])
        assert names(server, "order-flow") == ["charge", "mail"]


def test_settings_that_mean_nothing_are_told_and_all_stays(project: Path) -> None:
    with serving(project) as server, server.events() as events:
        until(events, codes=[])
        (project / "stepgraph.toml").write_text("plan = 3\n", encoding="utf-8")
        event = until(events, codes=[""], flows=["Order", "Refund"])
        assert "stepgraph.toml:1:" in event["problems"][0]["message"]
        write(project, do("charge"), do("ship"))
        (project / "stepgraph.toml").unlink()
        until(events, codes=[], steps={"Order": 3, "Refund": 1})


def test_everyone_who_listens_is_told(project: Path) -> None:
    with serving(project) as server, server.events() as first, server.events() as second:
        until(first, codes=[])
        until(second, codes=[])
        write(project, do("charge"), do("ship"))
        assert until(first, steps={"Order": 3, "Refund": 1}) == until(second, steps={"Order": 3, "Refund": 1})
