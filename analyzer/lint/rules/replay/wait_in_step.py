"""SG210."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity, StepDo, StepSleep, StepSleepUntil, StepWaitForEvent
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule


class WaitInStep(WorkflowRule):
    """A step sleeps or waits inside itself.

    ## What it does
    Reports `sleep`, `sleepUntil` and `waitForEvent` inside the callback of a step, also through functions it calls.

    ## Why it is bad
    The waiting counts against the outer step's timeout, 10 minutes by default: the attempt fails and everything in it runs
    again. A sleep between two steps costs nothing. Documentation: Rules of Workflows, "Granular steps"; the open-source
    engine measures the whole callback.

    ## Example
    ```ts
    await step.do("ask and wait", async () => {
      await ask();
      await step.waitForEvent("answer", { type: "answer" });
    });
    ```

    ## Use instead
    ```ts
    await step.do("ask", async () => ask());
    await step.waitForEvent("answer", { type: "answer" });
    ```
    """

    code = "SG210"
    name = "wait-in-step"
    severity = Severity.WARNING
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for node in workflow.nodes:
            match node:
                case StepDo(name=name, body=(_, *_)):
                    yield from _waits(workflow, node, name)
                case _:
                    continue


def _waits(workflow: WorkflowContext, step: StepDo, outer: str) -> Iterator[Report]:
    for node in workflow.inside(step):
        match node:
            case StepSleep(name=name, span=span) | StepSleepUntil(name=name, span=span) if span is not None:
                yield Report(span, f'sleep "{name}" counts against the timeout of step "{outer}" around it: move it out')
            case StepWaitForEvent(name=name, span=span) if span is not None:
                yield Report(span, f'wait "{name}" counts against the timeout of step "{outer}" around it: move it out')
            case _:
                continue
