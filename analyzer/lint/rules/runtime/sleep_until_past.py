"""SG117."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from analyzer.graph.facts import Given, StepKind, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext, label
from analyzer.lint.rule import Proof, Report, Rule


class SleepUntilPast(Rule):
    """A sleep ends at a constant instant that has passed.

    ## What it does
    Reports `sleepUntil` a constant date, or number of milliseconds since 1970, before now (`SOURCE_DATE_EPOCH` is now if it
    is set). A small number is a duration in the wrong method.

    ## Why it is bad
    The engine throws "You can't sleep until a time in the past, time-traveler".

    ## Example
    ```ts
    await step.sleepUntil("launch", new Date("2024-01-01T09:00:00Z"));
    ```

    ## Use instead
    ```ts
    await step.sleepUntil("launch", new Date(event.payload.launch));
    ```
    """

    code = "SG117"
    name = "sleep-until-past"
    severity = Severity.WARNING
    proof = Proof.ENGINE

    def _check(self, file: FileContext) -> Iterator[Report]:
        for workflow in file.workflows:
            for fact in workflow.facts.steps:
                instant = _instant(fact.when) if fact.kind is StepKind.SLEEP_UNTIL else None
                if fact.when is not None and instant is not None and instant < file.now:
                    yield Report(fact.when.span, f"{label(fact)} ends {_words(instant)}, in the past: the engine throws")


def _instant(given: Given | None) -> float | None:
    match given:
        case Given(kind=ValueKind.CONSTANT, value=bool()):
            return None
        case Given(kind=ValueKind.INSTANT | ValueKind.CONSTANT, value=int() | float() as value):
            return float(value)
        case _:
            return None


def _words(instant: float) -> str:
    try:
        return f"at {datetime.fromtimestamp(instant / 1000, UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, ValueError, OSError):
        return f"at {instant:g} ms since 1970"
