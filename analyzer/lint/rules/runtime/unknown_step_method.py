"""SG118."""

from __future__ import annotations

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof, SlipRule
from analyzer.lint.words import did_you_mean

METHODS = ("do", "sleep", "sleepUntil", "waitForEvent", "sleep_until", "wait_for_event")
ALIKE = {"run": "do", "wait": "waitForEvent", "invoke": "do"}


class UnknownStepMethod(SlipRule):
    """A method is called that the step object does not have.

    ## What it does
    Reports calls of other methods of the engine's step object than `do`, `sleep`, `sleepUntil`, `waitForEvent` (Python: `do`,
    `sleep`, `sleep_until`, `wait_for_event`).

    ## Why it is bad
    The instance fails with "The RPC receiver does not implement the method "run"".

    ## Example
    ```ts
    await step.run("charge", async () => charge());
    ```
    ```py
    await step.sleepUntil("launch", 1893456000000)
    ```

    ## Use instead
    ```ts
    await step.do("charge", async () => charge());
    ```
    ```py
    await step.sleep_until("launch", 1893456000000)
    ```
    """

    code = "SG118"
    name = "unknown-step-method"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    kinds = (SlipKind.UNKNOWN_METHOD,)

    def _message(self, slip: SlipFact) -> str:
        hint = f"; did you mean {ALIKE[slip.text]}?" if slip.text in ALIKE else did_you_mean(slip.text, METHODS)
        return f"the step object has no method {slip.text}{hint}"
