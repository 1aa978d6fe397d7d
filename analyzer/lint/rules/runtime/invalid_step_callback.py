"""SG104."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import StepFact, StepKind, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, quoted
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.lint.step_configs import is_step_config
from analyzer.source import Language

NO_FUNCTIONS = frozenset(
    {
        *(ValueKind.CONSTANT, ValueKind.UNDEFINED, ValueKind.TEXT, ValueKind.INSTANT, ValueKind.RECORD, ValueKind.LIST),
        *(ValueKind.TUPLE, ValueKind.INSTANCE),
    }
)


class InvalidStepCallback(WorkflowRule):
    """A `do` step is not given a function to run.

    ## What it does
    Reports `step.do` without a callback, with a value that is not a function, with a promise (the function was called instead
    of handed over), and with its arguments in the wrong order.

    ## Why it is bad
    The instance fails with "Step … requires a callback function", or, for a promise, with "#<Promise> could not be cloned"
    after its work was done outside the step.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    const load = async () => 1;
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("load", load());
      }
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    const load = async () => 1;
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("load", () => load());
      }
    }
    ```
    """

    code = "SG104"
    name = "invalid-step-callback"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.JAVASCRIPT,)

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.steps:
            if fact.kind is StepKind.DO and not fact.open:
                yield from _reports(fact)


def _reports(fact: StepFact) -> Iterator[Report]:
    callback = fact.callback
    if fact.name is not None and fact.name.kind is ValueKind.FUNCTION:
        yield Report(fact.name.span, "the name of a step comes first, then its callback: do(name, callback)")
    elif callback is None:
        if fact.config is None or fact.config.literal or fact.config.kind is ValueKind.RECORD:
            yield Report(fact.span, f"{_step(fact)} has no callback: do(name, callback) or do(name, config, callback)")
    elif callback.kind is ValueKind.PROMISE:
        message = f"{_step(fact)} is given a promise: hand over a function, () => …, that is called in the step"
        yield Report(callback.span, message)
    elif callback.kind in NO_FUNCTIONS and callback.literal:
        yield Report(callback.span, f"the callback of {_step(fact)} is not a function")
    elif callback.kind is ValueKind.FUNCTION and fact.rollback is not None and is_step_config(fact.rollback):
        message = f"the configuration of {_step(fact)} stands behind its callback: do(name, config, callback)"
        yield Report(callback.span, message)


def _step(fact: StepFact) -> str:
    return f"step {quoted(fact.name)}"
