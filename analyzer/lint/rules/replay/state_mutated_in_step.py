"""SG206."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import WriteKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class StateMutatedInStep(WorkflowRule):
    """A step changes a variable that is read after it.

    ## What it does
    Reports assignments, `push` and its like, writes of members and `delete` inside a step's callback, or in a helper it calls,
    on something declared outside the step that code outside the step, or another step, reads afterwards.

    ## Why it is bad
    When the instance is resumed, completed steps are not run again: their stored results are returned. The variable then holds
    what it held before the step. Documentation: Rules of Workflows, "Do not rely on state outside of a step".

    ## Example
    ```ts
    const charges: string[] = [];
    await step.do("charge", async () => {
      charges.push(await charge(event.payload.order));
    });
    await step.do("report", async () => report(charges));
    ```
    ```py
    charges = []

    @step.do("charge")
    async def charge():
        charges.append(1)

    await charge()
    return len(charges)
    ```

    ## Use instead
    ```ts
    const charges = await step.do("charge", async () => [await charge(event.payload.order)]);
    await step.do("report", async () => report(charges));
    ```
    ```py
    @step.do("charge")
    async def charge():
        return [1]

    charges = await charge()
    return len(charges)
    ```
    """

    code = "SG206"
    name = "state-mutated-in-step"
    severity = Severity.ERROR
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for write in workflow.facts.writes:
            if write.kind is WriteKind.OUTER:
                message = f"{write.target} is changed in a step and read after it: on replay the change is lost; return it"
                yield Report(write.span, message)
