"""SG308."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import StepKind, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, label
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Language


class DefaultWait(WorkflowRule):
    """A wait does not say for how long.

    ## What it does
    Reports `waitForEvent` without a timeout.

    ## Why it is bad
    It waits 24 hours, which is seldom what was thought of. Documentation: Events and parameters.

    ## Example
    ```ts
    await step.waitForEvent("answer", { type: "answer" });
    ```

    ## Use instead
    ```ts
    await step.waitForEvent("answer", { type: "answer", timeout: "7 days" });
    ```
    """

    code = "SG308"
    name = "default-wait"
    severity = Severity.INFO
    proof = Proof.DOCS
    on = False

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        python = workflow.workflow.language is Language.PYTHON
        for fact in workflow.facts.steps:
            if fact.kind is not StepKind.WAIT_FOR_EVENT or fact.timeout is not None or fact.options is None or fact.open:
                continue
            if python or (fact.options.kind is ValueKind.RECORD and not fact.options.open):
                yield Report(fact.span, f"{label(fact)} has no timeout: it waits 24 hours")
