"""SG112."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.rule import Proof, Report, Rule
from analyzer.source import Language

SLIPS = (SlipKind.HANDED_FUNCTION, SlipKind.STEP_ARGUMENTS, SlipKind.UNKNOWN_PARAMETER, SlipKind.WRONG_DEPENDS)


class PythonStepSignature(Rule):
    """A Python step is declared or called as the runtime does not take it.

    ## What it does
    Reports parameters of a step that are neither `ctx` nor the name of a declared step, steps that are called with
    arguments, and functions handed to `step.do` as JavaScript does it. If the compatibility date is known: from 2026-02-25 on
    `depends=`, which the runtime no longer takes; before, parameters without `depends=`, or not as many as it lists.

    ## Why it is bad
    The call fails: "Received unexpected parameter …", "_do_implicit() got an unexpected keyword argument 'depends'", "Step
    declares … non-ctx parameter(s) but 'depends' has … item(s)". A parameter is looked up by the step's *name*, not by the
    name of its function, and a default does not help.

    ## Example
    ```py
    @step.do("load order")
    async def load():
        return 1

    @step.do("charge")
    async def charge(load):
        return load

    await charge()
    ```

    ## Use instead
    ```py
    @step.do("load")
    async def load():
        return 1

    @step.do("charge")
    async def charge(load):
        return load

    await charge()
    ```
    """

    code = "SG112"
    name = "python-step-signature"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.PYTHON,)

    def _check(self, file: FileContext) -> Iterator[Report]:
        for workflow in file.workflows:
            for slip in workflow.slips(*SLIPS):
                if slip.kind is not SlipKind.WRONG_DEPENDS or file.implicit_dependencies is not None:
                    yield Report(slip.span, _message(slip))


def _message(slip: SlipFact) -> str:
    match slip.kind:
        case SlipKind.HANDED_FUNCTION:
            return "step.do takes no function here: write @step.do(name) above it, then await it"
        case SlipKind.STEP_ARGUMENTS:
            return f'step "{slip.text}" is called with arguments, but the runtime fills its parameters'
        case SlipKind.UNKNOWN_PARAMETER:
            return f"parameter {slip.text} is neither ctx nor the name of a step that is declared"
        case _ if slip.text == "depends":
            return "depends= is not accepted here: a parameter named like a step is its result"
        case _:
            return f"this step has {slip.text}: each parameter but ctx needs one entry"
