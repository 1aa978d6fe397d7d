"""SG208."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Join, JoinKind, Node, Parallel, Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule

FIRST = frozenset({JoinKind.RACE, JoinKind.ANY})


class RaceOutsideStep(WorkflowRule):
    """Steps race each other outside a step.

    ## What it does
    Reports `Promise.race` and `Promise.any` (Python: `asyncio.wait` with `FIRST_COMPLETED`) over steps, unless the race itself
    is wrapped in a step.

    ## Why it is bad
    Who wins is not stored. When the instance is resumed, both results may be there already and another one comes first, so
    the code after the race goes another way. Documentation: Rules of Workflows, "Take care with Promise.race() and
    Promise.any()".

    ## Example
    ```ts
    const quote = await Promise.race([
      step.do("ask first", async () => askFirst()),
      step.do("ask second", async () => askSecond()),
    ]);
    ```

    ## Use instead
    ```ts
    const quote = await step.do("ask both", async () =>
      Promise.race([
        step.do("ask first", async () => askFirst()),
        step.do("ask second", async () => askSecond()),
      ]),
    );
    ```
    """

    code = "SG208"
    name = "race-outside-step"
    severity = Severity.WARNING
    proof = Proof.DOCS

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        before: Node | None = None
        for node in workflow.outside:
            match node:
                case Parallel(kind=kind, span=span) if kind in FIRST:
                    pass
                case Join(kind=kind, span=span) if kind in FIRST and not _joins(before, node):
                    pass
                case _:
                    continue
            before = node
            if span is not None:
                word = "any" if kind is JoinKind.ANY else "race"
                yield Report(span, f"the winner of this {word} may be another step on replay: wrap the {word} in a step")


def _joins(before: Node | None, join: Join) -> bool:
    """Whether a join waits for the elements of the combinator reported before."""
    match before:
        case Parallel(span=outer) if outer is not None and join.span is not None:
            return join.span.path == outer.path and join.span.start <= outer.start and outer.end <= join.span.end
        case _:
            return False
