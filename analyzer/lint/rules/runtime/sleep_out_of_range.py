"""SG107."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.engine import MAX_SLEEP
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, label
from analyzer.lint.durations import Role
from analyzer.lint.rule import Proof, Report, WorkflowRule


class SleepOutOfRange(WorkflowRule):
    """A sleep is longer than the platform allows, or negative.

    ## What it does
    Reports constant durations of `sleep` over 365 days or below 0.

    ## Why it is bad
    The platform's limit is 365 days (documentation: Limits). A negative duration is refused by one engine, and no sleep in the
    other.

    ## Example
    ```ts
    await step.sleep("until renewal", "13 months");
    ```

    ## Use instead
    ```ts
    await step.sleep("until renewal", "12 months");
    ```
    """

    code = "SG107"
    name = "sleep-out-of-range"
    severity = Severity.ERROR
    proof = Proof.DOCS

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact, duration in workflow.durations:
            length = duration.milliseconds
            if duration.role is not Role.SLEEP or length is None:
                continue
            if length < 0:
                yield Report(duration.given.span, f"{label(fact)} has a negative duration")
            elif length > MAX_SLEEP:
                yield Report(duration.given.span, f"{label(fact)} is longer than the 365 days a sleep may last")
