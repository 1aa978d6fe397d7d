"""Values of a payload as a person says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.payload.sentinels import (
    DEFAULT_BACKOFF,
    DEFAULT_DELAY,
    DEFAULT_LIMIT,
    DEFAULT_TIMEOUT,
    GENERATED_DURATION,
    GENERATED_TIMESTAMP,
    NO_WAIT_TIMEOUT,
    UNKNOWN,
)

if TYPE_CHECKING:
    from analyzer.payload.document import ConfigDocument, RetriesDocument, ShapeDocument, WaitOptionsDocument

DEFAULT_RETRIES = (DEFAULT_LIMIT, DEFAULT_DELAY, DEFAULT_BACKOFF)
DEFAULT_WAIT = "24 hours"
"""How long the engine waits for an event when the source does not say; the payload then has 0."""

DEFAULT_STEP_TIMEOUT = "10 minutes"
"""How long the engine lets a step run when the source does not say (the payload then has 10 s, as the API does)."""

UNITS = ((86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second"))
NOT_STATIC = frozenset({UNKNOWN, GENERATED_DURATION, GENERATED_TIMESTAMP})
COMPUTED = "a computed time"


def duration(value: str | float) -> str:
    """A number of milliseconds in the largest unit that divides it; a text as it is; a sentinel as a computed time."""
    match value:
        case str():
            return COMPUTED if value in NOT_STATIC else value
        case _:
            return _milliseconds(value)


def instant(timestamp: str) -> str:
    """An ISO 8601 timestamp without the fraction if that is zero; a sentinel as a computed time."""
    return COMPUTED if timestamp in NOT_STATIC else timestamp.replace("T", " ").replace(".000Z", "Z")


def config(value: ConfigDocument, *, timeout_given: bool = False) -> list[str]:
    """How a step is retried and when it times out; nothing of what holds by default.

    ``timeout_given``: the source gives the timeout, though it be the number that the API shows for a missing one.
    """
    words: list[str] = []
    retries = value["retries"]
    if (retries["limit"], retries["delay"], retries["backoff"]) != DEFAULT_RETRIES:
        words.append(_retries(retries))
    if timeout_given or value["timeout"] != DEFAULT_TIMEOUT:
        words.append(f"timeout {duration(value['timeout'])}")
    return words


def defaults() -> str:
    """How steps are retried and when they time out if the source does not say."""
    limit, delay, backoff = DEFAULT_RETRIES
    return f"{_retries({'limit': limit, 'delay': delay, 'backoff': backoff})}, timeout {DEFAULT_STEP_TIMEOUT}"


def waiting(options: WaitOptionsDocument | None) -> list[str]:
    """What event is waited for, and for how long."""
    if options is None:
        return ["wait for a computed event"]
    timeout = options["timeout"]
    limit = f"{DEFAULT_WAIT} by default" if timeout == NO_WAIT_TIMEOUT else duration(timeout)
    return [f'wait for event "{options["event_type"]}"', f"timeout {limit}"]


def numbers(starts: float | None, resolves: float | None) -> str:
    """When a promise starts and when it is joined, as ``[1→3]``; ``[1→]`` if it never is; empty without numbers."""
    if starts is None and resolves is None:
        return ""
    return f"[{'' if starts is None else starts}→{'' if resolves is None else resolves}]"


def fields(payload: ShapeDocument | None) -> list[str]:
    """The dotted names of the leaves of a payload shape, in order."""
    if payload is None or payload["type"] != "object":
        return []
    return [f"{name}.{rest}" if rest else name for name, inner in payload["fields"].items() for rest in fields(inner) or [""]]


def kind(parallel: str) -> str:
    """What a parallel waits for."""
    return KINDS.get(parallel, parallel)


KINDS = {
    "all": "in parallel",
    "all_settled": "in parallel, failed or not",
    "race": "race: the first to end",
    "any": "race: the first to succeed",
}


def _milliseconds(value: float) -> str:
    for size, unit in UNITS:
        if value and value % size == 0:
            return _amount(value / size, unit)
    return _amount(value / 1000, "second") if value >= 1000 else f"{value:g} ms"


def _retries(retries: RetriesDocument) -> str:
    limit, delay = retries["limit"], duration(retries["delay"])
    if limit == 0:
        return "no retries"
    pace = f"every {delay}" if retries["backoff"] == "constant" else f"from {delay}, {retries['backoff']}"
    return f"{_amount(limit, 'retry')} {pace}"


def _amount(number: float, noun: str) -> str:
    shown = int(number) if number == int(number) else number
    plural = noun[:-1] + "ies" if noun.endswith("ry") else noun + "s"
    return f"{shown} {noun if number == 1 else plural}"


def printable(text: str) -> str:
    """A text on one line, white space folded and control characters written as escapes."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(char if char.isprintable() else ascii(char)[1:-1] for char in line)
