"""SG113."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import Given, SlipKind, StepFact, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, quoted
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.lint.step_configs import is_step_config
from analyzer.lint.words import did_you_mean
from analyzer.source import Language

KEYS = frozenset({"rollback", "rollbackConfig"})
NO_OBJECTS = frozenset({ValueKind.CONSTANT, ValueKind.TEXT, ValueKind.FUNCTION, ValueKind.LIST, ValueKind.PROMISE})
NO_FUNCTIONS = frozenset({ValueKind.CONSTANT, ValueKind.TEXT, ValueKind.RECORD, ValueKind.LIST, ValueKind.PROMISE})


class InvalidRollbackOptions(WorkflowRule):
    """The engine does not accept how a step is to be rolled back.

    ## What it does
    Reports a last argument of `step.do` that is not an object, a `rollback` that is missing or not a function, and steps
    inside a rollback handler.

    ## Why it is bad
    The instance fails with "Rollback options for … must be an object" or "Rollback for … must be a function"; a step in a
    handler fails the rollback with "Cannot execute steps during rollback phase".

    ## Example
    ```ts
    await step.do("reserve", async () => 1, {
      rollback: async () => {
        await step.do("release", async () => 1);
      },
    });
    ```

    ## Use instead
    ```ts
    await step.do("reserve", async () => 1, {
      rollback: async () => {
        await release();
      },
    });
    ```
    """

    code = "SG113"
    name = "invalid-rollback-options"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.JAVASCRIPT,)

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.steps:
            if fact.rollback is not None and not fact.open:
                yield from _reports(fact, fact.rollback)
        for slip in workflow.slips(SlipKind.STEP_IN_ROLLBACK):
            yield Report(slip.span, "no step can run in a rollback handler: do the work in the handler itself")


def _reports(fact: StepFact, options: Given) -> Iterator[Report]:
    if (options.kind in NO_OBJECTS and options.value is not None) or options.kind is ValueKind.FUNCTION:
        yield Report(options.span, f"the rollback options of step {quoted(fact.name)} are an object: {{ rollback: … }}")
    handler = options.get("rollback")
    if handler is None:
        yield from _missing(fact, options)
    elif handler.value.kind in NO_FUNCTIONS and handler.value.value is not None:
        yield Report(handler.value.span, f"the rollback of step {quoted(fact.name)} is not a function")


def _missing(fact: StepFact, options: Given) -> Iterator[Report]:
    """A configuration behind the callback is SG104's."""
    if options.kind is not ValueKind.RECORD or options.open or is_step_config(options):
        return
    hints = (did_you_mean(part.name, ("rollback",)) for part in options.fields if part.name not in KEYS)
    hint = next(filter(None, hints), "")
    yield Report(options.span, f"the rollback options of step {quoted(fact.name)} have no rollback{hint}")
