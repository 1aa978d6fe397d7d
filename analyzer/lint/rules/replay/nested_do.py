"""SG215."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Join, JoinKind, Parallel, Severity, StepDo, walk
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule

FIRST = frozenset({JoinKind.RACE, JoinKind.ANY})


class NestedDo(WorkflowRule):
    """A step runs inside another step.

    ## What it does
    Reports `do` inside the callback of a `do`, also through functions it calls, except for the elements of a race that is
    wrapped in a step, as the documentation advises.

    ## Why it is bad
    When the outer step is retried, the inner one runs again under a new count: its earlier result is not used. Runs in the
    engine show it.

    ## Example
    ```ts
    await step.do("order", async () => {
      await step.do("charge", async () => charge());
      await ship();
    });
    ```

    ## Use instead
    ```ts
    await step.do("charge", async () => charge());
    await step.do("ship", async () => ship());
    ```
    """

    code = "SG215"
    name = "nested-do"
    severity = Severity.INFO
    proof = Proof.ENGINE
    on = False

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for outer in workflow.nodes:
            match outer:
                case StepDo(name=name, body=(_, *_)):
                    yield from _nested(workflow, outer, name)
                case _:
                    continue


def _nested(workflow: WorkflowContext, outer: StepDo, outer_name: str) -> Iterator[Report]:
    nodes = list(workflow.inside(outer))
    racing: set[int] = set()
    for node in nodes:
        match node:
            case Parallel(kind=kind) if kind in FIRST:
                racing.update(inner.id for element in node.elements for inner in walk(element) if isinstance(inner, StepDo))
            case Join(kind=kind, members=members) if kind in FIRST:
                racing.update(members)
            case _:
                continue
    for node in nodes:
        match node:
            case StepDo(name=name, id=id_, span=span) if span is not None and id_ not in racing:
                yield Report(
                    span, f'step "{name}" runs again, under a new count, when step "{outer_name}" around it is retried'
                )
            case _:
                continue
