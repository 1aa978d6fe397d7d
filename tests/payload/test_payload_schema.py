"""The JSON Schema, and real consumers of the payload."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cloudflare.types.workflows.version_graph_response import Graph as SdkGraph
from payload_notation import attempt, back, block, call, choice, do, join, kept, leave, loop, switch, together, workflow

from analyzer.graph import model
from analyzer.payload.convert import to_payload
from analyzer.payload.schema import payload_schema
from analyzer.payload.text import canonical

SCHEMA: Any = payload_schema()
NODES = {
    "StepDo",
    "StepSleep",
    "StepSleepUntil",
    "StepWaitForEvent",
    "FunctionCall",
    "Loop",
    "Parallel",
    "Block",
    "If",
    "Switch",
    "Try",
    "Break",
    "FunctionDef",
    "Start",
}


def test_head() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (SCHEMA["$id"], SCHEMA["title"], SCHEMA["version"]) == ("urn:stepgraph:payload:1", "Workflow graph payload", 1)


def test_every_object_of_the_api_is_defined_and_closed() -> None:
    objects = {name: schema for name, schema in SCHEMA["$defs"].items() if name not in ("Node", "Shape")}
    assert set(objects) >= NODES
    assert all(schema["additionalProperties"] is False for schema in objects.values())
    assert {option["$ref"].rpartition("/")[2] for option in SCHEMA["$defs"]["Node"]["oneOf"]} == NODES


@pytest.mark.parametrize(
    ("name", "required", "optional"),
    [
        ("Workflow", {"class_name", "functions", "nodes"}, {"payload"}),
        ("StepDo", {"type", "name", "config", "nodes"}, {"starts", "resolves"}),
        ("StepSleep", {"type", "name", "duration"}, {"starts", "resolves"}),
        ("StepSleepUntil", {"type", "name", "timestamp"}, {"starts", "resolves"}),
        ("StepWaitForEvent", {"type", "name", "options"}, {"payload", "starts", "resolves"}),
        ("FunctionCall", {"type", "name"}, {"starts", "resolves"}),
        ("Parallel", {"type", "kind", "nodes"}, set()),
        ("Try", {"type", "try_block", "catch_block", "finally_block"}, set()),
        ("Branch", {"condition", "nodes"}, set()),
        ("Start", {"type", "class_name", "functions", "nodes"}, {"payload"}),
        ("FunctionDef", {"type", "name", "nodes"}, set()),
        ("Break", {"type", "kind"}, set()),
        ("Retries", {"limit", "delay", "backoff"}, set()),
    ],
)
def test_required_and_optional_fields(name: str, required: set[str], optional: set[str]) -> None:
    schema = SCHEMA["$defs"][name]
    assert set(schema["required"]) == required
    assert set(schema["properties"]) == required | optional


def test_every_reference_is_defined_and_nothing_of_pydantics_own_is_left() -> None:
    text = json.dumps(SCHEMA)
    assert {part.partition('"')[0] for part in text.split('"#/$defs/')[1:]} == set(SCHEMA["$defs"])
    assert "discriminator" not in text
    assert text.count('"title"') == 1
    assert "``" not in text


def test_numbers_texts_and_nulls() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["StepSleep"]["properties"]["duration"] == {"type": ["number", "string"]}
    assert definitions["StepDo"]["properties"]["starts"] == {"type": "number"}
    assert definitions["Branch"]["properties"]["condition"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def _everything() -> model.Workflow:
    shape = model.ObjectShape((("x", model.UnknownShape()),))
    body = (
        do("a", do("inner")),
        model.StepSleep("b", 5),
        model.StepSleepUntil("c", None),
        model.StepWaitForEvent("d", model.WaitOptions("t", None), shape),
        model.StepWaitForEvent("e", None),
        loop("l", do("f"), choice(x=(leave("l"),))),
        together(block("p", do("g"), do("h")), kept("i"), kind=model.JoinKind.SETTLED),
        join("p", "i", kind=model.JoinKind.SETTLED),
        switch("s", one=(do("j"), leave("s")), else_=()),
        attempt((do("k"),), None, (do("m"),)),
        call("fn"),
        choice(x=(do("n"), back()), else_=(do("o"),)),
    )
    return model.Workflow("W", workflow().language, body, (model.FunctionDef("fn", (do("q"),)),), shape)


def test_the_sdk_of_the_platform_reads_every_node() -> None:
    document = to_payload(_everything()).document
    graph = SdkGraph.model_validate(json.loads(canonical(document)), strict=True)
    assert [node.type for node in graph.workflow.nodes] == [node["type"] for node in document["workflow"]["nodes"]]
    assert graph.model_dump(exclude_unset=True, by_alias=True) == document
