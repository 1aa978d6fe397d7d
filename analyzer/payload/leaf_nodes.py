"""Steps and calls of a payload as graph nodes: what ``leaves`` writes, read back."""

from __future__ import annotations

from analyzer.graph import model
from analyzer.payload import sentinels
from analyzer.payload.document import ConfigDocument, Duration, LeafDocument, ShapeDocument, WaitOptionsDocument


def leaf_node(document: LeafDocument, body: tuple[model.Node, ...], started: model.Started, id_: int) -> model.Node:
    """A step or call with what runs inside it. A value equal to the default counts as left out, a sentinel as not static."""
    name = document["name"]
    match document["type"]:
        case "step_do":
            return model.StepDo(name, _config(document["config"]), body, started, id_)
        case "step_sleep":
            return model.StepSleep(name, _duration(document["duration"], None, sentinels.GENERATED_DURATION), started, id_)
        case "step_sleep_until":
            timestamp = document["timestamp"]
            return model.StepSleepUntil(name, None if timestamp == sentinels.GENERATED_TIMESTAMP else timestamp, started, id_)
        case "step_wait_for_event":
            payload = document.get("payload")
            shape = shape_of(payload) if payload is not None else None
            return model.StepWaitForEvent(name, _options(document["options"]), shape, started, id_)
        case "function_call":
            return model.FunctionCall(name, started, id_)


def _config(config: ConfigDocument) -> model.Config:
    retries = config["retries"]
    return model.Config(
        limit=None if retries["limit"] == sentinels.DEFAULT_LIMIT else retries["limit"],
        delay=_duration(retries["delay"], sentinels.DEFAULT_DELAY, sentinels.UNKNOWN),
        backoff=None if retries["backoff"] == sentinels.DEFAULT_BACKOFF else retries["backoff"],
        timeout=_duration(config["timeout"], sentinels.DEFAULT_TIMEOUT, sentinels.UNKNOWN),
    )


def _options(options: WaitOptionsDocument | None) -> model.WaitOptions | None:
    if options is None:
        return None
    timeout = _duration(options["timeout"], sentinels.NO_WAIT_TIMEOUT, sentinels.UNKNOWN)
    return model.WaitOptions(options["event_type"], timeout)


def _duration(value: Duration, default: int | None, not_static: str) -> model.Duration:
    if value == default:
        return None
    return model.Unknown.NOT_STATIC if value == not_static else value


def shape_of(document: ShapeDocument) -> model.PayloadShape:
    """What a payload says about an event's payload. Recurses as deep as the shape, which a valid payload bounds."""
    if document["type"] == "unknown":
        return model.UnknownShape()
    return model.ObjectShape(tuple((name, shape_of(field)) for name, field in document["fields"].items()))
