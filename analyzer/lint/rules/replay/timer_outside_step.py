"""SG209."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import CallKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class TimerOutsideStep(WorkflowRule):
    """A timer of the runtime is used where the engine should sleep.

    ## What it does
    Reports `setTimeout`, `setInterval`, `scheduler.wait`, and Python's `asyncio.sleep` and `time.sleep`, outside any step.

    ## Why it is bad
    Such a timer is not stored: it keeps the instance in memory while it waits, and it starts again from the beginning on every
    replay. `step.sleep` hibernates the instance and survives it. Documentation: Sleeping and retrying.

    ## Example
    ```ts
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    await step.do("poll", async () => poll());
    ```
    ```py
    import asyncio

    @step.do("poll")
    async def poll():
        return 1

    await asyncio.sleep(60)
    await poll()
    ```

    ## Use instead
    ```ts
    await step.sleep("before polling", "1 minute");
    await step.do("poll", async () => poll());
    ```
    ```py
    @step.do("poll")
    async def poll():
        return 1

    await step.sleep("before polling", "1 minute")
    await poll()
    ```
    """

    code = "SG209"
    name = "timer-outside-step"
    severity = Severity.WARNING
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for call in workflow.facts.calls:
            if call.kind is CallKind.TIMER and call.inside is None:
                yield Report(call.span, f"{call.callee}() starts again on every replay: use step.sleep")
