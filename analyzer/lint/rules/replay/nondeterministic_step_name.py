"""SG202."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import Given, StepFact
from analyzer.graph.model import Severity
from analyzer.lint.context import WORDS, WorkflowContext, unstable_words
from analyzer.lint.rule import Proof, Report, WorkflowRule


class NondeterministicStepName(WorkflowRule):
    """The name of a step depends on the clock or on chance.

    ## What it does
    Follows clock readings, random values and random identifiers through variables, templates, objects, helpers and returns,
    and reports those that reach the name of a step or the type of the event a step waits for. What is read inside a step
    and returned from it is stored, and the same on every replay.

    ## Why it is bad
    A step's name is the key of its stored result. When the instance is resumed, `run` starts again from its first line; under
    another name the engine does not find the result and runs the step a second time. Documentation: Rules of Workflows,
    "Name steps deterministically".

    ## Example
    ```ts
    const started = Date.now();
    await step.do(`import ${started}`, async () => load());
    ```
    ```py
    import time

    @step.do(f"import {time.time()}")
    async def load():
        return 1

    await load()
    ```

    ## Use instead
    ```ts
    await step.do(`import ${event.instanceId}`, async () => load());
    ```
    ```py
    @step.do(f"import {event['instanceId']}")
    async def load():
        return 1

    await load()
    ```
    """

    code = "SG202"
    name = "nondeterministic-step-name"
    severity = Severity.ERROR
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.steps:
            if fact.inside is None:
                yield from _reports(fact, fact.name, f"the name of this {WORDS[fact.kind.value]}")
                yield from _reports(fact, fact.event_type, "the type of the event this wait is for")


def _reports(fact: StepFact, given: Given | None, what: str) -> Iterator[Report]:
    words = None if given is None else unstable_words(given.origins)
    if given is not None and words is not None:
        yield Report(given.span, f"{what} depends on {words}: on replay it is another one, and the step runs again")
