"""Each rule fires on the lines of its fixtures that are marked, and only there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lint_sources import RULE_FIXTURES as FIXTURES
from lint_sources import lint, settings_beside

from analyzer.lint.registry import RULES
from analyzer.lint.rule import Rule
from analyzer.source import language_of

SOURCES = sorted(path for path in FIXTURES.glob("*/source*.*") if not path.parent.name.startswith("SG4"))
ELSEWHERE = frozenset({"SG003"})
"""Rules about what is no source: tested through the command line."""

MARK = re.compile(r"(?://|#) flagged\b")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name[:5]}-{path.name}")
def test_flagged_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = dict(enumerate(text.splitlines(), 1))
    marked = {number for number, line in lines.items() if MARK.search(line)}
    found = {
        finding.start.line
        for finding in lint(text, path.name, settings=settings_beside(path.parent.name))
        if finding.code == path.parent.name[:5]
    }
    assert {number: lines[number] for number in marked - found} == {}, "missed"
    assert {number: lines[number] for number in found - marked} == {}, "flagged, but not marked"


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.code not in ELSEWHERE and rule.code < "SG4"], ids=lambda rule: rule.code
)
def test_a_rule_has_fixtures_in_each_language_it_is_about(rule: Rule) -> None:
    suffixes = {path.suffix for path in (FIXTURES / f"{rule.code}-{rule.name}").glob("source*.*")}
    languages = {language_of(f"a{suffix}") for suffix in suffixes}
    assert languages == set(rule.languages)


def test_every_rule_has_fixtures() -> None:
    named = {f"{rule.code}-{rule.name}" for rule in RULES if rule.code not in ELSEWHERE}
    assert {path.name for path in FIXTURES.iterdir()} == named
