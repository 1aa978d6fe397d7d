"""What a difference says, case by case."""

from __future__ import annotations

import pytest

from analyzer.analyses.diff.difference import Difference, difference
from analyzer.api import analyze_source
from analyzer.output.diffs.wording import mark, sentence

HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\nexport class W extends WorkflowEntrypoint {\n'


def source(run: str, methods: str = "") -> str:
    return f"{HEAD}async run(event, step) {{ {run} }}\n{methods} }}"


def compared(old: str, new: str) -> Difference:
    before, after = (analyze_source(text, filename="w.js").workflows[0] for text in (old, new))
    return difference(before, after)


def said(old: str, new: str, methods: tuple[str, str] = ("", "")) -> list[str]:
    """The difference of two bodies, a line an operation."""
    found = compared(source(old, methods[0]), source(new, methods[1]))
    return [f"{mark(operation)} {sentence(operation, lenient=False)}" for operation in found.operations]


def do(name: str, options: str = "") -> str:
    return f'await step.do("{name}", {options}async () => 1);'


A, B, C, D = map(do, "ABCD")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (A + B, A + B + C, ['+ step "C"']),
        (A + B, B, ['- step "A"']),
        (A + B + C, B + C + A, ['> step "A": elsewhere in run']),
        (A + B, A + do("Z"), ['~ step "B" is now "Z"']),
        (A, do("A", "{ timeout: 5000 }, "), ['~ step "A": timeout default → 5000']),
        (
            'await step.sleep("s", "1 day");',
            'await step.sleep("s", "2 days");',
            ['~ sleep "s": duration "1 day" → "2 days"'],
        ),
        (
            'await step.waitForEvent("w", { type: "go", timeout: "1 day" });',
            'await step.waitForEvent("w", { type: "stop", timeout: "1 day" });',
            ['~ wait "w": event "go" → "stop"'],
        ),
        (A + B + C, f"{A} for (const x of xs) {{ {B} }} {C}", ["+ loop", '> step "B": from run to loop']),
        (f"for (const x of xs) {{ {A} {B} }}", A + B, ["- loop", '> step "A", step "B": from loop to run']),
        (
            f"{A} const p = step.do('P', f); {B} await p; {C}",
            f"{A} step.do('P', f); {B} {C}",
            ["- await of do P", '~ step "P": kept and awaited later → never awaited'],
        ),
        (
            "await Promise.all([step.do('A', f), step.do('B', f)]);",
            "await Promise.race([step.do('A', f), step.do('B', f)]);",
            [
                '~ parallel with "A", "B": all → race',
                "~ await of do A, do B: waits for do A, do B (all) → waits for do A, do B (race)",
            ],
        ),
    ],
)
def test_operations(old: str, new: str, expected: list[str]) -> None:
    assert sorted(said(old, new)) == sorted(expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"if (x) {{ {A} }} else {{ {B} }}", f"if (!x) {{ {B} }} else {{ {A} }}"),
        (f"if (x) {{ {A} return; }} {B}", f"if (x) {{ {A} }} else {{ {B} }}"),
        (f"if (x) {{ {A} }}", "x && (await step.do('A', async () => 1));"),
        ("const p = step.do('A', f); await p;", "await step.do('A', f);"),
    ],
)
def test_other_writing_of_the_same_is_no_difference(old: str, new: str) -> None:
    assert said(old, new) == []


def test_functions_are_known_by_what_they_do() -> None:
    methods = f"async first(step) {{ {A} }} async second(step) {{ {B} }}", f"async b(step) {{ {B} }} async a(step) {{ {A} }}"
    assert said("await this.first(step); await this.second(step);", "await this.a(step); await this.b(step);", methods) == []


def test_change_in_a_function_is_said_once() -> None:
    methods = f"async f(step) {{ {A} }}", f"async f(step) {{ {A} {B} }}"
    calls = "await this.f(step); await this.f(step); await this.f(step);"
    assert said(calls, calls, methods) == ['+ step "B", in function f']


def test_a_kept_promise_in_front_changes_no_other() -> None:
    kept = "const p = step.do('P', f); await step.do('A', f); await p;"
    found = said(kept, f"const q = step.do('Q', f); await step.do('A', f); await q; {kept}")
    assert all('"P"' not in line for line in found)
