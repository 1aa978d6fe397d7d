"""SG213."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import CallKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class ConsoleOutsideStep(WorkflowRule):
    """Something is logged outside a step.

    ## What it does
    Reports calls of `console` (Python: `print`) outside any step.

    ## Why it is bad
    `run` starts again from its first line on every replay, so the line is logged again. Documentation: Rules of Workflows.

    ## Example
    ```ts
    console.log("charging");
    await step.do("charge", async () => charge());
    ```

    ## Use instead
    ```ts
    await step.do("charge", async () => {
      console.log("charging");
      return charge();
    });
    ```
    """

    code = "SG213"
    name = "console-outside-step"
    severity = Severity.INFO
    proof = Proof.DOCS
    on = False

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for call in workflow.facts.calls:
            if call.kind is CallKind.CONSOLE and call.inside is None:
                yield Report(call.span, f"{call.callee}() logs again on every replay: log inside a step")
