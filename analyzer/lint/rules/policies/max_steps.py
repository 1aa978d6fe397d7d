"""SG604."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.bounds import bounds
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class MaxSteps(WorkflowRule):
    """A run can take more steps than the project allows.

    ## What it does
    Computes how many `do` steps a run can take, loops of unknown length not counted, and compares it with the policy.
    ```toml
    [tool.stepgraph.policies]
    max-steps = 3
    ```

    ## Why it is bad
    The project has said so in its configuration. Steps are what the platform counts and bills.

    ## Example
    ```ts
    for (const part of [1, 2, 3, 4]) {
      await step.do("send part", async () => send(part));
    }
    ```

    ## Use instead
    ```ts
    await step.do("send parts", async () => sendAll([1, 2, 3, 4]));
    ```
    """

    code = "SG604"
    name = "max-steps"
    severity = Severity.ERROR
    proof = Proof.SOURCE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        allowed, span = workflow.settings.policies.max_steps, workflow.workflow.span
        if allowed is None or span is None:
            return
        most = bounds(workflow.workflow).most.number
        if most > allowed:
            yield Report(span, f"a run can take {most:,.0f} do steps, the policy allows {allowed:,}")
