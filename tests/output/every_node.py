"""A workflow in whose payload every node type of the schema stands, for the tests of formats."""

from __future__ import annotations

from typing import Any

from analyzer.output.diagrams.subject import Subject

DEFAULTS = {"retries": {"limit": 5, "delay": 1000, "backoff": "exponential"}, "timeout": 10000}
CONFIGURED = {"retries": {"limit": 3, "delay": "10 seconds", "backoff": "linear"}, "timeout": 90000}


def do(name: str, *nodes: Any, config: Any = DEFAULTS, **numbers: int) -> dict[str, Any]:
    return {"type": "step_do", "name": name, "config": config, "nodes": list(nodes), **numbers}


def call(name: str, **numbers: int) -> dict[str, Any]:
    return {"type": "function_call", "name": name, **numbers}


def inside(node_type: str, /, *nodes: Any, **more: Any) -> dict[str, Any]:
    return {"type": node_type, "nodes": list(nodes), **more}


def branch(condition: str | None, *nodes: Any) -> dict[str, Any]:
    return {"condition": condition, "nodes": list(nodes)}


def block(*nodes: Any) -> dict[str, Any]:
    return inside("block", *nodes)


def function(name: str, *nodes: Any) -> dict[str, Any]:
    return inside("function_def", *nodes, name=name)


def leave(kind: str) -> dict[str, Any]:
    return {"type": "break", "kind": kind}


def graph(*nodes: Any, functions: Any = (), **more: Any) -> Subject:
    named = {each["name"]: each for each in functions}
    workflow: Any = {"class_name": "Example", "functions": named, "nodes": list(nodes), **more}
    return Subject({"version": 1, "workflow": workflow})


UNKNOWN = {"type": "unknown"}
PAYLOAD = {"type": "object", "fields": {"id": UNKNOWN, "user": {"type": "object", "fields": {"mail": UNKNOWN}}}}

EVERY_NODE = graph(
    do("first", config=CONFIGURED),
    do("outer", do("inner")),
    {"type": "step_sleep", "name": "nap", "duration": 90000},
    {"type": "step_sleep_until", "name": "dawn", "timestamp": "2026-01-01T06:00:00.000Z"},
    {
        "type": "step_wait_for_event",
        "name": "approval",
        "options": {"event_type": "approved", "timeout": "3 days"},
        "payload": {"type": "object", "fields": {"by": {"type": "unknown"}}},
    },
    {"type": "step_wait_for_event", "name": "anything", "options": None},
    inside("loop", do("turn"), {"type": "if", "branches": [branch("done", leave("break"))]}),
    inside("parallel", do("a", starts=1, resolves=2), do("b", starts=1, resolves=3), do("c", starts=2, resolves=3), kind="all"),
    inside("parallel", block(do("d"), do("e")), call("helper", starts=3, resolves=4), kind="race"),
    inside("parallel", do("forgotten", starts=4), kind="all"),
    {"type": "if", "branches": [branch("x > 1", do("yes")), branch("x > 0", do("maybe")), branch(None)]},
    {
        "type": "switch",
        "discriminant": "kind",
        "branches": [branch("one", do("falls")), branch("two", do("stops"), leave("break")), branch(None, leave("return"))],
    },
    {"type": "try", "try_block": block(do("risky")), "catch_block": block(call("helper")), "finally_block": block(do("tidy"))},
    {"type": "try", "try_block": None, "catch_block": block(do("repair")), "finally_block": None},
    function("inline", do("in function")),
    {"type": "start", "class_name": "Nested", "functions": {"own": function("own", do("its"))}, "nodes": [do("nested")]},
    functions=[function("helper", do("help"), call("helper"))],
    payload=PAYLOAD,
)
