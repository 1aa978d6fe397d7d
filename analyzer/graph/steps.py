"""The steps of a workflow."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import FunctionCall, Node, Step, StepDo, StepSleep, StepSleepUntil, StepWaitForEvent, Workflow, walk

STEPS = (StepDo, StepSleep, StepSleepUntil, StepWaitForEvent)
"""The classes of the nodes that are steps."""

RUNNING = frozenset({*STEPS, FunctionCall})


def steps(workflow: Workflow) -> Iterator[Step]:
    """Every step of a workflow and of its functions, in source order within each."""
    for body in (workflow.body, *(function.body for function in workflow.functions)):
        for node in walk(body):
            match node:
                case StepDo() | StepSleep() | StepSleepUntil() | StepWaitForEvent():
                    yield node
                case _:
                    continue


def runs_steps(node: Node) -> bool:
    """Whether a node is a step, or the call of a function, which is in the graph only if it has steps."""
    return node.__class__ in RUNNING
