"""SG301."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class StepLimit(WorkflowRule):
    """Every run takes more steps than an instance may.

    ## What it does
    Computes the least number of `do` steps of a run, and compares it with the worker's `limits.steps`, or else with the plan's:
    10,000, and 1,024 on the free plan. Sleeps and waits do not count.

    ## Why it is bad
    The step behind the last allowed one throws "The limit of … steps has been reached". Documentation: Limits.

    ## Example
    ```py
    @step.do("tick")
    async def tick():
        return 1

    for _ in range(10_000):
        await tick()
    await tick()
    ```

    ## Use instead
    ```py
    @step.do("tick")
    async def tick():
        return 1

    for _ in range(100):
        await tick()
    ```
    """

    code = "SG301"
    name = "step-limit"
    severity = Severity.ERROR
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        bounds, span = workflow.bounds, workflow.workflow.span
        if bounds is not None and span is not None and bounds.least > workflow.step_limit:
            message = f"every run takes at least {bounds.least:,} do steps, an instance may run {workflow.step_limit:,}"
            yield Report(span, message)
