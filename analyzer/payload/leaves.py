"""Steps and calls as payload nodes, without their place among others; payload shapes."""

from __future__ import annotations

from typing import cast

from analyzer.graph import model
from analyzer.payload import sentinels
from analyzer.payload.document import (
    ConfigDocument,
    Duration,
    LeafDocument,
    Number,
    ShapeDocument,
    StepWaitForEventDocument,
    WaitOptionsDocument,
)

HUGE = 2**1024
"""The least number beyond a double, which JavaScript calls infinite."""

MAX_SHAPE_DEPTH = 48
"""Levels of fields written; deeper ones are unknown (the same limit as for structures, SEMANTICS section 9)."""


def leaf_document(node: model.Step | model.FunctionCall) -> LeafDocument:
    """A step or call as the payload writes it, without numbers; a ``do`` without what runs inside it."""
    match node:
        case model.StepDo():
            return {"type": "step_do", "name": node.name, "config": config_document(node.config), "nodes": []}
        case model.StepSleep():
            duration = _duration(node.duration, sentinels.GENERATED_DURATION)
            return {"type": "step_sleep", "name": node.name, "duration": duration}
        case model.StepSleepUntil():
            timestamp = sentinels.GENERATED_TIMESTAMP if node.timestamp is None else node.timestamp
            return {"type": "step_sleep_until", "name": node.name, "timestamp": timestamp}
        case model.StepWaitForEvent():
            return _wait(node)
        case model.FunctionCall():
            return {"type": "function_call", "name": node.name}


def _wait(node: model.StepWaitForEvent) -> StepWaitForEventDocument:
    options: WaitOptionsDocument | None = None
    if node.options is not None:
        timeout = node.options.timeout
        shown = sentinels.NO_WAIT_TIMEOUT if timeout is None else _duration(timeout, sentinels.UNKNOWN)
        options = {"event_type": node.options.event_type, "timeout": shown}
    document: StepWaitForEventDocument = {"type": "step_wait_for_event", "name": node.name, "options": options}
    if node.payload is not None:
        document["payload"] = shape_document(node.payload)
    return document


def config_document(config: model.Config) -> ConfigDocument:
    """A complete configuration: what the source leaves out is the API's default."""
    limit, delay, backoff, timeout = config.limit, config.delay, config.backoff, config.timeout
    return {
        "retries": {
            "limit": sentinels.DEFAULT_LIMIT if limit is None else _limit(limit),
            "delay": sentinels.DEFAULT_DELAY if delay is None else _duration(delay, sentinels.UNKNOWN),
            "backoff": cast(sentinels.Backoff, backoff) if backoff in sentinels.BACKOFFS else sentinels.DEFAULT_BACKOFF,
        },
        "timeout": sentinels.DEFAULT_TIMEOUT if timeout is None else _duration(timeout, sentinels.UNKNOWN),
    }


def _limit(limit: Number | model.Unknown) -> Number:
    number = None if limit is model.Unknown.NOT_STATIC else _number(limit)
    return sentinels.DEFAULT_LIMIT if number is None else number


def _duration(value: model.Duration, not_static: str) -> Duration:
    match value:
        case str():
            return value
        case model.Unknown() | None:
            return not_static
        case _:
            number = _number(value)
            return not_static if number is None else number


def _number(value: Number) -> Number | None:
    """An integral number without fraction; None for one that JSON or a double cannot say."""
    if not -HUGE < value < HUGE:
        return None
    return int(value) if value == int(value) else value


def shape_document(shape: model.PayloadShape, depth: int = 1) -> ShapeDocument:
    """What is known of a payload's fields."""
    match shape:
        case model.ObjectShape(fields=fields) if depth <= MAX_SHAPE_DEPTH:
            return {"type": "object", "fields": {name: shape_document(part, depth + 1) for name, part in fields}}
        case _:
            return {"type": "unknown"}
