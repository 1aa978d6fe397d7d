"""SG103."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.analyses.engine import MAX_NAME
from analyzer.graph.facts import HOLE, Given, StepFact, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WORDS, WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule

CONTROL = re.compile(r"[\x00-\x1f]")


class InvalidStepName(WorkflowRule):
    """The engine does not accept the name of a step.

    ## What it does
    Reports names of which the constant part alone is longer than 256 UTF-16 units, or holds a control character (U+0000 to
    U+001F: tabs and line breaks too).

    ## Why it is bad
    The instance fails with "Step name … exceeds max length (256 chars) or invalid characters found". One engine checks `do`
    only, the other every kind of step; which one production is like is not public.

    ## Example
    ```ts
    await step.do("first\\tsecond", async () => 1);
    ```
    ```py
    @step.do("first\\tsecond")
    async def both():
        return 1

    await both()
    ```

    ## Use instead
    ```ts
    await step.do("first second", async () => 1);
    ```
    ```py
    @step.do("first second")
    async def both():
        return 1

    await both()
    ```
    """

    code = "SG103"
    name = "invalid-step-name"
    severity = Severity.ERROR
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for fact in workflow.facts.steps:
            name = fact.name
            if name is not None and isinstance(name.value, str) and not _is_plain(name.value) and name.kind in TEXTS:
                yield from _reports(fact, name, name.value.replace(HOLE, ""))


TEXTS = (ValueKind.CONSTANT, ValueKind.TEXT)


def _is_plain(text: str) -> bool:
    """Whether a glance is enough: short, and without control characters."""
    return len(text) <= MAX_NAME // 2 and text.isprintable()


def _reports(fact: StepFact, name: Given, known: str) -> Iterator[Report]:
    what = f"the name of this {WORDS[fact.kind.value]}"
    length = len(known.encode("utf-16-le", "surrogatepass")) // 2
    if length > MAX_NAME:
        yield Report(name.span, f"{what} is {length} characters long, the engine takes {MAX_NAME}")
    control = CONTROL.search(known)
    if control is not None:
        yield Report(name.span, f"{what} holds the control character U+{ord(control[0]):04X}, which the engine refuses")
