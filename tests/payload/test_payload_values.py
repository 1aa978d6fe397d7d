"""Values of steps: configuration, durations, options, shapes; key order; the text of a document."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from payload_notation import choice, do, join, kept, loop, workflow

from analyzer.graph import model
from analyzer.payload.convert import to_payload
from analyzer.payload.document import NodeDocument
from analyzer.payload.text import canonical, indented
from analyzer.source import Language

NOT_STATIC = model.Unknown.NOT_STATIC


def _only(node: model.Node) -> NodeDocument:
    (document,) = to_payload(workflow(node)).document["workflow"]["nodes"]
    return document


def test_configuration_is_complete() -> None:
    assert _only(model.StepDo("a", model.Config())) == {
        "type": "step_do",
        "name": "a",
        "config": {"retries": {"limit": 5, "delay": 1000, "backoff": "exponential"}, "timeout": 10000},
        "nodes": [],
    }


def test_configuration_given() -> None:
    config = model.Config(limit=3, delay="5 seconds", backoff="linear", timeout=60000)
    assert _only(model.StepDo("a", config)) == {
        "type": "step_do",
        "name": "a",
        "config": {"retries": {"limit": 3, "delay": "5 seconds", "backoff": "linear"}, "timeout": 60000},
        "nodes": [],
    }


@pytest.mark.parametrize("unknown", [NOT_STATIC, float("inf"), float("nan"), pytest.param(10**5000, id="huge")])
def test_configuration_that_is_not_static_or_not_expressible(unknown: float | model.Unknown) -> None:
    config = model.Config(limit=unknown, delay=unknown, backoff=NOT_STATIC, timeout=unknown)
    node = _only(model.StepDo("a", config))
    assert node["type"] == "step_do"
    assert node["config"] == {
        "retries": {"limit": 5, "delay": "unknown", "backoff": "exponential"},
        "timeout": "unknown",
    }


def test_integral_numbers_have_no_fraction() -> None:
    node = _only(model.StepDo("a", model.Config(limit=2.0, delay=1.5, timeout=3.0)))
    assert '"limit":2,"delay":1.5,' in canonical(node)
    assert '"timeout":3}' in canonical(node)


@pytest.mark.parametrize(
    ("duration", "shown"),
    [("1 day", "1 day"), ("", ""), (5000, 5000), (0, 0), (-5, -5), (1.5, 1.5), (NOT_STATIC, "Generated"), (None, "Generated")],
)
def test_sleep(duration: model.Duration, shown: object) -> None:
    assert _only(model.StepSleep("a", duration)) == {"type": "step_sleep", "name": "a", "duration": shown}


def test_sleep_until() -> None:
    known = _only(model.StepSleepUntil("a", "2026-01-01T00:00:00.000Z"))
    assert known == {"type": "step_sleep_until", "name": "a", "timestamp": "2026-01-01T00:00:00.000Z"}
    assert _only(model.StepSleepUntil("a", None)) == {"type": "step_sleep_until", "name": "a", "timestamp": "generated"}


@pytest.mark.parametrize(("timeout", "shown"), [(None, 0), (NOT_STATIC, "unknown"), ("1 hour", "1 hour"), (5, 5)])
def test_wait_for_event(timeout: model.Duration, shown: object) -> None:
    node = _only(model.StepWaitForEvent("a", model.WaitOptions("t", timeout)))
    assert node == {"type": "step_wait_for_event", "name": "a", "options": {"event_type": "t", "timeout": shown}}


def test_wait_for_event_without_static_options() -> None:
    assert _only(model.StepWaitForEvent("a", None)) == {"type": "step_wait_for_event", "name": "a", "options": None}


SHAPE = model.ObjectShape((("b", model.UnknownShape()), ("a", model.ObjectShape((("c", model.UnknownShape()),)))))
SHOWN = {
    "type": "object",
    "fields": {"b": {"type": "unknown"}, "a": {"type": "object", "fields": {"c": {"type": "unknown"}}}},
}


def test_shapes_of_payloads() -> None:
    graph = model.Workflow("W", Language.PYTHON, (model.StepWaitForEvent("a", None, SHAPE),), (), SHAPE)
    entry = to_payload(graph).document["workflow"]
    assert entry["payload"] == SHOWN
    assert entry["nodes"] == [{"type": "step_wait_for_event", "name": "a", "options": None, "payload": SHOWN}]


def test_a_shape_too_deep_ends_in_unknown() -> None:
    shape: model.PayloadShape = model.UnknownShape()
    for _ in range(5000):
        shape = model.ObjectShape((("a", shape),))
    entry = to_payload(model.Workflow("W", Language.PYTHON, (), (), shape)).document["workflow"]
    assert canonical(entry["payload"]).count('"object"') == 48
    assert canonical(entry["payload"]).count('"unknown"') == 1


def test_key_order() -> None:
    graph = model.Workflow(
        "W",
        Language.JAVASCRIPT,
        (kept("a"), model.StepWaitForEvent("w", None, SHAPE), join("a"), model.FunctionCall("f")),
        (model.FunctionDef("f", (do("x"),)),),
        SHAPE,
    )
    document = to_payload(graph).document
    group, _ = document["workflow"]["nodes"]
    assert list(document) == ["version", "workflow"]
    assert list(document["workflow"]) == ["class_name", "payload", "functions", "nodes"]
    assert list(document["workflow"]["functions"]["f"]) == ["name", "nodes", "type"]
    assert group["type"] == "parallel"
    assert [list(child) for child in group["nodes"]] == [
        ["type", "name", "config", "nodes", "starts", "resolves"],
        ["type", "name", "options", "payload", "starts", "resolves"],
    ]


def test_canonical_and_indented_say_the_same() -> None:
    document = to_payload(workflow(choice(x=(do('é\n"\\'), loop("l", do("a"))), else_=()), do("b"))).document
    assert json.loads(canonical(document)) == document
    assert indented(document) == json.dumps(document, indent=2, ensure_ascii=False)
    assert "é" in canonical(document)
    assert "\n" not in canonical(document)


@pytest.mark.parametrize("write", [canonical, indented])
def test_lone_surrogates_are_escaped(write: object) -> None:
    assert callable(write)
    text = write({"name": "a\ud800b", "emoji": "😀"})
    assert "a\\ud800b" in text
    assert "😀" in text
    text.encode("utf-8")
    assert json.loads(text) == {"name": "a\ud800b", "emoji": "😀"}


@pytest.mark.parametrize("write", [canonical, indented])
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_json_number_is_refused(write: object, number: float) -> None:
    assert callable(write)
    with pytest.raises(ValueError, match="JSON"):
        write([number])


def test_scalars_and_empty_containers() -> None:
    data = {"a": [], "b": {}, "c": True, "d": None, "e": [1, 1.5, "x"], "f": ((),)}
    assert canonical(data) == '{"a":[],"b":{},"c":true,"d":null,"e":[1,1.5,"x"],"f":[[]]}'
    assert indented(data) == json.dumps(data, indent=2)


def test_projection_needs_no_pydantic() -> None:
    program = "import sys, analyzer.payload.convert, analyzer.payload.text; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
