"""SG217."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Language, Span


class UnawaitedReturnInTry(WorkflowRule):
    """A step is returned out of a `try` without `await`.

    ## What it does
    Reports `return step.do(…)`, or the return of a call that runs steps, inside the block of a `try` with a `catch`.

    ## Why it is bad
    The promise leaves the `try` before it is settled, so its error is thrown where the caller awaits it: the `catch` never
    sees it. This is the language's rule, and runs in the engine show it.

    ## Example
    ```ts
    try {
      return step.do("charge", async () => charge());
    } catch {
      await step.do("refund", async () => refund());
    }
    ```

    ## Use instead
    ```ts
    try {
      return await step.do("charge", async () => charge());
    } catch {
      await step.do("refund", async () => refund());
    }
    ```

    ## Fix safety
    Unsafe: the `catch` begins to work, which changes what the program does.
    """

    code = "SG217"
    name = "unawaited-return-in-try"
    severity = Severity.WARNING
    proof = Proof.ENGINE
    languages = (Language.JAVASCRIPT,)

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for slip in workflow.slips(SlipKind.RETURN_IN_TRY):
            edit = Edit(Span(slip.span.path, slip.span.start, slip.span.start), "await ")
            fix = Fix("Add `await`", (edit,), safe=False) if slip.text else None
            yield Report(slip.span, "returned without await, the catch never sees its error: return await …", fix)
