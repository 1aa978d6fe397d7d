"""An instance's log, read from what the platform's API or the local explorer says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from analyzer.records import record

Json: TypeAlias = Mapping[str, object]

NUMBERED = re.compile(r"(.*)-(\d+)", re.DOTALL)
"""How the engine logs a step: its name, and which call of that name it was, from 1."""

KINDS = {"step": "do", "rollback": "rollback", "sleep": "sleep", "waitForEvent": "wait"}
"""Types in the log, and what they are."""


class State(Enum):
    """What became of a step."""

    SUCCEEDED = "taken"
    FAILED = "failed"
    RUNNING = "running"
    WAITING = "waiting"


@record
class LogStep:
    """One step of the log, or one rollback of a step.

    ``kind``: do, rollback, sleep or wait. ``log_name``: as it stands in the log, ``name`` without its number. ``start`` and
    ``end`` in milliseconds since 1970 UTC, None if not known or not over. ``attempts`` and ``failures`` count attempts.
    """

    kind: str
    log_name: str
    name: str
    state: State
    start: float | None
    end: float | None
    attempts: int
    failures: int
    error: str

    @property
    def duration(self) -> float | None:
        """Milliseconds from start to end."""
        return None if self.start is None or self.end is None else self.end - self.start


@record
class InstanceLog:
    """``status`` as the platform calls it; ``terminated``: who ended the instance from outside, empty if nobody did."""

    status: str
    steps: tuple[LogStep, ...]
    terminated: str


class NoInstanceError(ValueError):
    """Data is not an instance; says with a JSON path what is wrong."""


def read_log(data: object) -> InstanceLog:
    """The log in decoded JSON: an instance, or the API's response around it. Raises NoInstanceError."""
    match data:
        case {"result": dict() as instance}:
            path = "$.result"
        case dict() as instance:
            path = "$"
        case _:
            raise NoInstanceError("$: an instance is an object with steps")
    steps = instance.get("steps")
    if not isinstance(steps, list):
        raise NoInstanceError(f"{path}.steps: an instance has a list of steps, as GET …/workflows/NAME/instances/ID gives it")
    read: list[LogStep] = []
    terminated = ""
    for index, step in enumerate(steps):
        where = f"{path}.steps[{index}]"
        match step:
            case {"type": "termination"}:
                terminated = _source(step)
            case {"type": str() as kind, "name": str()} if kind in KINDS:
                read.append(_step(step, kind, where))
            case _:
                raise NoInstanceError(f"{where}: a step has a name, and a type out of {', '.join([*KINDS, 'termination'])}")
    return InstanceLog(str(instance.get("status", "unknown")), tuple(read), terminated)


def _source(step: Json) -> str:
    match step.get("trigger"):
        case {"source": source}:
            return str(source)
        case _:
            return "unknown"


def _step(step: Json, kind: str, where: str) -> LogStep:
    log_name = str(step["name"])
    found = NUMBERED.fullmatch(log_name)
    attempts = step.get("attempts")
    tried = attempts if isinstance(attempts, list) else []
    failures = sum(1 for attempt in tried if isinstance(attempt, dict) and attempt.get("success") is False)
    return LogStep(
        KINDS[kind],
        log_name,
        found[1] if found else log_name,
        _state(step, kind),
        _instant(step.get("start"), f"{where}.start"),
        _instant(step.get("end"), f"{where}.end"),
        len(tried),
        failures,
        _error(step, tried),
    )


def _state(step: Json, kind: str) -> State:
    if step.get("error"):
        return State.FAILED
    match kind, step.get("success"), step.get("finished"):
        case (("sleep" | "waitForEvent"), _, finished):
            return State.SUCCEEDED if finished else State.WAITING
        case _, True, _:
            return State.SUCCEEDED
        case _, False, _:
            return State.FAILED
        case _:
            return State.RUNNING


def _error(step: Json, attempts: list[object]) -> str:
    """The message of the step's error, else of its last attempt's."""
    last = attempts[-1] if attempts else None
    for holder in (step, last):
        match holder:
            case {"error": {"message": str() as message}}:
                return message
    return ""


def _instant(value: object, where: str) -> float | None:
    match value:
        case None | "":
            return None
        case str():
            try:
                return datetime.fromisoformat(value).timestamp() * 1000
            except ValueError:
                raise NoInstanceError(f"{where}: {value!r} is not an ISO 8601 time") from None
        case _:
            raise NoInstanceError(f"{where}: a time is a text in ISO 8601")
