"""SG203."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import Use
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, unstable_words
from analyzer.lint.rule import Proof, Report, WorkflowRule


class NondeterministicControlFlow(WorkflowRule):
    """Whether a step runs depends on the clock or on chance.

    ## What it does
    Follows clock readings, random values and random identifiers, and reports those that decide, outside any step, a branch
    or the turns of a loop on which it depends whether or how often a step runs. A branch without steps in it or after it
    (a log line, a default value) is no concern of this rule.

    ## Why it is bad
    When the instance is resumed, `run` starts again from its first line and decides again. If it decides otherwise, steps that
    ran are skipped, and others run that did not belong to this run. Documentation: Rules of Workflows, "Keep conditional
    logic deterministic".

    ## Example
    ```ts
    if (Date.now() > event.payload.deadline) {
      await step.do("escalate", async () => escalate());
    }
    ```
    ```py
    import random

    @step.do("escalate")
    async def escalate():
        return 1

    if random.random() > 0.5:
        await escalate()
    ```

    ## Use instead
    ```ts
    const late = await step.do("check deadline", async () => Date.now() > event.payload.deadline);
    if (late) {
      await step.do("escalate", async () => escalate());
    }
    ```
    ```py
    import random

    @step.do("throw a coin")
    async def coin():
        return random.random() > 0.5

    @step.do("escalate")
    async def escalate():
        return 1

    if await coin():
        await escalate()
    ```
    """

    code = "SG203"
    name = "nondeterministic-control-flow"
    severity = Severity.ERROR
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.uses:
            words = unstable_words(fact.origins)
            if words is None or fact.inside is not None or fact.node not in workflow.guarding:
                continue
            what = "this condition depends" if fact.use is Use.TEST else "how often this repeats depends"
            yield Report(fact.span, f"{what} on {words} and decides which steps run: decide it in a step, whose result is kept")
