"""SG601."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.patterns import is_step_like, step_name
from analyzer.lint.rule import Proof, Report, WorkflowRule


class RequiredStep(WorkflowRule):
    """A step can run though the one that must precede it has not succeeded.

    ## What it does
    Reports a step that some path comes to before any step that the policy requires has succeeded. On every path one must
    have: skipped by a branch, failed and caught, or started and not yet awaited is not enough.
    ```toml
    [tool.stepgraph.policies]
    required-steps = [{ step = "authorize *", before = "charge *" }]
    ```

    ## Why it is bad
    The project has said so in its configuration.

    ## Example
    ```ts
    if (event.payload.isNew) {
      await step.do("authorize card", async () => authorize());
    }
    await step.do("charge card", async () => charge());
    ```

    ## Use instead
    ```ts
    await step.do("authorize card", async () => authorize());
    await step.do("charge card", async () => charge());
    ```
    """

    code = "SG601"
    name = "required-step"
    severity = Severity.ERROR
    proof = Proof.SOURCE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for required, before in workflow.settings.policies.required_steps:
            if any(is_step_like(node, (before,)) for node in workflow.nodes):
                yield from _unguarded(workflow, required, before)


def _unguarded(workflow: WorkflowContext, required: str, before: str) -> Iterator[Report]:
    from analyzer.analyses.avoidance import reachable_without
    from analyzer.analyses.control_flow import control_flow

    flow = control_flow(workflow.workflow)
    steps = {node.id for node in flow.promises.values() if is_step_like(node, (required,))}
    for start in sorted(reachable_without(flow, steps)):
        node = flow.promises[start]
        if is_step_like(node, (before,)) and node.span is not None:
            name = step_name(node)
            yield Report(node.span, f'step "{name}" can run without a step like "{required}" having succeeded before it')
