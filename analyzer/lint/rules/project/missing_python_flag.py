"""SG409."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule
from analyzer.source import Language, Position

if TYPE_CHECKING:
    from analyzer.project.wrangler import WorkerConfig

FLAGS = ("python_workers", "python_workflows")


class MissingPythonFlag(WorkerRule):
    """A Python workflow is in a worker that does not turn Python workflows on.

    ## What it does
    Reports a worker with a Python entrypoint whose `compatibility_flags` lack `python_workers`, or, before compatibility date
    2025-09-20, `python_workflows`.

    ## Why it is bad
    Without the flags the worker does not start, or its class is no workflow. Documentation: Python Workflows.

    ## Use instead
    `compatibility_flags = ["python_workers", "python_workflows"]`.
    """

    code = "SG409"
    name = "missing-python-flag"
    severity = Severity.ERROR
    proof = Proof.DOCS
    languages = (Language.PYTHON,)

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Parts of the configuration without the flags."""
        from analyzer.project.wrangler import has_flag

        if worker.language is not Language.PYTHON or not worker.entrypoints:
            return
        for part in worker.parts:
            missing = [flag for flag in FLAGS if not has_flag(part, flag)]
            if missing:
                yield WorkerReport(part.path, _place(part), f"a Python workflow needs the flag {' and '.join(missing)}")


def _place(part: WorkerConfig) -> Position:
    key = ("compatibility_flags",) if part.environment is None else ("env", part.environment, "compatibility_flags")
    return part.place(*key).key
