"""SG216."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import Origin, Use
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, unstable_words
from analyzer.lint.rule import Proof, Report, WorkflowRule


class IoControlledFlow(WorkflowRule):
    """Whether a step runs depends on something read outside a step.

    ## What it does
    Follows what `fetch`, KV, R2, D1 and other bindings give outside any step, and reports where it decides a branch or the
    turns of a loop on which it depends whether or how often a step runs.

    ## Why it is bad
    When the instance is resumed, it is read again and may have changed: steps that ran are skipped, others run. Read it in a
    step, whose result is stored. Documentation: Rules of Workflows, "Keep conditional logic deterministic".

    ## Example
    ```ts
    const flag = await this.env.FLAGS.get("new-flow");
    if (flag) {
      await step.do("new flow", async () => newFlow());
    }
    ```

    ## Use instead
    ```ts
    const flag = await step.do("read flag", async () => this.env.FLAGS.get("new-flow"));
    if (flag) {
      await step.do("new flow", async () => newFlow());
    }
    ```
    """

    code = "SG216"
    name = "io-controlled-flow"
    severity = Severity.WARNING
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.uses:
            if Origin.IO not in fact.origins or unstable_words(fact.origins) is not None:
                continue
            if fact.inside is not None or fact.node not in workflow.guarding:
                continue
            what = "this condition depends" if fact.use is Use.TEST else "how often this repeats depends"
            yield Report(fact.span, f"{what} on what was read outside a step and decides which steps run: read it in a step")
