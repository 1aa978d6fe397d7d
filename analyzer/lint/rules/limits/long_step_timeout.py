"""SG302."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.engine import LONG_TIMEOUT, in_words
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, quoted
from analyzer.lint.durations import Role
from analyzer.lint.rule import Proof, Report, WorkflowRule


class LongStepTimeout(WorkflowRule):
    """A step may run for more than half an hour.

    ## What it does
    Reports constant timeouts of steps over 30 minutes.

    ## Why it is bad
    A step runs in memory: it is lost, and starts again, when the instance moves. What takes that long should report back with
    an event. Documentation: Rules of Workflows, "Ensure that its duration is 30 minutes or less".

    ## Example
    ```ts
    await step.do("render", { timeout: "2 hours" }, async () => renderAndWait());
    ```

    ## Use instead
    ```ts
    await step.do("start rendering", async () => startRendering());
    await step.waitForEvent("rendered", { type: "rendered", timeout: "2 hours" });
    ```
    """

    code = "SG302"
    name = "long-step-timeout"
    severity = Severity.WARNING
    proof = Proof.DOCS

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact, duration in workflow.durations:
            length = duration.milliseconds
            if duration.role is Role.TIMEOUT and length is not None and length > LONG_TIMEOUT:
                message = f"step {quoted(fact.name)} may run for {in_words(length)}: over 30 minutes, wait for an event"
                yield Report(duration.given.span, message)
