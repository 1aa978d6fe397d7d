"""SG309."""

from __future__ import annotations

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof, SlipRule
from analyzer.source import Language


class UnusedDeclaredStep(SlipRule):
    """A Python step is declared and never run.

    ## What it does
    Reports a function decorated with `@step.do(…)` that is neither called, nor handed on, nor needed by another step.

    ## Why it is bad
    The decorator runs nothing: a declared step runs when it is awaited.

    ## Example
    ```py
    @step.do("charge")
    async def charge():
        return 1

    await step.sleep("nap", "1 minute")
    ```

    ## Use instead
    ```py
    @step.do("charge")
    async def charge():
        return 1

    await charge()
    ```
    """

    code = "SG309"
    name = "unused-declared-step"
    severity = Severity.WARNING
    proof = Proof.ENGINE
    languages = (Language.PYTHON,)
    kinds = (SlipKind.UNUSED_STEP,)

    def _message(self, slip: SlipFact) -> str:
        return f'step "{slip.text}" is declared and never run: await it'
