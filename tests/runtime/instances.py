"""Instances as the local explorer would show them, made of the engine's own log; for Python, of what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine import Run

SLEEP, SLEEP_DONE, WAIT, WAIT_DONE, WAIT_TIMED_OUT = 8, 9, 14, 15, 16
STEP, STEP_DONE, STEP_FAILED = 5, 6, 7
ATTEMPT, ATTEMPT_DONE, ATTEMPT_FAILED = 10, 11, 12

Entry = Mapping[str, Any]


def instance_of(run: Run) -> dict[str, Any]:
    """An instance with its steps in the order in which they began."""
    steps = [*_from_log(run.log)] if run.log else [*_from_trace(run)]
    return {"success": True, "result": {"status": run.status, "steps": steps}}


def _from_log(log: Iterable[Entry]) -> Iterable[dict[str, Any]]:
    groups: dict[str, dict[int, list[Entry]]] = {}
    for entry in log:
        if entry["group"]:
            groups.setdefault(entry["group"], {}).setdefault(entry["event"], []).append(entry)
    for group in groups.values():
        if SLEEP in group:
            yield {"type": "sleep", **_times(group, SLEEP, SLEEP_DONE), "finished": SLEEP_DONE in group, "error": None}
        elif WAIT in group:
            over = WAIT_DONE if WAIT_DONE in group else WAIT_TIMED_OUT
            error = {"name": "Error", "message": "timed out"} if WAIT_TIMED_OUT in group else None
            yield {"type": "waitForEvent", **_times(group, WAIT, over), "finished": over in group, "error": error}
        elif STEP in group:
            over = STEP_DONE if STEP_DONE in group else STEP_FAILED
            success = {STEP_DONE: True, STEP_FAILED: False}[over] if over in group else None
            yield {"type": "step", **_times(group, STEP, over), "success": success, "attempts": [*_attempts(group)]}


def _times(group: Mapping[int, list[Entry]], first: int, last: int) -> dict[str, Any]:
    end = group[last][0]["timestamp"] if last in group else None
    return {"name": group[first][0]["target"], "start": group[first][0]["timestamp"], "end": end}


def _attempts(group: Mapping[int, list[Entry]]) -> Iterable[dict[str, Any]]:
    failed = {entry["metadata"]["attempt"] for entry in group.get(ATTEMPT_FAILED, ())}
    done = {entry["metadata"]["attempt"] for entry in group.get(ATTEMPT_DONE, ())}
    for entry in group.get(ATTEMPT, ()):
        number = entry["metadata"]["attempt"]
        yield {"start": entry["timestamp"], "success": number in done or (False if number in failed else None)}


def _from_trace(run: Run) -> Iterable[dict[str, Any]]:
    """Steps without times: the recorder has none."""
    over = {happened.call: happened.failed for happened in run.trace if happened.kind == "end"}
    for happened in run.trace:
        if happened.kind == "call":
            kind = {"do": "step", "waitForEvent": "waitForEvent"}.get(happened.type, "sleep")
            success = None if happened.call not in over else not over[happened.call]
            end = {"success": success} if kind == "step" else {"finished": happened.call in over}
            yield {"type": kind, "name": f"{happened.name}-{happened.count}", "attempts": [], **end}
