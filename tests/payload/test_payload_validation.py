"""Validation: every field of the schema, with the JSON path of what is wrong."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from payload_notation import attempt, call, choice, do, join, kept, leave, loop, switch, together, workflow

from analyzer.graph import model
from analyzer.payload.convert import to_payload
from analyzer.payload.text import canonical
from analyzer.payload.v1 import Graph
from analyzer.payload.validation import json_path, read_payload, validate_payload

SHAPE = model.ObjectShape((("x", model.UnknownShape()),))
TYPES = (
    "'step_do', 'step_sleep', 'step_sleep_until', 'step_wait_for_event', 'function_call', 'loop', 'parallel', 'block', 'if', "
    "'switch', 'try', 'break', 'function_def', 'start'"
)
NUMBER, EITHER, TEXT = "must be a number", "must be a number or a string", "must be a string"
OBJECT, ARRAY, MISSING, EXTRA = "must be an object", "must be an array", "is missing", "is not part of the schema"


def _document() -> Any:
    """A document with every kind of node.

    0 do, 1 sleep, 2 sleep until, 3 wait, 4 loop, 5 parallel, 6 if, 7 switch, 8 try, 9 call.
    """
    graph = model.Workflow(
        "W",
        workflow().language,
        (
            do("a", do("inner")),
            model.StepSleep("b", "1 day"),
            model.StepSleepUntil("c", None),
            model.StepWaitForEvent("d", model.WaitOptions("t", 5), SHAPE),
            loop("l", do("e")),
            together(kept("f"), kept("g")),
            join("f", "g"),
            choice(x=(do("h"),), else_=()),
            switch("s", one=(do("i"), leave("s"))),
            attempt((do("j"),), (do("k"),), None),
            call("fn"),
        ),
        (model.FunctionDef("fn", (do("m"),)),),
        SHAPE,
    )
    return json.loads(canonical(to_payload(graph).document))


def _changed(path: str, value: Any) -> Any:
    """The document with another value at a path of keys and indexes; ``...`` removes it."""
    document = _document()
    *outer, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    target = document
    for part in outer:
        target = target[part]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return document


def _problems(data: object) -> list[str]:
    return [str(problem) for problem in validate_payload(data)]


def test_the_document_is_valid() -> None:
    assert _problems(_document()) == []
    assert _problems(canonical(_document())) == []
    assert _problems(canonical(_document()).encode()) == []
    assert Graph.model_validate(_document()).model_dump() == _document()


WRONG = [
    ("version", 2, "$.version", "must be 1, not 2"),
    ("version", "1", "$.version", 'must be 1, not "1"'),
    ("version", ..., "$.version", MISSING),
    ("workflow", ..., "$.workflow", MISSING),
    ("workflow", [], "$.workflow", OBJECT),
    ("other", 1, "$.other", EXTRA),
    ("workflow/class_name", 5, "$.workflow.class_name", TEXT),
    ("workflow/class_name", ..., "$.workflow.class_name", MISSING),
    ("workflow/functions", [], "$.workflow.functions", OBJECT),
    ("workflow/functions/fn/name", None, "$.workflow.functions.fn.name", TEXT),
    ("workflow/functions/fn/nodes", {}, "$.workflow.functions.fn.nodes", ARRAY),
    ("workflow/functions/fn/type", "x", "$.workflow.functions.fn.type", "must be 'function_def', not \"x\""),
    ("workflow/nodes", None, "$.workflow.nodes", ARRAY),
    ("workflow/payload", 5, "$.workflow.payload", OBJECT),
    ("workflow/payload/type", "x", "$.workflow.payload", "unknown type \"x\"; known are 'unknown', 'object'"),
    ("workflow/payload/fields", [], "$.workflow.payload.fields", OBJECT),
    ("workflow/payload/fields/x/more", 1, "$.workflow.payload.fields.x.more", EXTRA),
    ("workflow/nodes/0", 5, "$.workflow.nodes[0]", OBJECT),
    ("workflow/nodes/0/type", ..., "$.workflow.nodes[0]", "has no type"),
    ("workflow/nodes/0/type", "step", "$.workflow.nodes[0]", f'unknown type "step"; known are {TYPES}'),
    ("workflow/nodes/0/name", ..., "$.workflow.nodes[0].name", MISSING),
    ("workflow/nodes/0/name", 1, "$.workflow.nodes[0].name", TEXT),
    ("workflow/nodes/0/starts", "1", "$.workflow.nodes[0].starts", NUMBER),
    ("workflow/nodes/0/resolves", [], "$.workflow.nodes[0].resolves", NUMBER),
    ("workflow/nodes/0/config", ..., "$.workflow.nodes[0].config", MISSING),
    ("workflow/nodes/0/config/timeout", None, "$.workflow.nodes[0].config.timeout", EITHER),
    ("workflow/nodes/0/config/timeout", {"a": 1}, "$.workflow.nodes[0].config.timeout", EITHER),
    ("workflow/nodes/0/config/sensitive", "output", "$.workflow.nodes[0].config.sensitive", EXTRA),
    ("workflow/nodes/0/config/retries", ..., "$.workflow.nodes[0].config.retries", MISSING),
    ("workflow/nodes/0/config/retries/limit", "3", "$.workflow.nodes[0].config.retries.limit", NUMBER),
    ("workflow/nodes/0/config/retries/limit", True, "$.workflow.nodes[0].config.retries.limit", NUMBER),
    ("workflow/nodes/0/config/retries/delay", False, "$.workflow.nodes[0].config.retries.delay", EITHER),
    (
        "workflow/nodes/0/config/retries/backoff",
        "fast",
        "$.workflow.nodes[0].config.retries.backoff",
        "must be 'constant', 'linear' or 'exponential', not \"fast\"",
    ),
    ("workflow/nodes/0/nodes", ..., "$.workflow.nodes[0].nodes", MISSING),
    ("workflow/nodes/0/nodes/0/name", {}, "$.workflow.nodes[0].nodes[0].name", TEXT),
    ("workflow/nodes/1/duration", None, "$.workflow.nodes[1].duration", EITHER),
    ("workflow/nodes/2/timestamp", 5, "$.workflow.nodes[2].timestamp", TEXT),
    ("workflow/nodes/3/options", ..., "$.workflow.nodes[3].options", MISSING),
    ("workflow/nodes/3/options", "t", "$.workflow.nodes[3].options", OBJECT),
    ("workflow/nodes/3/options/event_type", 1, "$.workflow.nodes[3].options.event_type", TEXT),
    ("workflow/nodes/3/options/timeout", [], "$.workflow.nodes[3].options.timeout", EITHER),
    ("workflow/nodes/3/payload/fields/x", 1, "$.workflow.nodes[3].payload.fields.x", OBJECT),
    ("workflow/nodes/4/nodes", "x", "$.workflow.nodes[4].nodes", ARRAY),
    ("workflow/nodes/4/starts", 1, "$.workflow.nodes[4].starts", EXTRA),
    (
        "workflow/nodes/5/kind",
        "allSettled",
        "$.workflow.nodes[5].kind",
        "must be 'all', 'any', 'all_settled' or 'race', not \"allSettled\"",
    ),
    ("workflow/nodes/5/nodes/1/resolves", None, None, None),
    ("workflow/nodes/6/branches", {}, "$.workflow.nodes[6].branches", ARRAY),
    ("workflow/nodes/6/branches/0/condition", ..., "$.workflow.nodes[6].branches[0].condition", MISSING),
    ("workflow/nodes/6/branches/0/condition", 1, "$.workflow.nodes[6].branches[0].condition", TEXT),
    ("workflow/nodes/6/branches/1/nodes", ..., "$.workflow.nodes[6].branches[1].nodes", MISSING),
    ("workflow/nodes/7/discriminant", None, "$.workflow.nodes[7].discriminant", TEXT),
    (
        "workflow/nodes/7/branches/0/nodes/1/kind",
        "continue",
        "$.workflow.nodes[7].branches[0].nodes[1].kind",
        "must be 'break' or 'return', not \"continue\"",
    ),
    ("workflow/nodes/8/try_block", ..., "$.workflow.nodes[8].try_block", MISSING),
    ("workflow/nodes/8/catch_block", [], "$.workflow.nodes[8].catch_block", OBJECT),
    ("workflow/nodes/8/try_block/type", "try", "$.workflow.nodes[8].try_block.type", "must be 'block', not \"try\""),
    ("workflow/nodes/9/name", ..., "$.workflow.nodes[9].name", MISSING),
    ("workflow/nodes/9/nodes", [], "$.workflow.nodes[9].nodes", EXTRA),
]


@pytest.mark.parametrize(("path", "value", "place", "message"), WRONG)
def test_each_field(path: str, value: object, place: str | None, message: str | None) -> None:
    expected = [] if place is None else [f"{place}: {message}"]
    assert _problems(_changed(path, value)) == expected


def test_all_problems_are_told_in_order() -> None:
    document = _document()
    document["version"] = 3
    document["workflow"]["nodes"][1]["duration"] = None
    document["workflow"]["nodes"][4]["nodes"][0]["name"] = 5
    assert [problem.path for problem in validate_payload(document)] == [
        "$.version",
        "$.workflow.nodes[1].duration",
        "$.workflow.nodes[4].nodes[0].name",
    ]


def test_strange_keys_are_quoted() -> None:
    assert json_path(("a", 3, "b c", 'd"e', "é", "")) == '$.a[3]["b c"]["d\\"e"]["é"][""]'
    document = _document()
    document["workflow"]["functions"]["my fn"] = 5
    assert _problems(document) == ['$.workflow.functions["my fn"]: must be an object']


def test_names_of_functions_that_look_like_types() -> None:
    document = _document()
    document["workflow"]["functions"]["step_do"] = {"type": "function_def", "name": "step_do", "nodes": [{"type": "loop"}]}
    assert _problems(document) == ["$.workflow.functions.step_do.nodes[0].nodes: is missing"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": 1,\n "workflow": }', "not JSON: line 2, column 14: Expecting value"),
        ("", "not JSON: line 1, column 1: Expecting value"),
        ("[1, NaN]", "not JSON: NaN is no number of JSON"),
        ("[" * 100_000, "nested more than 250 levels deep"),
        (b"\xff", "not JSON: not UTF-8 at byte 0"),
        ("null", "must be an object"),
    ],
)
def test_text_that_is_no_payload(text: str | bytes, message: str) -> None:
    assert _problems(text) == [f"$: {message}"]


def test_a_number_with_too_many_digits_is_a_problem() -> None:
    assert [problem.message[:9] for problem in validate_payload("[" + "1" * 5000 + "]")] == ["not JSON:"]


def test_as_deep_as_can_be_read() -> None:
    document = _document()
    node: object = document["workflow"]["nodes"][0]
    for _ in range(60):
        node = {"type": "if", "branches": [{"condition": None, "nodes": [node]}]}
    document["workflow"]["nodes"] = [node]
    assert _problems(document) == []


@pytest.mark.parametrize("depth", [200, 300, 100_000])
def test_too_deep_is_a_problem_and_no_crash(depth: int) -> None:
    document = _document()
    node: object = document["workflow"]["nodes"][0]
    for _ in range(depth):
        node = {"type": "if", "branches": [{"condition": None, "nodes": [node]}]}
    document["workflow"]["nodes"] = [node]
    assert [problem.message for problem in validate_payload(document)] == ["nested more than 250 levels deep"]


def test_data_that_holds_itself_is_a_problem_and_no_crash() -> None:
    document = _document()
    document["workflow"]["nodes"][4]["nodes"] = document["workflow"]["nodes"]
    assert [problem.message for problem in validate_payload(document)] == ["nested more than 250 levels deep"]


def test_lone_surrogates_are_valid() -> None:
    assert _problems(_changed("workflow/nodes/0/name", "a\ud800")) == []
    assert _problems(canonical(_changed("workflow/nodes/0/name", "a\ud800"))) == []
    assert Graph.model_validate(_changed("workflow/class_name", "\udfff")).workflow.class_name == "\udfff"


# ---------------------------------------------------------------- what others write


def _without_types(document: Any) -> Any:
    for block in ("try_block", "catch_block"):
        del document["workflow"]["nodes"][8][block]["type"]
    del document["workflow"]["functions"]["fn"]["type"]
    return document


def test_functions_and_blocks_without_type() -> None:
    assert _problems(_without_types(_document())) == []


def test_response_and_envelope_around_the_graph() -> None:
    response = {"id": "1", "class_name": "W", "created_on": "", "modified_on": "", "workflow_id": "2", "graph": _document()}
    assert _problems(response) == []
    assert _problems({"success": True, "errors": [], "messages": [], "result": response}) == []
    assert _problems({"success": True, "result": _document()}) == []


def test_other_spellings() -> None:
    document = _document()
    entry = document["workflow"]
    entry["params"] = entry.pop("payload")
    entry["nodes"][3]["params"] = entry["nodes"][3].pop("payload")
    assert _problems({"dag": {"version": 1, "dag": entry}}) == []


def test_paths_say_what_was_written() -> None:
    entry = _document()["workflow"]
    entry["params"] = {"type": "object", "fields": {"x": 5}}
    del entry["payload"]
    data = {"success": True, "result": {"dag": {"version": 1, "dag": entry}}}
    assert _problems(data) == ["$.result.dag.dag.params.fields.x: must be an object"]


def test_null_for_a_key_that_is_left_out() -> None:
    document = _document()
    document["workflow"]["nodes"][0]["starts"] = None
    document["workflow"]["nodes"][3]["payload"] = None
    document["workflow"]["payload"] = None
    assert _problems(document) == []


def test_start_nodes_and_inline_functions() -> None:
    entry = _document()["workflow"]
    start = {"type": "start", **entry}
    inline = {"type": "function_def", "name": "g", "nodes": entry["nodes"]}
    assert _problems({"version": 1, "workflow": {"class_name": "W", "functions": {}, "nodes": [start, inline]}}) == []
    del start["functions"]["fn"]["type"]
    assert _problems({"version": 1, "workflow": {"class_name": "W", "functions": {}, "nodes": [start]}}) == []


def test_what_others_write_is_read_in_the_schemas_spelling() -> None:
    entry = _without_types(_document())["workflow"]
    entry["params"] = entry.pop("payload")
    data = {"success": True, "result": {"graph": {"version": 1, "dag": entry}}}
    assert read_payload(data) == read_payload(canonical(data)) == _document()
    assert Graph.model_validate(read_payload(data)).model_dump() == _document()


def test_no_graph_is_a_problem() -> None:
    assert _problems({"id": "1", "class_name": "W", "graph": None}) == ["$.graph: must be an object"]


def test_the_data_stays_as_it_is() -> None:
    data = {"dag": _without_types(_document())}
    before = copy.deepcopy(data)
    assert _problems(data) == []
    assert data == before


def test_fields_of_a_shape_are_no_keywords() -> None:
    unknown = {"type": "unknown"}
    fields = {"params": unknown, "class_name": unknown, "type": unknown, "functions": unknown, "starts": unknown}
    document = _document()
    document["workflow"]["payload"] = {"type": "object", "fields": fields}
    del document["workflow"]["functions"]["fn"]["type"]  # so that it is put in shape first
    assert _problems(document) == []
