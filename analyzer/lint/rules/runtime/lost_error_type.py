"""SG115."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import CaughtClass, Facts
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Language

NON_RETRYABLE = "NonRetryableError"


BUILT_IN = frozenset(
    {
        *("KeyError", "IndexError", "LookupError", "AttributeError", "RuntimeError", "OSError", "IOError", "ConnectionError"),
        *("TimeoutError", "ZeroDivisionError", "ArithmeticError", "AssertionError", "NotImplementedError", "NameError"),
        *("PermissionError", "FileNotFoundError", "UnicodeDecodeError", "StopIteration", "asyncio.TimeoutError"),
    }
)


class LostErrorType(WorkflowRule):
    """An error that comes out of a step is asked for a class it no longer has.

    ## What it does
    Reports, in a handler around steps, `instanceof` of `NonRetryableError` or of an own class that is thrown in steps and
    nowhere else. In Python: an `except` clause, around nothing but steps, for a type that does not survive the way.

    ## Why it is bad
    A step's error is stored and made anew: it arrives as a plain `Error`, its class name in front of the message, so the test
    is always false. In Python `ValueError`, `TypeError` and `NonRetryableError` come back as themselves, all others as
    `JsException`.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    import { NonRetryableError } from "cloudflare:workflows";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        try {
          await step.do("charge", async () => { throw new NonRetryableError("card declined"); });
        } catch (error) {
          if (error instanceof NonRetryableError) return "declined";
          throw error;
        }
      }
    }
    ```
    ```py
    @step.do("load")
    async def load():
        return {}["missing"]

    try:
        await load()
    except KeyError:
        pass
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    import { NonRetryableError } from "cloudflare:workflows";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        try {
          await step.do("charge", async () => { throw new NonRetryableError("card declined"); });
        } catch (error) {
          if (error.message.startsWith("NonRetryableError")) return "declined";
          throw error;
        }
      }
    }
    ```
    ```py
    @step.do("load")
    async def load():
        return {}["missing"]

    try:
        await load()
    except Exception:
        pass
    ```
    """

    code = "SG115"
    name = "lost-error-type"
    severity = Severity.WARNING
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        if workflow.workflow.language is Language.PYTHON:
            yield from _clauses(workflow)
            return
        for test in workflow.facts.instance_tests:
            if test.inside is None and test.only_seen and _is_lost(test.tested, workflow.facts):
                name = test.tested.class_name.rpartition(".")[2]
                message = f"an error of a step arrives as plain Error, never as {name}: look at its message instead"
                yield Report(test.span, message)


def _is_lost(tested: CaughtClass, facts: Facts) -> bool:
    """Whether a class is thrown in steps only; the engine's own is, unless it is made outside them."""
    made = [error for error in facts.errors if error.class_name == tested.class_name]
    if any(error.inside is None for error in made):
        return False
    return bool(made) if tested.own else tested.class_name.endswith("." + NON_RETRYABLE)


def _clauses(workflow: WorkflowContext) -> Iterator[Report]:
    for handler in workflow.facts.catches:
        for caught in handler.classes:
            if handler.only_steps and handler.inside is None and caught.class_name in BUILT_IN:
                message = f"a step's {caught.class_name} arrives as JsException: catch Exception and look at its message"
                yield Report(caught.span, message)
