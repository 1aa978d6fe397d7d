"""SG207."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import WriteKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class MutatedEvent(WorkflowRule):
    """The workflow's event is changed.

    ## What it does
    Reports writes to `event`, to `event.payload` and to what is in it, `delete`, `push` and its like included, through
    aliases and destructuring too. Copies (`structuredClone`, `{...event.payload}`) may be changed.

    ## Why it is bad
    The event is not stored again: when the instance is resumed, `run` is given the original one, and a change made in a
    step is gone. Documentation: Rules of Workflows, "Do not mutate your incoming events".

    ## Example
    ```ts
    await step.do("enrich", async () => {
      event.payload.user = await lookUp(event.payload.id);
    });
    ```

    ## Use instead
    ```ts
    const user = await step.do("look up user", async () => lookUp(event.payload.id));
    ```
    """

    code = "SG207"
    name = "mutated-event"
    severity = Severity.ERROR
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for write in workflow.facts.writes:
            if write.kind is WriteKind.EVENT:
                message = f"{write.target} is changed, but on replay run gets the original event: return a value from a step"
                yield Report(write.span, message)
