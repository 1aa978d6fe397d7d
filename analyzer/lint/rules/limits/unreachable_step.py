"""SG304."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import NotedRule, Proof


class UnreachableStep(NotedRule):
    """A step can never run.

    ## What it does
    Reports steps behind a `return` or `throw`, behind a loop nothing ends, and under a test that is constantly false.

    ## Why it is bad
    It looks as if the step were part of the workflow.

    ## Example
    ```ts
    await step.do("charge", async () => charge());
    return;
    await step.do("ship", async () => ship());
    ```

    ## Use instead
    ```ts
    await step.do("charge", async () => charge());
    await step.do("ship", async () => ship());
    ```
    """

    code = "SG304"
    name = "unreachable-step"
    severity = Severity.WARNING
    proof = Proof.SOURCE
