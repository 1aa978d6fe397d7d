"""SG411."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule


class MissingParameter(WorkerRule):
    """An instance is not given what its workflow reads.

    ## What it does
    Compares the `params` of `create` and `createBatch` calls, where they are an object written out, with the fields that the
    workflow reads of `event.payload`.

    ## Why it is bad
    The field is undefined in the workflow. Off by default, because it may be optional.

    ## Use instead
    The field in `params`, or a type of the payload that the compiler checks: `Workflow<Params>`.
    """

    code = "SG411"
    name = "missing-parameter"
    severity = Severity.INFO
    proof = Proof.SOURCE
    on = False

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Fields that are read but not given."""
        for creation in worker.creations:
            if creation.missing:
                fields = ", ".join(creation.missing)
                message = f"the workflow reads {fields} of its payload, which params does not have"
                yield WorkerReport(creation.path, creation.start, message, creation.end)
