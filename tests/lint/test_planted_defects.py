"""Defects planted into good workflows are found by the default rules, and by the rule meant for each."""

from __future__ import annotations

import pytest
from lint_sources import lint
from planting import SOURCES, Planted, planted

from analyzer.lint.registry import RULES

DEFAULT = tuple(rule for rule in RULES if rule.on)
ALL = tuple(planted())


@pytest.mark.parametrize("path", SOURCES)
def test_the_sources_have_no_findings(path: str) -> None:
    assert lint(SOURCES[path], path, DEFAULT) == []


@pytest.mark.parametrize("defect", ALL, ids=lambda defect: f"{defect.code} {defect.path} {defect.defect}")
def test_defect_is_found(defect: Planted) -> None:
    assert defect.code in {finding.code for finding in lint(defect.text, defect.path, DEFAULT)}


def test_there_are_enough() -> None:
    assert len(ALL) >= 200
    assert len({defect.code for defect in ALL}) >= 30
