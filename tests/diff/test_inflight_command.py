"""``stepgraph diff --inflight``: verdicts, the shortest runs that show them, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.analyses.inflight.replay import in_flight
from analyzer.analyses.inflight.verdicts import InFlight
from analyzer.api import analyze_source
from analyzer.cli import main

HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\nexport class W extends WorkflowEntrypoint {\n'
Diff = Callable[..., tuple[int, str]]


def source(run: str, methods: str = "") -> str:
    return f"{HEAD}async run(event, step) {{ {run} }}\n{methods} }}"


def do(name: str) -> str:
    return f'await step.do("{name}", async () => 1);'


def judged(old: str, new: str, methods: str = "") -> InFlight:
    before, after = (analyze_source(source(text, methods), filename="w.js").workflows[0] for text in (old, new))
    return in_flight(before, after)


def runs(old: str, new: str, methods: str = "") -> dict[tuple[str, str], tuple[str, ...]]:
    """The shortest run for each effect and step."""
    found = judged(old, new, methods)
    return {(verdict.effect.value, verdict.log_name): verdict.run for verdict in found.verdicts}


A, B, C, X = map(do, "ABCX")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (A + B, A + X, {("runs-again", "X-1"): ("A-1", "B-1")}),
        # the way with the step is taken, and no other step
        (
            f"if (x) {{ {A} }} else {{ {B} {C} }}",
            f"if (x) {{ {A} }} else {{ {B} {X} }}",
            {("runs-again", "X-1"): ("B-1", "C-1")},
        ),
        # a way that leaves is not the short way to what is behind it
        (f"if (x) {{ return; }} {A} {B}", f"if (x) {{ return; }} {A} {X}", {("runs-again", "X-1"): ("A-1", "B-1")}),
        # the handler runs when the first step of the block has failed
        (f"try {{ {A} {B} }} catch {{ {C} }}", f"try {{ {A} {B} }} catch {{ {X} }}", {("runs-again", "X-1"): ("A-1", "C-1")}),
        (f"for (const i of is) {{ {A} }} {B}", f"for (const i of is) {{ {A} }} {X}", {("runs-again", "X-1"): ("A-1", "B-1")}),
        (
            "await this.f(step); await this.f(step);" + A,
            "await this.f(step); await this.f(step);" + X,
            {("runs-again", "X-1"): ("B-1", "B-2", "A-1")},
        ),
        (A + A, A, {("orphaned-result", "A-2"): ("A-1", "A-2")}),
    ],
)
def test_shortest_runs(old: str, new: str, expected: dict[tuple[str, str], tuple[str, ...]]) -> None:
    assert runs(old, new, f"async f(step) {{ {B} }}") == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (A + B, f"{A} if (x) {{ {B} }} else {{ {B} }}"),
        (f"if (x) {{ {A} return; }} {B}", f"if (!x) {{ {B} }} else {{ {A} }}"),
        (f"{A} const p = step.do('B', f); await p;", f"{A} await step.do('B', f);"),
        (A, f"{A} {B}"),
    ],
)
def test_what_keeps_every_key_breaks_nothing(old: str, new: str) -> None:
    assert not judged(old, new).is_breaking


def test_names_that_are_not_static_are_not_judged() -> None:
    found = judged("await step.do(event.payload.name, f);", "await step.do(event.payload.other, f);")
    assert (found.verdicts, found.unjudged) == ((), 1)


def test_steps_in_a_callback_do_not_run_when_its_result_is_found() -> None:
    nested = "await step.do('outer', async () => {{ {} }});"
    assert not judged(nested.format(A), nested.format(X)).is_breaking


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diff:
    monkeypatch.chdir(tmp_path)

    def call(old: str, new: str, *arguments: str) -> tuple[int, str]:
        Path("old.js").write_text(source(old), encoding="utf-8")
        Path("new.js").write_text(source(new), encoding="utf-8")
        code = main(["diff", "--inflight", "old.js", "new.js", *arguments])
        return code, capsys.readouterr().out

    return call


def test_breaking_change_exits_with_1_and_says_the_way_out(diff: Diff) -> None:
    code, out = diff(A, X)
    assert code == 1
    assert '    breaking: step "A" runs again: its result is not found under "X-1"\n      shortest run: A-1\n' in out
    assert 'way out: keep the name "A"' in out
    assert "Not public: whether production" in out


def test_harmless_change_exits_with_0(diff: Diff) -> None:
    code, out = diff(A, A + B)
    assert code == 0
    assert '  + step "B"' in out
    assert "nothing happens twice" in out


def test_json(diff: Diff) -> None:
    code, out = diff(A, X, "--format", "json")
    (workflow,) = json.loads(out)["workflows"]
    (verdict,) = workflow["in_flight"]["verdicts"]
    assert (code, workflow["in_flight"]["breaking"]) == (1, True)
    assert {key: verdict[key] for key in ("effect", "severity", "log_name", "run", "pending")} == {
        "effect": "runs-again",
        "severity": "error",
        "log_name": "X-1",
        "run": ["A-1"],
        "pending": False,
    }


@pytest.mark.parametrize("format_name", ["markdown", "github"])
def test_formats_for_pull_requests_say_it_too(diff: Diff, format_name: str) -> None:
    _, out = diff(A, X, "--format", format_name)
    assert '- breaking: step "A" runs again' in out
    assert "Shortest run: A-1" in out
