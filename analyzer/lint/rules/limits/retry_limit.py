"""SG303."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.engine import MAX_RETRIES
from analyzer.graph.facts import Given, StepFact, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, quoted
from analyzer.lint.rule import Proof, Report, WorkflowRule


class RetryLimit(WorkflowRule):
    """A step asks for more retries than the platform allows.

    ## What it does
    Reports a constant `retries.limit` over 10,000.

    ## Why it is bad
    10,000 retries is the platform's limit. Documentation: Limits.

    ## Example
    ```ts
    await step.do("poll", { retries: { limit: 20_000, delay: "1 minute" } }, async () => poll());
    ```

    ## Use instead
    ```ts
    await step.do("poll", { retries: { limit: 100, delay: "1 minute" } }, async () => poll());
    ```
    """

    code = "SG303"
    name = "retry-limit"
    severity = Severity.WARNING
    proof = Proof.DOCS

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.steps:
            limit = _limit(fact)
            match limit:
                case Given(kind=ValueKind.CONSTANT, value=int() | float() as value) if value > MAX_RETRIES:
                    message = f"step {quoted(fact.name)} asks for {value:,} retries, the platform allows {MAX_RETRIES:,}"
                    yield Report(limit.span, message)
                case _:
                    continue


def _limit(fact: StepFact) -> Given | None:
    retries = None if fact.config is None else fact.config.get("retries")
    limit = None if retries is None else retries.value.get("limit")
    return None if limit is None else limit.value
