"""SG201."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import SlipKind
from analyzer.graph.model import (
    Block,
    FunctionCall,
    Node,
    Promise,
    Severity,
    Started,
    StepDo,
    StepSleep,
    StepSleepUntil,
    StepWaitForEvent,
)
from analyzer.lint.context import FileContext, WorkflowContext
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, Report, Rule
from analyzer.source import Span


class FloatingStep(Rule):
    """A step is started, and nobody waits for it.

    ## What it does
    Reports a step, or a call of a function that runs steps, whose promise is never awaited, returned or handed to a
    combinator on any path: a bare statement, an unused variable, `forEach(async …)`, an array that is filled and forgotten,
    `void p`, `ctx.waitUntil(p)`. In Python: a task that is never awaited, and a coroutine that is made and never awaited,
    which then never runs at all.

    ## Why it is bad
    The workflow goes on, and may end, while the step still runs. Its error is lost and the instance says "complete"; its
    result is not there when code after it needs it. Documentation: Rules of Workflows, "Always await your steps".

    ## Example
    ```ts
    step.do("charge", async () => charge(event.payload.order));
    await step.do("ship", async () => ship(event.payload.order));
    ```
    ```py
    @step.do("charge")
    async def charge():
        return 1

    charge()
    ```

    ## Use instead
    ```ts
    await step.do("charge", async () => charge(event.payload.order));
    await step.do("ship", async () => ship(event.payload.order));
    ```
    ```py
    @step.do("charge")
    async def charge():
        return 1

    await charge()
    ```

    ## Fix safety
    Unsafe: with `await` the step comes before what follows it, not beside it.
    """

    code = "SG201"
    name = "floating-step"
    severity = Severity.ERROR
    proof = Proof.ENGINE

    def _check(self, file: FileContext) -> Iterator[Report]:
        for workflow in file.workflows:
            reports = [report for node in workflow.nodes if (report := _report(file, workflow, node)) is not None]
            yield from {report.span: report for report in reports[::-1]}.values()  # once, also if a loop was unrolled
            for slip in workflow.slips(SlipKind.LOST_COROUTINE):
                fix = _await(slip.span)
                yield Report(slip.span, f"{slip.text}() makes a coroutine that is never awaited, so it never runs", fix)


def _report(file: FileContext, workflow: WorkflowContext, node: Node) -> Report | None:
    match node:
        case StepDo() | StepSleep() | StepSleepUntil() | StepWaitForEvent() | FunctionCall() | Block():
            if node.started is not Started.FLOATING or node.span is None or node.span in workflow.facts.escaped:
                return None
            return Report(node.span, f"{_words(node)} never awaited: its error is lost", _fix(file, workflow, node.span))
        case _:
            return None


def _words(node: Promise) -> str:
    match node:
        case FunctionCall(name=name):
            return f"{name}() runs steps and is"
        case Block():
            return "a function that runs steps is called here and"
        case _:
            return f'step "{node.name}" is'


def _fix(file: FileContext, workflow: WorkflowContext, span: Span) -> Fix | None:
    """A step called in an asynchronous function can be awaited there, unless that function's own promise is what floats."""
    fact = workflow.step_facts.get(span)
    before = file.sources[span.path].text[: span.start].rstrip()
    if fact is None or not fact.asynchronous or before.endswith(("await", "return", "=>")):
        return None
    return _await(span)


def _await(span: Span) -> Fix:
    return Fix("Add `await`", (Edit(Span(span.path, span.start, span.start), "await "),), safe=False)
