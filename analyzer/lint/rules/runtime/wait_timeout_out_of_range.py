"""SG110."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.engine import MAX_WAIT, MIN_WAIT
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, label
from analyzer.lint.durations import Role
from analyzer.lint.rule import Proof, Report, WorkflowRule


class WaitTimeoutOutOfRange(WorkflowRule):
    """A wait is shorter or longer than the platform allows.

    ## What it does
    Reports constant timeouts of `waitForEvent` below 1 second or over 365 days.

    ## Why it is bad
    The platform takes 1 second to 365 days (documentation: Events and parameters). The open-source engine takes 0 for "not
    given" and waits 24 hours.

    ## Example
    ```ts
    await step.waitForEvent("answer", { type: "answer", timeout: 60 });
    ```

    ## Use instead
    ```ts
    await step.waitForEvent("answer", { type: "answer", timeout: "60 seconds" });
    ```
    """

    code = "SG110"
    name = "wait-timeout-out-of-range"
    severity = Severity.ERROR
    proof = Proof.DOCS

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact, duration in workflow.durations:
            length = duration.milliseconds
            if duration.role is not Role.WAIT or length is None:
                continue
            if length < MIN_WAIT:
                message = f"{label(fact)} times out after {length:g} ms; the least is 1 second (numbers are milliseconds)"
                yield Report(duration.given.span, message)
            elif length > MAX_WAIT:
                yield Report(duration.given.span, f"{label(fact)} is longer than the 365 days a wait may last")
