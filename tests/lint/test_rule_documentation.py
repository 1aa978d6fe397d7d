"""What the documentation of a rule says is so."""

from __future__ import annotations

import re

import pytest
from lint_sources import lint, settings_beside, whole

from analyzer.lint.documentation import SECTIONS, documentation
from analyzer.lint.registry import RULES
from analyzer.lint.rule import Rule

CASES = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def codes(language: str, code: str, rule: Rule) -> list[str]:
    path = f"a.{language}"
    settings = settings_beside(f"{rule.code}-{rule.name}")
    return [finding.code for finding in lint(whole(code, path), path, settings=settings)]


@CASES
def test_example_is_flagged(rule: Rule) -> None:
    for language, code in documentation(rule).examples("Example"):
        assert rule.code in codes(language, code, rule), code


@CASES
def test_what_to_use_instead_is_not(rule: Rule) -> None:
    for language, code in documentation(rule).examples("Use instead"):
        assert rule.code not in codes(language, code, rule), code


@CASES
def test_every_section_is_known_and_in_order(rule: Rule) -> None:
    known = documentation(rule)
    assert re.fullmatch(r"[A-Z`].*\.", known.summary, re.DOTALL)
    assert [title for title in SECTIONS if title in known.sections] == list(known.sections)
    assert {"What it does", "Why it is bad"} <= set(known.sections)


@CASES
def test_names_agree(rule: Rule) -> None:
    words = re.findall(r"[A-Z][a-z]*", type(rule).__name__)
    assert "-".join(words).lower() == rule.name
    assert type(rule).__module__.rpartition(".")[2] == rule.name.replace("-", "_")


def test_codes_and_names_are_unique_and_sorted() -> None:
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})
    assert len({rule.name for rule in RULES}) == len(RULES)


@CASES
def test_a_rule_with_fixes_says_how_safe_they_are(rule: Rule) -> None:
    for language, code in documentation(rule).examples("Example"):
        path = f"a.{language}"
        if any(finding.fix for finding in lint(whole(code, path), path) if finding.code == rule.code):
            assert "Fix safety" in documentation(rule).sections
