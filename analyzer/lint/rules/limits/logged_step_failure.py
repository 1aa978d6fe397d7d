"""SG313."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import HandlerBody
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class LoggedStepFailure(WorkflowRule):
    """A handler around a step only logs.

    ## What it does
    Reports a `catch` or `except` around steps that holds nothing but calls of `console` (Python: `print`).

    ## Why it is bad
    The step failed after all its retries; the workflow goes on as if it had not. That may be meant, which is why this rule is
    off unless it is selected.

    ## Example
    ```ts
    try {
      await step.do("charge", async () => charge());
    } catch (error) {
      console.error(error);
    }
    ```

    ## Use instead
    ```ts
    try {
      await step.do("charge", async () => charge());
    } catch (error) {
      await step.do("report", async () => report(String(error)));
    }
    ```
    """

    code = "SG313"
    name = "logged-step-failure"
    severity = Severity.INFO
    proof = Proof.SOURCE
    on = False

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for handler in workflow.facts.catches:
            if handler.body is HandlerBody.LOGS:
                yield Report(handler.span, "the failure of a step is only logged here, and the workflow goes on")
