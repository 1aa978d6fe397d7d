"""SG114."""

from __future__ import annotations

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof, SlipRule
from analyzer.source import Language


class DetachedStepMethod(SlipRule):
    """`bind`, `call` or `apply` is used on a method of the step object.

    ## What it does
    Reports `step.do.bind(…)`, `step.do.call(…)` and `step.do.apply(…)`, and the same on `sleep`, `sleepUntil` and
    `waitForEvent`.

    ## Why it is bad
    The step object is an RPC stub: `step.do.bind` asks the engine for a method named `bind`, and the instance fails with "The
    RPC receiver does not implement the method "bind"". A stub's methods work without their object.

    ## Example
    ```ts
    const run = step.do.bind(step);
    await run("charge", async () => charge());
    ```

    ## Use instead
    ```ts
    const { do: run } = step;
    await run("charge", async () => charge());
    ```
    """

    code = "SG114"
    name = "detached-step-method"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.JAVASCRIPT,)
    kinds = (SlipKind.DETACHED_METHOD,)

    def _message(self, slip: SlipFact) -> str:
        return f"a step's method has no {slip.text}: call it directly, or wrap it in a function"
