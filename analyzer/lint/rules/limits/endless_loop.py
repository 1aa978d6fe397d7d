"""SG311."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import (
    FunctionCall,
    Jump,
    JumpKind,
    Loop,
    Node,
    Scope,
    Severity,
    walk,
)
from analyzer.graph.steps import runs_steps
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Span


class EndlessLoop(WorkflowRule):
    """A loop with a step in it never ends.

    ## What it does
    Reports a loop whose test is absent or constantly true, with a step in it, and without a `break`, `return` or `throw` on any
    path.

    ## Why it is bad
    The instance runs into the step limit. A workflow that should go on for ever starts its successor and ends.

    ## Example
    ```ts
    while (true) {
      await step.do("poll", async () => poll());
      await step.sleep("pause", "1 minute");
    }
    ```

    ## Use instead
    ```ts
    while (true) {
      const done = await step.do("poll", async () => poll());
      if (done) break;
      await step.sleep("pause", "1 minute");
    }
    ```
    """

    code = "SG311"
    name = "endless-loop"
    severity = Severity.WARNING
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        throwing = {function.name for function in workflow.workflow.functions if _throws(function.body)}
        errors = [error.span for error in workflow.facts.errors if error.inside is None]
        for node in workflow.nodes:
            match node:
                case Loop(endless=True, span=span) if span is not None:
                    inner = list(walk(node.body))
                    left = _leaves(inner, node.id, throwing) or any(_holds(span, error) for error in errors)
                    if not left and any(map(runs_steps, inner)):
                        yield Report(span, "nothing ends this loop: it runs into the step limit; break or return in it")
                case _:
                    continue


def _leaves(nodes: list[Node], loop_id: int, throwing: set[str]) -> bool:
    """Whether a jump leaves a loop: out of it, out of the function, or by an error (who catches it, is not asked)."""
    own = {loop_id} | {node.id for node in nodes if isinstance(node, Scope | Loop)}
    for node in nodes:
        match node:
            case Jump(kind=JumpKind.BREAK, target=target) if target == loop_id or target not in own:
                return True
            case Jump(kind=JumpKind.RETURN, target=target) if target not in own:
                return True
            case Jump(kind=JumpKind.THROW):
                return True
            case FunctionCall(name=name) if name in throwing:
                return True
            case _:
                continue
    return False


def _throws(body: tuple[Node, ...]) -> bool:
    return any(_is_throw(node) for node in walk(body))


def _is_throw(node: Node) -> bool:
    match node:
        case Jump(kind=JumpKind.THROW):
            return True
        case _:
            return False


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start and inner.end <= outer.end
