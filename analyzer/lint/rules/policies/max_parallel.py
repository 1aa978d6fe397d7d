"""SG606."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.bounds import bounds
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class MaxParallel(WorkflowRule):
    """More steps can run at once than the project allows.

    ## What it does
    Computes how many steps can run at the same time, loops of unknown length not counted, and compares it with the policy.
    ```toml
    [tool.stepgraph.policies]
    max-parallel = 2
    ```

    ## Why it is bad
    The project has said so in its configuration: what steps call may not stand more at once.

    ## Example
    ```ts
    await Promise.all([
      step.do("left", async () => 1),
      step.do("middle", async () => 2),
      step.do("right", async () => 3),
    ]);
    ```

    ## Use instead
    ```ts
    await Promise.all([step.do("left", async () => 1), step.do("middle", async () => 2)]);
    await step.do("right", async () => 3);
    ```
    """

    code = "SG606"
    name = "max-parallel"
    severity = Severity.ERROR
    proof = Proof.SOURCE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        allowed, span = workflow.settings.policies.max_parallel, workflow.workflow.span
        if allowed is None or span is None:
            return
        most = bounds(workflow.workflow).at_once.number
        if most > allowed:
            yield Report(span, f"{most:,.0f} steps can run at once, the policy allows {allowed:,}")
