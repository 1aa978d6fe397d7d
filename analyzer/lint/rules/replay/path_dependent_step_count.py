"""SG211."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import (
    If,
    Node,
    Severity,
    StepDo,
    StepSleep,
    StepSleepUntil,
    StepWaitForEvent,
    Switch,
    Try,
    sequences,
)
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Span

UNKNOWN_PARTS = ("<", "${...}")


class PathDependentStepCount(WorkflowRule):
    """Steps of one name stand on different paths.

    ## What it does
    Reports a step in a branch whose name other steps have as well.

    ## Why it is bad
    The engine counts the uses of a name: `charge-1`, `charge-2`, … Which step is the second depends on the path taken, so logs
    are hard to read, and restarting an instance from a step by name and count can mean another one.

    ## Example
    ```ts
    if (event.payload.express) {
      await step.do("ship", async () => shipExpress());
    }
    await step.do("ship", async () => shipRest());
    ```

    ## Use instead
    ```ts
    if (event.payload.express) {
      await step.do("ship express", async () => shipExpress());
    }
    await step.do("ship rest", async () => shipRest());
    ```
    """

    code = "SG211"
    name = "path-dependent-step-count"
    severity = Severity.INFO
    proof = Proof.ENGINE
    on = False

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        places: dict[str, dict[Span, bool]] = {}
        pending: list[tuple[Node, bool]] = [(node, False) for body in workflow.bodies for node in body]
        while pending:
            node, branched = pending.pop()
            match node:
                case StepDo() | StepSleep() | StepSleepUntil() | StepWaitForEvent() if node.span is not None:
                    places.setdefault(node.name, {})[node.span] = branched
                case If() | Switch() | Try():
                    branched = True
                case _:
                    pass
            pending.extend((inner, branched) for sequence in sequences(node) for inner in sequence)
        for name, spans in places.items():
            if len(spans) > 1 and not any(part in name for part in UNKNOWN_PARTS):
                for span in (span for span, branched in spans.items() if branched):
                    yield Report(span, f'which use of the name "{name}" this is depends on the path: give it a name of its own')
