"""SG106."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.analyses.engine import Rewriting, rewrite
from analyzer.graph.facts import HOLE, Given, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, Report, Rule

SPACED = re.compile(rf"[\d.{HOLE}]+ +[A-Za-z]+")
"""What one engine splits into a number and a unit, even if it does not know the unit."""


class MisreadDuration(Rule):
    """A duration is written in a way the engine reads as something else, or not at all.

    ## What it does
    Reports constant durations of sleeps, delays and timeouts that are not `<number> <unit>`, with one of millisecond, second,
    minute, hour, day, week, month, year (or its plural) in lower case.

    ## Why it is bad
    One engine takes an unknown unit for milliseconds, without a word: `"10 min"` sleeps 10 ms, `"90 s"` 90 ms. The other
    refuses it. Which one production is like is not public. `"5s"`, `"1hour"` and `"1 hour 30 minutes"` fail in both.

    ## Example
    ```ts
    await step.sleep("wait for approval", "10 min");
    ```
    ```py
    await step.sleep("wait for approval", "10 min")
    ```

    ## Use instead
    ```ts
    await step.sleep("wait for approval", "10 minutes");
    ```
    ```py
    await step.sleep("wait for approval", "10 minutes")
    ```

    ## Fix safety
    Safe where the unit can only mean one thing. `m` (minutes or months) is unsafe.
    """

    code = "SG106"
    name = "misread-duration"
    severity = Severity.ERROR
    proof = Proof.ENGINE

    def _check(self, file: FileContext) -> Iterator[Report]:
        for workflow in file.workflows:
            for _, duration in workflow.durations:
                given = duration.given
                if duration.milliseconds is None and _is_wrong(given):
                    yield _report(file, given, duration.role.value)


def _is_wrong(given: Given) -> bool:
    """Whether a text is certainly no duration: a constant one, or a number that is not known with a unit that is."""
    match given:
        case Given(kind=ValueKind.CONSTANT, value=str()):
            return True
        case Given(kind=ValueKind.TEXT, value=str(text)) if text.startswith(HOLE) and text.count(HOLE) == 1:
            meant = rewrite(text.replace(HOLE, "5"))
            return meant is not None and text.replace(HOLE, "5") not in (meant.text, meant.text.removesuffix("s"))
        case _:
            return False


def _report(file: FileContext, given: Given, what: str) -> Report:
    text = str(given.value)
    meant = rewrite(text.replace(HOLE, "5"))
    shown = text.replace(HOLE, "${...}")
    if meant is None:
        return Report(given.span, f'"{shown}" is no duration: write {what} as "<number> <unit>", like "5 minutes"')
    right = meant.text.replace("5", "${...}", 1) if HOLE in text else meant.text
    fate = "read as milliseconds, or refused" if SPACED.fullmatch(text) else "refused"
    message = f'"{shown}" is {fate}: write {what} as "{right}"'
    return Report(given.span, message, _fix(file, given, meant) if given.kind is ValueKind.CONSTANT else None)


def _fix(file: FileContext, given: Given, meant: Rewriting) -> Fix | None:
    if not given.literal:
        return None
    quote = file.text(given.span)[:1]
    edit = Edit(given.span, f"{quote}{meant.text}{quote}")
    return Fix(f'Write "{meant.text}"', (edit,), meant.plain) if quote in "\"'`" else None
