"""SG122."""

from __future__ import annotations

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof, SlipRule
from analyzer.source import Language


class ReusedCoroutine(SlipRule):
    """One coroutine is awaited twice.

    ## What it does
    Reports a coroutine kept in a variable that is awaited, or handed to `create_task` or `gather`, after it certainly was
    before.

    ## Why it is bad
    A coroutine runs once: "RuntimeError: cannot reuse already awaited coroutine". A task can be awaited often.

    ## Example
    ```py
    @step.do("load")
    async def load():
        return 1

    loading = load()
    first = await loading
    second = await loading
    ```

    ## Use instead
    ```py
    @step.do("load")
    async def load():
        return 1

    first = await load()
    second = first
    ```
    """

    code = "SG122"
    name = "reused-coroutine"
    severity = Severity.ERROR
    proof = Proof.ENGINE
    languages = (Language.PYTHON,)
    kinds = (SlipKind.REUSED_COROUTINE,)

    def _message(self, slip: SlipFact) -> str:
        return "this coroutine was awaited before: call the function again, or make a task of it"
