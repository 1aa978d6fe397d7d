"""SG214."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import UNSTABLE, CallKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Span


class NondeterministicValue(WorkflowRule):
    """The clock or chance is asked outside a step.

    ## What it does
    Reports calls of `Date.now`, `new Date()`, `Math.random`, `crypto.randomUUID` and the like outside any step, except where
    they are written in the name, test, bound or duration that another rule reports.

    ## Why it is bad
    The value is another one on every replay. Where it only measures or labels, that does no harm; about four of five such calls
    in public workflows do, which is why this rule is off unless it is selected. Documentation: Rules of Workflows.

    ## Example
    ```ts
    const started = Date.now();
    await step.do("charge", async () => charge());
    ```

    ## Use instead
    ```ts
    const started = event.timestamp;
    await step.do("charge", async () => charge());
    ```
    """

    code = "SG214"
    name = "nondeterministic-value"
    severity = Severity.INFO
    proof = Proof.DOCS
    on = False

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        reported = [*_reported(workflow)]
        for call in workflow.facts.calls:
            if call.kind is CallKind.UNSTABLE and call.inside is None and not any(_holds(span, call.span) for span in reported):
                yield Report(call.span, f"{call.callee}() gives another value on every replay: call it in a step")


def _reported(workflow: WorkflowContext) -> Iterator[Span]:
    for fact in workflow.facts.steps:
        for given in (fact.name, fact.when, fact.event_type):
            if given is not None and given.origins & UNSTABLE:
                yield given.span
    for use in workflow.facts.uses:
        if use.origins & UNSTABLE and use.node in workflow.guarding:
            yield use.span


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start and inner.end <= outer.end
