"""How many steps a run takes, how many at once, and how long it may last; expectations worked out by hand."""

from __future__ import annotations

import pytest

from analyzer.analyses.bounds import bounds, cannot_exceed
from analyzer.analyses.duration import worst_case
from analyzer.analyses.engine import milliseconds, rewrite
from analyzer.builder import build
from analyzer.frontends import read
from analyzer.graph.model import Workflow
from analyzer.source import Language, SourceFile

HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'


def workflow(body: str, before: str = "", path: str = "a.js") -> Workflow:
    text = f"{HEAD}{before}\nexport class W extends WorkflowEntrypoint {{ async run(event, step) {{ {body} }} }}"
    return build(read(SourceFile(path, text, Language.JAVASCRIPT))).workflows[0]


def do(name: str) -> str:
    return f"await step.do('{name}', async () => 1);"


def start(name: str) -> str:
    return f"step.do('{name}', async () => 1)"


CASES = {
    "sequence; sleeps are not counted": (do("a") + "await step.sleep('s', 5);" + do("b"), 2, "2", "3", "1"),
    "branches": (f"if (x) {{ {do('a')} {do('b')} }} else {{ {do('c')} }}", 1, "2", "2", "1"),
    "a branch without else": (f"if (x) {{ {do('a')} }}", 0, "1", "1", "1"),
    "a guard that returns": (f"{do('a')} if (x) return; {do('b')} {do('c')}", 1, "3", "3", "1"),
    "a throw does not count as an end": (f"{do('a')} if (x) {{ throw e; }} {do('b')}", 2, "2", "2", "1"),
    "a loop of unknown length": (f"{do('a')} for (const x of xs) {{ {do('b')} {do('c')} }}", 1, "1 + 2·n1", "1 + 2·n1", "1"),
    "loops in loops": (f"for (const x of xs) {{ for (const y of ys) {{ {do('b')} }} {do('c')} }}", 0, "n1 + n1·n2", None, "1"),
    "a loop that counts": (f"for (let i = 0; i < 10; i++) {{ {do('a')} }}", 10, "10", "10", "1"),
    "a loop that counts down": (f"for (let i = 9; i >= 0; i -= 3) {{ {do('a')} }}", 4, "4", "4", "1"),
    "a loop that counts to a constant": (f"const N = 3; for (let i = 0; i <= N; i++) {{ {do('a')} }}", 4, "4", "4", "1"),
    "a loop that is left while it counts": (f"for (let i = 0; i < 10; i++) {{ {do('a')} if (x) break; }}", 1, "10", None, "1"),
    "a counter that is written elsewhere": (f"for (let i = 0; i < 10; i++) {{ {do('a')} i = f(i); }}", 0, "n1", "n1", "1"),
    "a counter from outside": (
        f"let i = 0; while (x) {{ for (; i < 5; i++) {{ {do('a')} }} }}",
        0,
        "n1·n2",
        None,
        "1",
    ),
    "a bound that is not known": (f"for (let i = 0; i < x; i++) {{ {do('a')} }}", 0, "n1", "n1", "1"),
    "a loop that counts the wrong way": (f"for (let i = 0; i < 5; i--) {{ {do('a')} }}", 0, "n1", "n1", "1"),
    "a loop left by break": (f"while (true) {{ {do('a')} if (x) break; {do('b')} }}", 1, "1 + 2·n1", None, "1"),
    "a loop that runs at least once": (f"do {{ {do('a')} }} while (x);", 1, "n1", None, "1"),
    "a switch that falls through": (
        f"switch (x) {{ case 1: {do('a')} case 2: {do('b')} break; default: {do('c')} {do('d')} {do('e')} }}",
        1,
        "3",
        "3",
        "1",
    ),
    "a handler": (f"try {{ {do('a')} {do('b')} }} catch {{ {do('c')} }} finally {{ {do('d')} }}", 2, "4", "4", "1"),
    "a combinator": (f"await Promise.all([{start('a')}, {start('b')}, {start('c')}]);", 3, "3", "3", "3"),
    "a kept promise": (f"const p = {start('a')}; {do('b')} await p; {do('c')}", 3, "3", "3", "2"),
    "one that nobody joins": (f"{start('a')}; {do('b')} {do('c')}", 3, "3", "3", "2"),
    "started for each element": (f"await Promise.all(xs.map((x) => {start('a')}));", 0, "n1", "n1", "n1"),
    "a step in a step": (f"await step.do('a', async () => {{ {do('b')} }});", 2, "2", "2", "2"),
    "a loop over a constant list": ("for (const x of [1, 2, 3, 4]) { await step.do('a', async () => x); }", 4, "4", "4", "1"),
}


@pytest.mark.parametrize("case", CASES)
def test_bounds(case: str) -> None:
    body, least, most, steps, at_once = CASES[case]
    found = bounds(workflow(body))
    assert (found.least, found.most.text()) == (least, most)
    assert found.at_once.text() == at_once
    assert steps is None or found.steps.text() == steps


def test_functions_count_at_each_call() -> None:
    function = f"async function f(step) {{ {do('b')} if (x) return; {do('c')} }}"
    found = bounds(workflow(f"await f(step); {do('a')} await f(step);", function))
    assert (found.least, found.most.text()) == (3, "5")


def test_recursion_is_a_symbol() -> None:
    source = workflow("await f(step, 3);", f"async function f(step, n) {{ {do('a')} if (n > 0) await f(step, n - 1); }}")
    assert bounds(source).most.text() == "1 + calls of f"


def test_a_quick_look_never_hides_a_workflow_that_exceeds() -> None:
    many = workflow("".join(do(f"s{number}") for number in range(12)))
    assert cannot_exceed(many, 12)
    assert not cannot_exceed(many, 11)
    listed = "[" + ",".join(map(str, range(200))) + "]"
    assert not cannot_exceed(workflow(f"for (const x of {listed}) {{ {do('a')} }}"), 199)


def config(text: str) -> str:
    return f"await step.do('a', {{ {text} }}, async () => 1);"


DURATIONS = {
    "a sleep": ("await step.sleep('s', '90 minutes');", "1.5 hours"),
    "a wait without timeout is a day": ("await step.waitForEvent('w', { type: 'w' });", "1 day"),
    "one attempt": (config("timeout: '2 minutes', retries: { limit: 0, delay: 5 }"), "2 minutes"),
    "constant delays": (config("timeout: 1000, retries: { limit: 3, delay: 1000, backoff: 'constant' }"), "7 seconds"),
    "linear delays": (config("timeout: 1000, retries: { limit: 3, delay: 1000, backoff: 'linear' }"), "10 seconds"),
    "doubled delays": (config("timeout: 1000, retries: { limit: 3, delay: 1000 }"), "11 seconds"),
    "the engine's defaults": (do("a"), "1.086 hours"),  # 6 attempts of 10 minutes, delays of 10 seconds times 31
    "side by side": ("await Promise.all([step.sleep('a', '1 hour'), step.sleep('b', '2 hours')]);", "2 hours"),
    "a race ends with the shorter": (
        "await Promise.race([step.sleep('a', '1 hour'), step.sleep('b', '2 hours')]);",
        "1 hour",
    ),
    "a kept promise overlaps": ("const p = step.sleep('a', '3 hours'); await step.sleep('b', '1 hour'); await p;", "3 hours"),
    "what nobody joins does not count": ("step.sleep('a', '3 hours'); await step.sleep('b', '1 hour');", "1 hour"),
    "branches": ("if (x) { await step.sleep('a', '3 hours'); } else { await step.sleep('b', '1 hour'); }", "3 hours"),
    "what is not known": ("await step.sleep('a', x); await step.sleep('b', '1 hour');", '1 hour + sleep "a"'),
    "delays without end": (config("retries: { limit: 9999, delay: 1000 }"), "unbounded"),
}


@pytest.mark.parametrize("case", DURATIONS)
def test_worst_case(case: str) -> None:
    body, expected = DURATIONS[case]
    assert worst_case(workflow(body)).text == expected


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (5, 5),
        ("5 seconds", 5000),
        ("1.5 hours", 5_400_000),
        ("5  seconds", 5000),
        ("-1 day", -86_400_000),
        ("1 second", 1000),
        ("1 seconds", 1000),
        ("5 sec", None),
        ("5s", None),
        ("5 Seconds", None),
        ("10", None),
        (" 5 seconds", None),
        ("1 hour 30 minutes", None),
        (True, None),
        (None, None),
    ],
)
def test_durations_both_engines_read_alike(duration: object, expected: float | None) -> None:
    assert milliseconds(duration) == expected


@pytest.mark.parametrize(
    ("text", "expected", "plain"),
    [
        ("10 min", "10 minutes", True),
        ("1hr", "1 hour", True),
        ("90 s", "90 seconds", True),
        ("5 Minutes", "5 minutes", True),
        ("1_000 secs", "1000 seconds", True),
        ("5m", "5 minutes", False),
        ("1 hour 30 minutes", "90 minutes", True),
        ("1h, 30min and 10s", "5410 seconds", True),
        ("250 ms", "250 milliseconds", True),
    ],
)
def test_rewriting(text: str, expected: str, plain: bool) -> None:
    found = rewrite(text)
    assert found is not None
    assert (found.text, found.plain) == (expected, plain)


@pytest.mark.parametrize("text", ["soon", "five minutes", "10", "", "1 fortnight", "PT5M", "1.2.3 s"])
def test_what_cannot_be_rewritten(text: str) -> None:
    assert rewrite(text) is None
