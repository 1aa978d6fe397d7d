"""SG121."""

from __future__ import annotations

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, SlipRule
from analyzer.source import Language, Span


class BareStepDecorator(SlipRule):
    """`@step.do` is used without a call.

    ## What it does
    Reports a function decorated with `@step.do` itself, without parentheses.

    ## Why it is bad
    `step.do` makes the decorator: the function is taken for the step's name, and calling it fails with "decorator() missing 1
    required positional argument: 'func'".

    ## Example
    ```py
    @step.do
    async def charge():
        return 1

    await step.sleep("nap", "1 minute")
    ```

    ## Use instead
    ```py
    @step.do()
    async def charge():
        return 1

    await charge()
    ```

    ## Fix safety
    Unsafe: with `()` the step is named after its function, which is new where the older runtime asks for a name.
    """

    code = "SG121"
    name = "bare-step-decorator"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.PYTHON,)
    kinds = (SlipKind.BARE_DECORATOR,)

    def _message(self, slip: SlipFact) -> str:
        return f"@{slip.text} is not called: write @{slip.text}()"

    def _fix(self, slip: SlipFact) -> Fix:
        return Fix("Add `()`", (Edit(Span(slip.span.path, slip.span.end, slip.span.end), "()"),), safe=False)
