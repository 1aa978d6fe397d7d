"""Whatever a graph holds: no crash, a valid payload, equal text for equal graphs, every step drawn."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_graphs import BODIES, CALM_BODIES, WORKFLOWS

from analyzer.graph import model
from analyzer.payload.convert import from_payload, to_payload
from analyzer.payload.document import NodeDocument, child_sequences
from analyzer.payload.text import canonical, indented
from analyzer.payload.validation import validate_payload
from analyzer.source import Language

RUN = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def _workflow(body: tuple[model.Node, ...]) -> model.Workflow:
    return model.Workflow("W", Language.JAVASCRIPT, body, ())


def _steps(nodes: list[NodeDocument]) -> Iterator[str]:
    for node in nodes:
        if node["type"].startswith("step_"):
            yield f"{node['type']} {node.get('name')}"
        for _, inner in child_sequences(node):
            yield from _steps(inner)


@RUN
@given(WORKFLOWS)
def test_payloads_are_valid_and_their_text_is_stable(workflow: model.Workflow) -> None:
    projection = to_payload(workflow)
    assert validate_payload(projection.document) == []
    text = canonical(projection.document)
    assert text == canonical(to_payload(workflow).document)
    assert json.loads(text) == json.loads(indented(projection.document)) == projection.document


@RUN
@given(WORKFLOWS)
def test_places_lead_to_nodes_of_the_graph(workflow: model.Workflow) -> None:
    projection = to_payload(workflow)
    for pointer, node in projection.places:
        document: object = projection.document
        for part in pointer.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            document = document[int(key)] if isinstance(document, list) else document[key]  # type: ignore[index]
        assert isinstance(document, dict)
        assert document.get("name") == getattr(node, "name", None)


STEP_TYPES = {
    model.StepDo: "step_do",
    model.StepSleep: "step_sleep",
    model.StepSleepUntil: "step_sleep_until",
    model.StepWaitForEvent: "step_wait_for_event",
}


@RUN
@given(CALM_BODIES)
def test_without_jumps_every_step_is_drawn_once(body: tuple[model.Node, ...]) -> None:
    nodes = to_payload(_workflow(body)).document["workflow"]["nodes"]
    written = [f"{STEP_TYPES[type(node)]} {node.name}" for node in model.walk(body) if type(node) in STEP_TYPES]  # type: ignore[union-attr]
    assert Counter(_steps(nodes)) == Counter(written)


@RUN
@given(BODIES)
def test_there_and_back_keeps_every_step(body: tuple[model.Node, ...]) -> None:
    document = to_payload(_workflow(body)).document
    again = to_payload(from_payload(document)).document
    assert validate_payload(again) == []
    assert Counter(_steps(again["workflow"]["nodes"])) == Counter(_steps(document["workflow"]["nodes"]))


KEYS = st.sampled_from(
    [
        "version",
        "workflow",
        "graph",
        "dag",
        "result",
        "success",
        "class_name",
        "functions",
        "nodes",
        "type",
        "name",
        "params",
        "payload",
        "fields",
        "branches",
        "condition",
        "try_block",
        "catch_block",
        "finally_block",
        "starts",
        "x",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@RUN
@given(JSON)
def test_any_data_can_be_validated(data: object) -> None:
    assert all(problem.path.startswith("$") for problem in validate_payload(data))


@RUN
@given(st.text() | st.binary())
def test_any_text_can_be_validated(text: str | bytes) -> None:
    assert validate_payload(text)
