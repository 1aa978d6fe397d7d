"""SG305."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule

UNSEEN = frozenset({"SG901", "SG904"})


class NoSteps(WorkflowRule):
    """A workflow has no steps.

    ## What it does
    Reports an entrypoint in which no step was found, and whose step object is not handed to code that cannot be followed:
    that is a matter of coverage (SG901, SG904).

    ## Why it is bad
    "A valid Workflow must define a run method with at least one step call" (documentation: Workers API). Nothing in it is
    retried, stored or resumed.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        return event.payload;
      }
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        return step.do("load", async () => 1);
      }
    }
    ```
    """

    code = "SG305"
    name = "no-steps"
    severity = Severity.ERROR
    proof = Proof.DOCS

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        notes = workflow.workflow.notes
        if any(note.code in UNSEEN for note in notes):
            return
        for note in notes:
            if note.code == self.code and note.span is not None:
                yield Report(note.span, note.message)
