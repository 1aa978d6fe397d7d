"""SG307."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import FunctionCall, Node, Severity, StepWaitForEvent, Try, sequences
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Span


class UnguardedWait(WorkflowRule):
    """The timeout of a wait fails the instance.

    ## What it does
    Reports `waitForEvent` that is reached outside any `try` with a `catch`.

    ## Why it is bad
    A wait that times out throws; without a handler the whole instance fails. Documentation: Events and parameters.

    ## Example
    ```ts
    const answer = await step.waitForEvent("answer", { type: "answer", timeout: "1 day" });
    ```

    ## Use instead
    ```ts
    try {
      await step.waitForEvent("answer", { type: "answer", timeout: "1 day" });
    } catch {
      await step.do("remind", async () => remind());
    }
    ```
    """

    code = "SG307"
    name = "unguarded-wait"
    severity = Severity.INFO
    proof = Proof.ENGINE
    on = False

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        handled = [handler.span for handler in workflow.facts.catches]
        bodies = {function.name: function.body for function in workflow.workflow.functions}
        called: set[str] = set()
        pending: list[Node] = list(workflow.workflow.body)
        while pending:
            node = pending.pop()
            match node:
                case StepWaitForEvent(name=name, span=span) if span is not None and not _within(span, handled):
                    yield Report(span, f'if wait "{name}" times out, the instance fails: put it in a try')
                case FunctionCall(name=name) if name not in called:
                    called.add(name)
                    pending.extend(bodies[name])
                case Try(handler=(), final=final) | Try(handler=(_, *_), final=final):
                    pending.extend(final or ())
                case _:
                    pending.extend(inner for sequence in sequences(node) for inner in sequence)


def _within(span: Span, outer: list[Span]) -> bool:
    """Whether a call of ``.catch`` stands around a span."""
    return any(each.path == span.path and each.start <= span.start and span.end <= each.end for each in outer)
