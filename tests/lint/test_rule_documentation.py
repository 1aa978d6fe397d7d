"""What the documentation of a rule shows is so."""

from __future__ import annotations

import re

import pytest
from lint_sources import lint, whole

from analyzer.lint.registry import RULES
from analyzer.lint.rule import Rule

BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(rule: Rule, heading: str) -> list[tuple[str, str]]:
    import inspect

    sections = re.split(r"^## (.+)\n", inspect.cleandoc(rule.__doc__ or ""), flags=re.MULTILINE)
    text = dict(zip(sections[1::2], sections[2::2], strict=True)).get(heading, "")
    return [(language, code) for language, code in BLOCK.findall(text) if language != "toml"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_example_is_flagged(rule: Rule) -> None:
    for language, code in blocks(rule, "Example"):
        assert lint(whole(code, f"a.{language}"), f"a.{language}", [rule]), code


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_to_use_instead_is_not(rule: Rule) -> None:
    for language, code in blocks(rule, "Use instead"):
        assert lint(whole(code, f"a.{language}"), f"a.{language}", [rule]) == [], code
