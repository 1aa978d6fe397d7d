"""``depends=`` is judged by the mode of the runtime, and not at all where that is not known."""

from __future__ import annotations

import pytest
from lint_sources import context_of, rule

from analyzer.lint.runner import check_file

SOURCE = """\
from workers import WorkflowEntrypoint

class W(WorkflowEntrypoint):
    async def run(self, event, step):
        @step.do("a")
        async def a():
            return 1

        @step.do("b", depends=[a])
        async def b(first, second):
            return first

        @step.do("c", depends=[a])
        async def c(first):
            return first

        await b()
        await c()
"""


@pytest.mark.parametrize(("implicit", "lines"), [(True, [9, 13]), (False, [9]), (None, [])])
def test_depends(implicit: bool | None, lines: list[int]) -> None:
    found = check_file(context_of(SOURCE, "a.py", implicit=implicit), [rule("SG112")])
    assert [finding.start.line for finding in found] == lines
