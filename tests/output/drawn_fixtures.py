"""Every workflow of the fixtures, as it is drawn."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analyzer import analyze_paths
from analyzer.output.diagrams.subject import Subject

ROOT = Path(__file__).parents[2]


@cache
def fixtures() -> dict[str, Subject]:
    """By path and class; of twins each one."""
    analyses = analyze_paths([str(ROOT / "fixtures")])
    return {f"{each.path}#{each.workflow['class_name']}": each for analysis in analyses for each in analysis.subjects}
