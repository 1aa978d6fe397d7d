"""SG205."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import CallKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule

EFFECTS = frozenset({CallKind.FETCH, CallKind.BINDING})


class SideEffectOutsideStep(WorkflowRule):
    """The outside world is changed outside a step.

    ## What it does
    Reports `fetch`, and calls on bindings that do something (`put`, `delete`, `send`, `create`, `run`, `exec`, `batch`, a
    statement that is not a `SELECT`, …), in `run` or in a helper it calls, outside any step. Looking up a stub, making a
    client and reading variables of the environment are not reported.

    ## Why it is bad
    `run` starts again from its first line whenever the instance is resumed, so the effect happens again: the order is
    created twice, the mail sent twice. It is not retried either when it fails. Documentation: Rules of Workflows, "Avoid
    side effects outside of step.do".

    ## Example
    ```ts
    await this.env.ORDERS.put(event.payload.id, "started");
    await step.do("ship", async () => ship(event.payload.id));
    ```

    ## Use instead
    ```ts
    await step.do("mark as started", async () => {
      await this.env.ORDERS.put(event.payload.id, "started");
    });
    await step.do("ship", async () => ship(event.payload.id));
    ```
    """

    code = "SG205"
    name = "side-effect-outside-step"
    severity = Severity.WARNING
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for call in workflow.facts.calls:
            if call.kind in EFFECTS and call.inside is None:
                yield Report(call.span, f"{call.callee}() runs outside any step, again on every replay: wrap it in a step")
