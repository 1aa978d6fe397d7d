"""Bounds and durations cost as much as there is of a graph: counted in calls of functions, which do not depend on the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from analyzer.analyses.bounds import bounds
from analyzer.analyses.duration import worst_case
from analyzer.builder import build
from analyzer.frontends import read
from analyzer.graph.model import Workflow
from analyzer.source import Language, SourceFile

PART = """
    const kept{n} = step.do("kept {n}", async () => 1);
    for (const item of event.payload.items) {{
      if (item) await step.do("item {n}", async () => item); else continue;
      await part{n}(step);
    }}
    try {{ await Promise.all([step.do("a {n}", async () => 1), step.do("b {n}", async () => 1)]); }}
    catch {{ await step.do("c {n}", async () => 1); return; }}
    await kept{n};
"""
FUNCTION = 'async function part{n}(step) {{ await step.do("part {n}", async () => 1); await step.sleep("nap", 5); }}\n'


def workflow(parts: int) -> Workflow:
    body, functions = ("".join(text.format(n=n) for n in range(parts)) for text in (PART, FUNCTION))
    text = f"{functions}\nexport class W extends WorkflowEntrypoint {{ async run(event, step) {{ {body} }} }}"
    return build(read(SourceFile("a.js", text, Language.JAVASCRIPT))).workflows[0]


def calls(run: Callable[[], object]) -> int:
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("analysis", [bounds, worst_case])
def test_ten_times_the_graph_costs_ten_times_as_much(analysis: Callable[[Workflow], object]) -> None:
    small, large = workflow(4), workflow(40)
    assert calls(lambda: analysis(large)) <= 12 * calls(lambda: analysis(small))
