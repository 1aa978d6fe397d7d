"""SG605."""

from __future__ import annotations

import math
from collections.abc import Iterator

from analyzer.analyses.duration import worst_case
from analyzer.analyses.engine import in_words, milliseconds
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class MaxDuration(WorkflowRule):
    """A run can take longer than the project allows.

    ## What it does
    Computes how long a run takes in the worst case (every attempt but the last fails, every timeout is used up, loops of
    unknown length are not counted) and compares it with the policy.
    ```toml
    [tool.stepgraph.policies]
    max-duration = "3 days"
    ```

    ## Why it is bad
    The project has said so in its configuration.

    ## Example
    ```ts
    await step.sleep("trial", "14 days");
    ```

    ## Use instead
    ```ts
    await step.sleep("trial", "2 days");
    ```
    """

    code = "SG605"
    name = "max-duration"
    severity = Severity.ERROR
    proof = Proof.SOURCE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        duration, span = workflow.settings.policies.max_duration, workflow.workflow.span
        allowed = milliseconds(duration)
        if allowed is None or span is None:
            return
        longest = worst_case(workflow.workflow).length.number
        if longest > allowed:
            words = "without end" if math.isinf(longest) else in_words(longest)
            yield Report(span, f"a run can take {words}, the policy allows {duration}")
