"""The steps of a workflow."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Step, StepDo, StepSleep, StepSleepUntil, StepWaitForEvent, Workflow, walk


def steps(workflow: Workflow) -> Iterator[Step]:
    """Every step of a workflow and of its functions, in source order within each."""
    for body in (workflow.body, *(function.body for function in workflow.functions)):
        for node in walk(body):
            match node:
                case StepDo() | StepSleep() | StepSleepUntil() | StepWaitForEvent():
                    yield node
                case _:
                    continue
