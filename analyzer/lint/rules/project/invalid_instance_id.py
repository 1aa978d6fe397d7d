"""SG410."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.engine import EVENT_TYPE, MAX_INSTANCE_ID
from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule


class InvalidInstanceId(WorkerRule):
    """An instance is created under an id that the platform refuses.

    ## What it does
    Reports a constant `id` in `create` and `createBatch` calls on a workflow's binding that is not 1 to 100 letters, digits,
    `-` and `_`, or begins with `-`.

    ## Why it is bad
    `create` throws "Workflow instance has invalid id". Documentation: Limits.

    ## Use instead
    Letters, digits, `-` and `_`; no `id` at all gives the instance a random one.
    """

    code = "SG410"
    name = "invalid-instance-id"
    severity = Severity.ERROR
    proof = Proof.DOCS

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Constant ids that are refused."""
        for creation in worker.creations:
            id_ = creation.id
            if id_ is not None and not (EVENT_TYPE.fullmatch(id_) and len(id_) <= MAX_INSTANCE_ID):
                message = f"instance id {id_[:60]!r} is refused: 1 to {MAX_INSTANCE_ID} letters, digits, _ and -, not - first"
                yield WorkerReport(creation.path, creation.start, message, creation.end)
