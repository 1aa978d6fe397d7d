"""SG218."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import NotedRule, Proof
from analyzer.source import Language


class DuplicatedDependency(NotedRule):
    """A step that concurrent steps share runs once for each of them.

    ## What it does
    Reports, in Python, a dependency that has dependencies of its own and is needed by two or more dependencies of a step with
    `concurrent=True`.

    ## Why it is bad
    The siblings start at once, none finds the shared step done, and each runs it: its effect happens several times. A shared
    step without dependencies of its own runs once. Runs of the runtime's own code show both.

    ## Example
    ```py
    @step.do("root")
    async def root():
        return 1

    @step.do("shared")
    async def shared(root):
        return 1

    @step.do("left")
    async def left(shared):
        return 1

    @step.do("right")
    async def right(shared):
        return 1

    @step.do("both", concurrent=True)
    async def both(left, right):
        return 1

    await both()
    ```

    ## Use instead
    ```py
    @step.do("root")
    async def root():
        return 1

    @step.do("shared")
    async def shared(root):
        return 1

    @step.do("left")
    async def left(shared):
        return 1

    @step.do("right")
    async def right(shared):
        return 1

    @step.do("both")
    async def both(left, right):
        return 1

    await both()
    ```
    """

    code = "SG218"
    name = "duplicated-dependency"
    severity = Severity.WARNING
    proof = Proof.ENGINE
    languages = (Language.PYTHON,)
