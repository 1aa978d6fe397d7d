"""SG116."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import ErrorFact, Given, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Language

NAME = "NonRetryableError"


class RenamedNonretryableError(WorkflowRule):
    """A `NonRetryableError` is given another name, and is retried.

    ## What it does
    Reports `new NonRetryableError(message, "OtherName")` in a step. Outside steps nothing is retried, and neither is an error
    whose message begins with `NonRetryableError`.

    ## Why it is bad
    The engine knows the error by its name. Under another one the step is retried as often as it may be, and fails then.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    import { NonRetryableError } from "cloudflare:workflows";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("charge", async () => { throw new NonRetryableError("declined", "CardDeclined"); });
      }
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    import { NonRetryableError } from "cloudflare:workflows";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("charge", async () => { throw new NonRetryableError("CardDeclined: declined"); });
      }
    }
    ```
    """

    code = "SG116"
    name = "renamed-nonretryable-error"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.JAVASCRIPT,)

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for error in workflow.facts.errors:
            name = _other_name(error)
            if name is not None:
                yield Report(name.span, f"a {NAME} with the name {name.value!r} is retried: leave the second argument out")


def _other_name(error: ErrorFact) -> Given | None:
    if error.own or error.inside is None or not error.class_name.endswith("." + NAME):
        return None
    match error.arguments:
        case (Given(value=str(message)), _, *_) if message.startswith(NAME):
            return None
        case (_, Given(kind=ValueKind.CONSTANT, value=str(text)) as name) if text != NAME:
            return name
        case _:
            return None
