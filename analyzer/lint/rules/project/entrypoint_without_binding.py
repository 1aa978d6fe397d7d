"""SG402."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule


class EntrypointWithoutBinding(WorkerRule):
    """A workflow class is in the worker, but not in its configuration.

    ## What it does
    Reports entrypoint classes that a worker's `main` exports, and that no entry of `workflows` or `exports` in its
    configuration names, in no environment.

    ## Why it is bad
    The class is bundled and deployed, and no workflow is made of it: nothing can start it. Documentation: Workers
    API, a Workflow is made by its entry in the configuration.

    ## Use instead
    An entry in the configuration: `{ "name": "orders", "binding": "ORDERS", "class_name": "Orders" }`.
    """

    code = "SG402"
    name = "entrypoint-without-binding"
    severity = Severity.WARNING
    proof = Proof.DOCS

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Entrypoints without an entry."""
        named = {entry.class_name for part in worker.parts for entry in (*part.workflows, *part.exports)}
        for place in worker.entrypoints:
            if place.class_name not in named and (worker.exports or {}).get(place.class_name):
                message = f"no workflow of {worker.config.path} has the class {place.class_name}: nothing can start it"
                yield WorkerReport(place.path, place.start, message, place.end)
