"""SG312."""

from __future__ import annotations

import math
from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class PossibleStepLimit(WorkflowRule):
    """A run can take more steps than an instance may.

    ## What it does
    Computes the greatest number of `do` steps of a run, if it is a constant, and compares it with the worker's
    `limits.steps`, or else with the plan's: 10,000, and 1,024 on the free plan.

    ## Why it is bad
    On that path the step behind the last allowed one throws "The limit of … steps has been reached". Documentation: Limits.

    ## Example
    ```py
    @step.do("tick")
    async def tick():
        return 1

    if event["payload"]["all"]:
        for _ in range(10_000):
            await tick()
    await tick()
    ```

    ## Use instead
    ```py
    @step.do("tick")
    async def tick():
        return 1

    if event["payload"]["all"]:
        for _ in range(100):
            await tick()
    await tick()
    ```
    """

    code = "SG312"
    name = "possible-step-limit"
    severity = Severity.WARNING
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        bounds, span, limit = workflow.bounds, workflow.workflow.span, workflow.step_limit
        most = None if bounds is None else bounds.most.constant
        if bounds is None or span is None or most is None or math.isinf(most):
            return
        if bounds.least <= limit < most:
            yield Report(span, f"a run can take {most:,.0f} do steps, an instance may run {limit:,}")
