"""SG602."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from analyzer.graph.model import Loop, Node, Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.patterns import is_step_like, step_name
from analyzer.lint.rule import Proof, Report, WorkflowRule


class ForbiddenInUnboundedLoop(WorkflowRule):
    """A step that must not be repeated without bound stands in a loop of unknown length.

    ## What it does
    Reports a step with a name that the policy lists, in a loop whose turns are not constant, also through functions.
    ```toml
    [tool.stepgraph.policies]
    forbidden-in-unbounded-loops = ["charge *"]
    ```

    ## Why it is bad
    The project has said so in its configuration: each turn may cost money, send something, or fill a quota.

    ## Example
    ```ts
    for (const order of event.payload.orders) {
      await step.do("charge card", async () => charge(order));
    }
    ```

    ## Use instead
    ```ts
    for (const part of ["deposit", "rest"]) {
      await step.do("charge card", async () => charge(part));
    }
    ```
    """

    code = "SG602"
    name = "forbidden-in-unbounded-loop"
    severity = Severity.ERROR
    proof = Proof.SOURCE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        patterns = workflow.settings.policies.forbidden_in_unbounded_loops
        loops = [node for node in workflow.nodes if _is_unbounded(node)] if patterns else []
        repeated = {id(node): node for loop in loops for node in workflow.inside(loop)}
        for node in repeated.values():
            if is_step_like(node, patterns) and node.span is not None:
                yield Report(node.span, f'step "{step_name(node)}" is forbidden in loops whose turns are not constant')


def _is_unbounded(node: Node) -> TypeGuard[Loop]:
    match node:
        case Loop(turns=None):
            return True
        case _:
            return False
