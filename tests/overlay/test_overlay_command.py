"""``stepgraph overlay``: logs as the API gives them, what is painted, formats, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzer.api import analyze_source
from analyzer.cli import main

SOURCE = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class Order extends WorkflowEntrypoint {
  async run(event, step) {
    await step.do("load", async () => {});
    if (event.payload.big) await step.waitForEvent("approval", { type: "ok", timeout: "1 day" });
    for (const item of event.payload.items) await step.do(`pack ${item}`, async () => {});
    await step.sleep("nap", "1 hour");
    await step.do("load", async () => {});
  }
}
"""
Overlay = Callable[..., tuple[int, str, str]]


def step(name: str, second: int, length: float | None = 1, **more: Any) -> dict[str, Any]:
    """An entry that began at a second of a minute; without a length it is not over."""
    end = None if length is None else f"2026-11-20T09:00:{second + length:06.3f}Z"
    success = None if length is None else True
    return {
        "type": "step",
        "name": name,
        "start": f"2026-11-20T09:00:{second:02}.000Z",
        "end": end,
        "success": success,
        "attempts": [],
        **more,
    }


def sleep(name: str, second: int, *, finished: bool, **more: Any) -> dict[str, Any]:
    return {
        "type": "sleep",
        "finished": finished,
        **{key: value for key, value in step(name, second).items() if key not in ("type", "success")},
        **more,
    }


@pytest.fixture
def overlay(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Overlay:
    monkeypatch.chdir(tmp_path)
    Path("order.ts").write_text(SOURCE, encoding="utf-8")

    def call(steps: Any, *arguments: str, graph: str = "order.ts", status: str = "running") -> tuple[int, str, str]:
        instance = {"success": True, "result": {"status": status, "steps": steps}} if isinstance(steps, list) else steps
        Path("instance.json").write_text(json.dumps(instance), encoding="utf-8")
        code = main(["overlay", graph, "instance.json", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_steps_are_painted_with_what_became_of_them(overlay: Overlay) -> None:
    attempts = [{"success": False, "error": {"name": "Error", "message": "no box"}}, {"success": True, "error": None}]
    code, out, err = overlay(
        [
            step("load-1", 0),
            step("pack lamp-1", 2, attempts=attempts),
            step("pack shade-1", 4),
            sleep("nap-1", 6, finished=False, end=None),
        ]
    )
    assert code == 0
    assert out.splitlines()[1:] == [
        "├─ ● load (took 1 second)",
        "├─ ◇ if event.payload.big",
        '│  └─ ✉ approval (wait for event "ok", timeout 1 day, not taken)',
        "├─ ↻ loop",
        "│  └─ ● pack ${...} (2 times, took 2 seconds, 1 failed attempt)",
        "├─ ◷ nap (sleep 1 hour, waiting, 1 hour planned)",
        "└─ ● load (not taken)",
    ]
    assert err == "instance running: 3 of 5 steps of the graph taken\n"


def test_steps_of_one_name_are_told_apart_by_their_order(overlay: Overlay) -> None:
    _, out, _ = overlay([step("load-1", 0, 0.5), sleep("nap-1", 2, finished=True), step("load-2", 4, 2)], status="complete")
    assert "├─ ● load (took 500 ms)" in out
    assert "├─ ◷ nap (sleep 1 hour, took 1 second of 1 hour planned)" in out
    assert "└─ ● load (took 2 seconds)" in out


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (step("load-1", 0, None, attempts=[{"success": False}, {"success": None}]), "running, attempt 2, 1 failed attempt"),
        (step("load-1", 0, success=False, error={"name": "Error", "message": "full"}), "failed, took 1 second, error: full"),
        (step("load-1", 0), "took 1 second, rolled back"),
    ],
)
def test_states(overlay: Overlay, entry: dict[str, Any], said: str) -> None:
    rollbacks = [step("load-1", 9, type="rollback")] if "rolled" in said else []
    _, out, _ = overlay([entry, *rollbacks])
    assert f"├─ ● load ({said})" in out


def test_what_is_not_in_the_graph_is_said_and_exits_with_1(overlay: Overlay) -> None:
    code, _, err = overlay([step("load-1", 0), step("unpack-1", 2), sleep("load-1", 4, finished=True)])
    assert code == 1
    assert "unplanned: do unpack-1 is in the log" in err
    assert "unplanned: sleep load-1 is in the log" in err


def test_an_order_that_is_no_path_is_said(overlay: Overlay) -> None:
    code, _, err = overlay([sleep("nap-1", 0, finished=True), step("pack lamp-1", 2)])
    assert code == 0
    assert "astray: nap-1 stands where no path of the graph comes to it" in err


def test_termination(overlay: Overlay) -> None:
    _, _, err = overlay([step("load-1", 0), {"type": "termination", "trigger": {"source": "api"}}], status="terminated")
    assert "instance terminated" in err
    assert "terminated by api" in err


def test_a_payload_is_painted_like_its_source(overlay: Overlay) -> None:
    document = analyze_source(SOURCE, filename="order.ts").documents[0]
    Path("graph.json").write_text(json.dumps({"graph": document}), encoding="utf-8")
    _, of_source, _ = overlay([step("load-1", 0)])
    _, of_payload, _ = overlay([step("load-1", 0)], graph="graph.json")
    assert of_payload.splitlines()[1:] == of_source.splitlines()[1:]


def test_json_points_into_the_graph(overlay: Overlay) -> None:
    _, out, _ = overlay([step("load-1", 0), step("foreign-1", 2)], "--format", "json")
    document = json.loads(out)
    assert (document["version"], document["status"], document["unplanned"]) == (1, "running", ["foreign-1"])
    first = document["steps"][0]
    assert (first["pointer"], first["state"], first["entries"][0]["duration"]) == ("/workflow/nodes/0", "taken", 1000)
    assert document["steps"][-1]["state"] == "not taken"
    assert document["graph"]["workflow"]["nodes"][0]["name"] == "load"


@pytest.mark.parametrize("format_name", ["mermaid", "html", "svg", "dot", "graphml"])
def test_every_diagram_shows_it(overlay: Overlay, format_name: str) -> None:
    _, out, _ = overlay([step("load-1", 0)], "--format", format_name)
    assert "not taken" in out
    assert "took 1 second" in out


@pytest.mark.parametrize(
    ("instance", "message"),
    [
        ([], None),
        ({"result": {"status": "running"}}, "instance.json: $.result.steps: an instance has a list of steps"),
        ({"steps": [{"type": "dance", "name": "a-1"}]}, "instance.json: $.steps[0]: a step has a name, and a type out of step"),
        (
            {"steps": [step("a-1", 0, start="yesterday")]},
            "instance.json: $.steps[0].start: 'yesterday' is not an ISO 8601 time",
        ),
        ("text", "instance.json: $: an instance is an object with steps"),
    ],
)
def test_what_is_no_instance_is_said(overlay: Overlay, instance: Any, message: str | None) -> None:
    code, _, err = overlay(instance)
    assert code == (2 if message else 0)
    assert message is None or message in err


def test_what_is_no_json_is_said_with_its_place(overlay: Overlay) -> None:
    overlay([])
    Path("instance.json").write_text('{\n "a" 1}', encoding="utf-8")
    assert main(["overlay", "order.ts", "instance.json"]) == 2


def test_several_workflows_are_listed(overlay: Overlay) -> None:
    Path("two.ts").write_text(SOURCE + SOURCE.split("\n", 1)[1].replace("Order", "Other"), encoding="utf-8")
    code, _, err = overlay([], graph="two.ts")
    assert code == 2
    assert "two.ts#Order" in err
    assert overlay([], graph="two.ts#Other")[0] == 0
