"""SG306."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import HandlerBody
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class SwallowedStepFailure(WorkflowRule):
    """A handler around a step does nothing.

    ## What it does
    Reports an empty `catch` or `except` around steps, and `.catch(() => {})` on a step.

    ## Why it is bad
    The step failed after all its retries; the workflow goes on as if it had not, and nobody is told.

    ## Example
    ```ts
    try {
      await step.do("charge", async () => charge());
    } catch {}
    ```
    ```py
    @step.do("charge")
    async def charge():
        return 1

    try:
        await charge()
    except Exception:
        pass
    ```

    ## Use instead
    ```ts
    try {
      await step.do("charge", async () => charge());
    } catch (error) {
      await step.do("report", async () => report(String(error)));
    }
    ```
    ```py
    @step.do("charge")
    async def charge():
        return 1

    try:
        await charge()
    except Exception as error:
        charged = str(error)
    ```
    """

    code = "SG306"
    name = "swallowed-step-failure"
    severity = Severity.WARNING
    proof = Proof.SOURCE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for handler in workflow.facts.catches:
            if handler.body is HandlerBody.NOTHING:
                yield Report(handler.span, "the failure of a step is swallowed here: handle it, or let it fail")
