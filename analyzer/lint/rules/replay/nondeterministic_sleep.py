"""SG204."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, label, unstable_words
from analyzer.lint.rule import Proof, Report, WorkflowRule


class NondeterministicSleep(WorkflowRule):
    """How long a sleep lasts depends on the clock or on chance.

    ## What it does
    Reports clock readings, random values and random identifiers that reach the duration of a `sleep` or the instant of a
    `sleepUntil`, outside any step, directly or through variables and helpers.

    ## Why it is bad
    The engine's key of a sleep holds its duration, and `sleepUntil` is turned into one. When the instance is resumed, another
    duration is another sleep: the workflow sleeps again. Open-source engine: workers-sdk issue 12884.

    ## Example
    ```ts
    await step.sleepUntil("until tomorrow", Date.now() + 86_400_000);
    await step.sleep("jitter", Math.random() * 1000);
    ```

    ## Use instead
    ```ts
    await step.sleep("until tomorrow", "1 day");
    const jitter = await step.do("choose jitter", async () => Math.random() * 1000);
    await step.sleep("jitter", jitter);
    ```
    """

    code = "SG204"
    name = "nondeterministic-sleep"
    severity = Severity.ERROR
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.steps:
            words = None if fact.when is None or fact.inside is not None else unstable_words(fact.when.origins)
            if fact.when is not None and words is not None:
                message = f"how long {label(fact)} lasts depends on {words}: on replay it sleeps again; compute it in a step"
                yield Report(fact.when.span, message)
