"""Every effect that ``diff --inflight`` predicts, seen in the real engine: OLD begins, NEW goes on in the same instance."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from deployments import Deployment, Observed, deploy, module
from engine import Json
from provisioning import node_modules

from analyzer.analyses.inflight.replay import in_flight
from analyzer.analyses.inflight.verdicts import Effect
from analyzer.api import analyze_source


@dataclass(frozen=True)
class Case:
    """A deployment, what is predicted for it (an effect and the engine's name of the step), and what the engine does.

    ``ran``: callbacks that run under NEW; ``began``: sleeps and waits that begin; ``output``: what run returns.
    """

    deployment: Deployment
    predicted: tuple[tuple[Effect, str], ...]
    output: Json
    ran: tuple[str, ...] = ()
    began: tuple[str, ...] = ()
    status: str = "complete"


def do(name: str, value: str) -> str:
    return f'await step.do("{name}", value("{value}"))'


NAP = 'await step.sleep("nap", "1 hour");'
WAIT = 'await step.waitForEvent("w", { type: "go" })'
OTHER_WAIT = 'await step.waitForEvent("v", { type: "go" })'

CASES = {
    "nothing that counts has changed": Case(
        Deployment(f"const a = {do('a', 'old')}; {NAP} return a;", f"const b = {do('a', 'new')}; {NAP} return b;", "nap-1"),
        (),
        "old",
    ),
    "renamed step": Case(
        Deployment(f"const a = {do('a', 'old')}; {NAP} return a;", f"const a = {do('z', 'new')}; {NAP} return a;", "nap-1"),
        ((Effect.RUNS_AGAIN, "z-1"),),
        "new",
        ran=("z-1",),
    ),
    "one more of the name in front": Case(
        Deployment(
            f"const a = {do('a', 'first')}; {NAP} return [a];",
            f'const n = await step.do("a", {{ timeout: 1000 }}, value("new")); const a = {do("a", "first")}; {NAP} return [n, a];',
            "nap-1",
        ),
        ((Effect.RUNS_AGAIN, "a-2"), (Effect.SWAPPED, "a-1")),
        ["first", "first"],
        ran=("a-2",),
    ),
    "two steps of one name change places": Case(
        Deployment(
            'const l = await step.do("a", { timeout: 1000 }, value("left"));'
            f'const r = await step.do("a", {{ timeout: 2000 }}, value("right")); {NAP} return {{ l, r }};',
            'const r = await step.do("a", { timeout: 2000 }, value("right"));'
            f'const l = await step.do("a", {{ timeout: 1000 }}, value("left")); {NAP} return {{ l, r }};',
            "nap-1",
        ),
        ((Effect.SWAPPED, "a-1"), (Effect.SWAPPED, "a-2")),
        {"l": "right", "r": "left"},
    ),
    "step removed": Case(
        Deployment(
            f"{do('a', 'a')}; const b = {do('b', 'b')}; {NAP} return b;", f"const b = {do('b', 'b')}; {NAP} return b;", "nap-1"
        ),
        ((Effect.ORPHANED, "a-1"),),
        "b",
    ),
    "longer sleep": Case(
        Deployment('await step.sleep("nap", "1 hour");', 'await step.sleep("nap", "2 hours");', "nap-1"),
        ((Effect.SLEEPS_AGAIN, "nap-1"),),
        None,
        began=("nap-1",),
    ),
    "the same time in other words": Case(
        Deployment('await step.sleep("nap", "1 hour");', 'await step.sleep("nap", 3600000);', "nap-1"), (), None
    ),
    "renamed wait": Case(
        Deployment(
            f"const e = {WAIT}; return e.payload;",
            f"const e = {OTHER_WAIT}; return e.payload;",
            "w-1",
            ["go"],
        ),
        ((Effect.WAITS_AGAIN, "v-1"),),
        "go",
        began=("v-1",),
    ),
    "another event": Case(
        Deployment(
            f"const e = {WAIT}; return e.payload;",
            f"const e = {WAIT.replace('go', 'stop')}; return e.payload;",
            "w-1",
            ["go", "stop"],
        ),
        ((Effect.OTHER_EVENT, "w-1"),),
        "stop",
    ),
    "new step in front": Case(
        Deployment(
            f"const a = {do('a', 'a')}; {NAP} return a;", f"{do('n', 'n')}; const a = {do('a', 'x')}; {NAP} return a;", "nap-1"
        ),
        ((Effect.RUNS_LATE, "n-1"),),
        "a",
        ran=("n-1",),
    ),
    "other order": Case(
        Deployment(f"{do('a', 'a')}; {do('b', 'b')}; {NAP}", f"{do('b', 'b')}; {do('a', 'a')}; {NAP}", "nap-1"),
        ((Effect.OTHER_ORDER, "b-1"),),
        None,
    ),
    "moved into a branch": Case(
        Deployment(
            f"const a = {do('a', 'a')}; {NAP} return a;",
            f"let a = 'none'; if (event.payload.x) a = {do('a', 'a')}; {NAP} return a;",
            "nap-1",
        ),
        ((Effect.OTHER_BRANCH, "a-1"),),
        "none",
    ),
    "fewer retries": Case(
        Deployment(
            'return await step.do("a", { retries: { limit: 3, delay: "1 hour" } }, value("old"));',
            'return await step.do("a", { retries: { limit: 0, delay: "1 hour" } }, value("new"));',
            "a-1",
            fail_first="a",
        ),
        ((Effect.RETRIES_NARROWER, "a-1"),),
        "new",
        ran=("a-1", "a-1"),
    ),
    "more retries": Case(
        Deployment(
            'return await step.do("a", { retries: { limit: 1, delay: "1 hour" } }, value("old"));',
            'return await step.do("a", { retries: { limit: 9, delay: "1 hour" } }, value("new"));',
            "a-1",
            fail_first="a",
        ),
        ((Effect.RETRIES_WIDER, "a-1"),),
        None,
        ran=("a-1",),
        status="errored",
    ),
}


@pytest.fixture(scope="module")
def observed() -> dict[str, Observed]:
    return dict(zip(CASES, deploy(node_modules(), [case.deployment for case in CASES.values()]), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_prediction(name: str) -> None:
    case = CASES[name]
    old, new = (
        analyze_source(module(body), filename="w.js").workflows[0] for body in (case.deployment.old, case.deployment.new)
    )
    verdicts = in_flight(old, new).verdicts
    assert sorted((verdict.effect.value, verdict.log_name) for verdict in verdicts) == sorted(
        (effect.value, step) for effect, step in case.predicted
    )


@pytest.mark.parametrize("name", CASES)
def test_engine_does_what_is_predicted(name: str, observed: dict[str, Observed]) -> None:
    case, seen = CASES[name], observed[name]
    assert (seen.status, seen.output) == (case.status, case.output)
    assert (seen.ran, seen.began) == (case.ran, case.began)


def test_every_effect_has_a_case() -> None:
    assert {effect for case in CASES.values() for effect, _ in case.predicted} == set(Effect)
