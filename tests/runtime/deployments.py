"""Instances that begin under one version of a workflow and go on under another, in the real engine.

The process of the first version is stopped while the instance is paused in a sleep, a wait or between two attempts; the second
starts on the same storage with the other source, and the instance is resumed. So the engine replays it from what it has
stored. Simulated is only how a deployment reaches a running instance, which in production is not public: here it is paused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine import Engine, Json, Subject

STARTS = {8: "sleep", 14: "wait"}
"""Events of the engine's log: a sleep begins, a wait begins."""

ATTEMPT, ATTEMPT_FAILED = 10, 12


@dataclass(frozen=True)
class Deployment:
    """OLD and NEW as bodies of ``run`` or whole sources; the instance is stopped at a step (``name-1``), then ``events`` are sent under NEW."""

    old: str
    new: str
    stop: str
    events: Sequence[str] = ()
    fail_first: str = ""


@dataclass(frozen=True)
class Observed:
    """What NEW did after the deployment: callbacks that ran and sleeps and waits that began, by log name; run's result."""

    status: str
    ran: tuple[str, ...]
    began: tuple[str, ...]
    output: Json


def module(body: str) -> str:
    """A workflow with this body, or a whole source; ``step.do`` callbacks of ``value(x)`` give x."""
    if "export class W " in body:
        return body
    return (
        'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
        "const value = (x) => async () => x;\n"
        "export class W extends WorkflowEntrypoint {\n"
        f"async run(event, step) {{ {body} }}\n}}\n"
    )


def deploy(node_modules: Path, deployments: Sequence[Deployment]) -> list[Observed]:
    """Runs all of them: every OLD in one process, then every NEW in another on the same storage."""
    subjects = [
        [Subject(f"w{index}", module(body), "W") for index, body in enumerate(bodies)]
        for bodies in (
            [each.old for each in deployments],
            [each.new for each in deployments],
        )
    ]
    with Engine(node_modules, subjects[0]) as engine:
        ids = [_begin(engine, f"w{index}", each) for index, each in enumerate(deployments)]
        engine.restart(subjects[1])
        return [_observed(engine.ask(_resumption(id_, each))) for id_, each in zip(ids, deployments, strict=True)]


def _begin(engine: Engine, subject: str, deployment: Deployment) -> str:
    fail = {deployment.fail_first: {"name": "Error", "times": 1}} if deployment.fail_first else {}
    params = {"subject": subject, "payload": {}, "results": {}, "fail": fail, "delays": {}, "tolerant": False, "globals": []}
    stop_on = [ATTEMPT_FAILED] if deployment.fail_first else [*STARTS]
    answer = engine.ask({"params": params, "realSleeps": True, "stopAt": deployment.stop, "stopOn": stop_on, "limit": 5000})
    assert answer["status"] == "paused", answer
    return str(answer["id"])


def _resumption(id_: str, deployment: Deployment) -> dict[str, Json]:
    events: list[Json] = [{"type": kind, "payload": kind, "after": 20} for kind in deployment.events]
    return {"id": id_, "events": events, "limit": 1500}


def _observed(answer: dict[str, Json]) -> Observed:
    log = answer["log"]
    assert isinstance(log, list)
    ran = [entry["target"] for entry in log if entry["event"] == ATTEMPT]
    began = [entry["target"] for entry in log if entry["event"] in STARTS]
    return Observed(str(answer["status"]), tuple(ran), tuple(began), answer["output"])
