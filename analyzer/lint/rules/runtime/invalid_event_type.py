"""SG109."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.analyses.engine import EVENT_TYPE, MAX_EVENT_TYPE
from analyzer.graph.facts import HOLE, Given, StepFact, StepKind, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, label
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Language

INVALID = re.compile(rf"[^a-zA-Z0-9_{HOLE}-]")


class InvalidEventType(WorkflowRule):
    """A wait does not say what it waits for, or in a way the platform refuses.

    ## What it does
    Reports `waitForEvent` without options, without `type` in them (`event:` is a common slip), and with a type longer than 100
    characters or of other characters than letters, digits, `-` and `_`.

    ## Why it is bad
    An event is delivered by its type. `order.paid` is refused when it is sent, so the wait times out. Documentation: Events
    and parameters. Without options the engine fails with "Cannot read properties of undefined (reading 'timeout')".

    ## Example
    ```ts
    await step.waitForEvent("payment", { event: "order.paid", timeout: "1 hour" });
    ```
    ```py
    await step.wait_for_event("payment", "order.paid", timeout="1 hour")
    ```

    ## Use instead
    ```ts
    await step.waitForEvent("payment", { type: "order-paid", timeout: "1 hour" });
    ```
    ```py
    await step.wait_for_event("payment", "order-paid", timeout="1 hour")
    ```

    ## Fix safety
    Renaming `event` to `type` is safe: there is no such option.
    """

    code = "SG109"
    name = "invalid-event-type"
    severity = Severity.ERROR
    proof = Proof.DOCS

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.steps:
            if fact.kind is StepKind.WAIT_FOR_EVENT and not fact.open:
                yield from _reports(fact, workflow.workflow.language)


def _reports(fact: StepFact, language: Language) -> Iterator[Report]:
    options, javascript = fact.options, language is Language.JAVASCRIPT
    if options is None:
        wanted = "{ type: … }" if javascript else "the type of the event"
        yield Report(fact.span, f"{label(fact)} is not told what to wait for: give it {wanted}")
    elif javascript and options.kind is not ValueKind.RECORD:
        if options.kind not in (ValueKind.UNKNOWN, ValueKind.LIBRARY):
            yield Report(options.span, f"the options of {label(fact)} are an object: {{ type: … }}")
    elif fact.event_type is None:
        if not options.open:
            yield _without_type(fact, options)
    else:
        problem = _problem(fact.event_type)
        if problem is not None:
            yield Report(fact.event_type.span, f"the type {label(fact)} is for {problem}")


def _without_type(fact: StepFact, options: Given) -> Report:
    slip = options.get("event")
    if slip is None:
        return Report(options.span, f"{label(fact)} is not told what to wait for: its options have no type")
    fix = Fix("Rename `event` to `type`", (Edit(slip.span, "type"),), safe=True)
    return Report(slip.span, f"{label(fact)} is not told what to wait for: the option is called type, not event", fix)


def _problem(given: Given) -> str | None:
    match given:
        case Given(kind=ValueKind.CONSTANT, value=str(text)):
            if len(text) > MAX_EVENT_TYPE:
                return f"is {len(text)} characters long, the platform takes {MAX_EVENT_TYPE}"
            return None if EVENT_TYPE.fullmatch(text) else _character(text)
        case Given(kind=ValueKind.TEXT, value=str(text)):
            return _character(text) if INVALID.search(text) or text.startswith("-") else None
        case Given(kind=ValueKind.CONSTANT | ValueKind.UNDEFINED):
            return "is not a string"
        case _:
            return None


def _character(text: str) -> str:
    if not text:
        return "is empty"
    wrong = INVALID.search(text)
    return f'holds "{wrong[0]}": only letters, digits, - and _ are allowed' if wrong else 'begins with "-"'
