"""SG208."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Join, JoinKind, Jump, Node, Parallel, Severity, walk
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule

FIRST = frozenset({JoinKind.RACE, JoinKind.ANY})


class RaceOutsideStep(WorkflowRule):
    """Steps race each other outside a step.

    ## What it does
    Reports `Promise.race` and `Promise.any` (Python: `asyncio.wait` with `FIRST_COMPLETED`) over steps, and `asyncio.wait_for`,
    the race of a step with the clock, unless the race itself is wrapped in a step.

    ## Why it is bad
    Who wins is not stored. When the instance is resumed, both results may be there already and another one comes first, so
    the code after the race goes another way; what was too late for a time limit is in time then. Documentation: Rules of
    Workflows, "Take care with Promise.race() and Promise.any()".

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
        raced: set[int] = set()
        for node in workflow.outside:
            match node:
                case Parallel(kind=kind, span=span) if kind in FIRST:
                    raced.update(_ids(node))
                case Join(kind=kind, span=span) if kind in FIRST and not raced.issuperset(node.members):
                    pass
                case _:
                    continue
            if span is not None:
                word = "any" if kind is JoinKind.ANY else "race"
                winner = "another" if _is_alone(node) else "another step"
                yield Report(span, f"the winner of this {word} may be {winner} on replay: wrap the {word} in a step")


def _is_alone(node: Node) -> bool:
    """Whether what races here races with something that is no step: a timer, a request."""
    match node:
        case Parallel(elements=elements):
            return len(elements) == 1 and sum(1 for _ in _ids(node)) == 1
        case Join(members=members):
            return len(members) == 1
        case _:
            return False


def _ids(parallel: Parallel) -> Iterator[int]:
    for element in parallel.elements:
        for node in walk(element):
            match node:
                case Join() | Jump():
                    continue
                case _:
                    yield node.id
