"""Which workflow of several a command is about."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from analyzer.api import Analysis
from analyzer.errors import UsageError
from analyzer.graph.model import Workflow
from analyzer.output.diagrams.subject import Subject
from analyzer.payload.convert import Projection


class Chosen(NamedTuple):
    """A workflow with the source it is in, its payload, and what diagrams of it are drawn from."""

    analysis: Analysis
    workflow: Workflow
    projection: Projection
    subject: Subject

    @property
    def target(self) -> str:
        """``path#Class``, as the command line takes it."""
        return f"{self.analysis.path}#{self.workflow.class_name}"


def split_target(path: str, class_name: str | None) -> tuple[str, str | None]:
    """Path and class of ``path#Class``; a file that is called so is meant itself."""
    before, mark, after = path.rpartition("#")
    if not mark or os.path.exists(path):
        return path, class_name
    if class_name not in (None, after):
        raise UsageError(f"{path} names a workflow other than --workflow {class_name}")
    return before, after


def select(analyses: Iterable[Analysis], class_name: str | None, path: str, *, several: bool) -> list[Chosen]:
    """The workflows asked for, at least one. Raises UsageError with the list if that is not decided."""
    found = [
        Chosen(analysis, workflow, projection, subject)
        for analysis in analyses
        for workflow, projection, subject in zip(analysis.workflows, analysis.projections, analysis.subjects, strict=True)
    ]
    chosen = [each for each in found if class_name in (None, each.workflow.class_name)]
    if not chosen:
        raise UsageError(_text(f"no workflow {class_name} in {path}; there is", found))
    if len(chosen) > 1 and not several:
        raise UsageError(_text(f"{len(chosen)} workflows in {path}; choose one with --workflow CLASS or take --all", chosen))
    return chosen


def _text(message: str, choices: Iterable[Chosen]) -> str:
    return "\n  ".join([f"{message}:", *(choice.target for choice in choices)])
