"""Fixes: applied until none is left, never two to one place, the same the second time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_sources import lint, whole

from analyzer.graph.model import Severity
from analyzer.lint.finding import Edit, Finding, Fix
from analyzer.lint.fixes import apply_edits, fix_text
from analyzer.source import Position, Span

IMPORTS = {
    "ts": (
        "",
        'import { NonRetryableError } from "cloudflare:workers";\n',
        "import { NonRetryableError, } from 'cloudflare:workers'\n",
    ),
    "py": ("", "from workers import NonRetryableError\n", "from workers import NonRetryableError  # moved\n"),
}
STATEMENTS = {
    "ts": (
        'await step.sleep("nap", "10 min");',
        'await step.sleep("nap", "1hour");',
        'step.do("floats", async () => 1);',
        'const kept = step.do("unused", async () => 1);',
        'await step.waitForEvent("wait", { event: "paid", timeout: "2 hrs" });',
        'await step.do("config", { retries: { limit: 3 }, timeout: "5 mins" }, async () => 1);',
        'try { return step.do("tried", async () => 1); } catch { return 0; }',
        'await step.do("quiet", async () => 1); // stepgraph-ignore SG201, SG205',
        "// stepgraph-ignore SG202: nothing here",
        'items.forEach(async (item) => step.do("each", async () => item));',
        'await step.do("right", async () => 1);',
    ),
    "py": (
        'await step.sleep("nap", "10 min")',
        'step.sleep("floats", "90 s")',
        'step.wait_for_event("wait", "paid", timeout="2 hrs")',
        "self.audit(step)",
        "# stepgraph-ignore SG202: nothing here",
        'await step.sleep("right", "1 minute")',
        "@step.do\nasync def bare():\n    return 1\n\nawait bare()",
        '@step.do("kept", config={"retries": {"limit": 3}, "timeout": "5 mins"})\nasync def kept():\n    return 1\n\nkept()',
    ),
}


def fixed(text: str, path: str, *, unsafe: bool) -> tuple[str, tuple[Finding, ...]]:
    result = fix_text(path, text, lambda changed: lint(changed, path), unsafe=unsafe)
    return result.text, result.findings


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("language", STATEMENTS)
@settings(max_examples=125, deadline=None)
@given(data=st.data())
def test_what_is_fixed_is_gone_parses_and_stays(language: str, unsafe: bool, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.sampled_from(STATEMENTS[language]), max_size=6))
    path = f"a.{language}"
    before = data.draw(st.sampled_from(IMPORTS[language])) + whole(
        "\n".join([*lines, "done = 1" if language == "py" else "const done = 1;"]), path
    )
    after, findings = fixed(before, path, unsafe=unsafe)
    left = lint(after, path)
    assert not [finding for finding in left if finding.code == "SG101"]
    assert not [finding for finding in left if finding.fix and (finding.fix.safe or unsafe)]
    assert fixed(after, path, unsafe=unsafe) == (after, ())
    assert (after == before) is (not findings)


def test_edits_apply_in_any_order() -> None:
    edits = [Edit(Span("a", 6, 6), "!"), Edit(Span("a", 0, 5), "HELLO")]
    assert apply_edits("hello world", edits) == "HELLO !world"
    assert apply_edits("hello world", edits[::-1]) == "HELLO !world"


def test_fixes_that_touch_are_not_applied_in_one_round() -> None:
    rounds: list[str] = []

    def check(text: str) -> list[Finding]:
        rounds.append(text)
        at = text.find("a")
        if at < 0:
            return []
        fixes = [Fix(letter, (Edit(Span("p", at, at + 1), letter),), True) for letter in "bc"]
        return [Finding("p", Position(1, 1), Position(1, 2), "SG000", fix.message, Severity.INFO, fix=fix) for fix in fixes]

    assert fix_text("p", "xax", check, unsafe=False).text == "xbx"
    assert rounds == ["xax", "xbx"]


def test_a_round_that_breaks_the_file_is_not_taken() -> None:
    def check(text: str) -> list[Finding]:
        broken = Finding("p", Position(1, 1), Position(1, 1), "SG101", "", Severity.ERROR)
        if text != "good":
            return [broken]
        fix = Fix("x", (Edit(Span("p", 0, 4), "bad"),), True)
        return [Finding("p", Position(1, 1), Position(1, 1), "SG106", "", Severity.ERROR, fix=fix)]

    assert fix_text("p", "good", check, unsafe=False).text == "good"
