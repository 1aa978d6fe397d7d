"""SG603."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Config, Severity, StepDo
from analyzer.lint.context import WorkflowContext
from analyzer.lint.patterns import is_step_like
from analyzer.lint.rule import Proof, Report, WorkflowRule


class ExplicitRetries(WorkflowRule):
    """A step that must say how it is retried leaves that to the default.

    ## What it does
    Reports a `do` step with a name that the policy lists and without `retries` of its own.
    ```toml
    [tool.stepgraph.policies]
    explicit-retries = ["charge *"]
    ```

    ## Why it is bad
    The project has said so in its configuration. By default the engine tries a step six times.

    ## Example
    ```ts
    await step.do("charge card", async () => charge());
    ```

    ## Use instead
    ```ts
    await step.do("charge card", { retries: { limit: 0, delay: 0 } }, async () => charge());
    ```
    """

    code = "SG603"
    name = "explicit-retries"
    severity = Severity.ERROR
    proof = Proof.SOURCE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        patterns = workflow.settings.policies.explicit_retries
        for node in workflow.nodes if patterns else ():
            match node:
                case StepDo(config=Config(limit=None), name=name, span=span) if span and is_step_like(node, patterns):
                    yield Report(span, f'step "{name}" must say how often it is retried')
                case _:
                    continue
