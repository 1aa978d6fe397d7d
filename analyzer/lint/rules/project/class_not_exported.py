"""SG401."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.words import did_you_mean
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule


class ClassNotExported(WorkerRule):
    """The configuration names a class the worker does not have.

    ## What it does
    Reports a `class_name` under `workflows`, or a key of `exports`, that the worker's `main` does not export, or that is no
    workflow entrypoint.

    ## Why it is bad
    The deployment fails, and not before the upload: neither wrangler nor its types look for the class. Documentation: Workers
    API, `class_name` is the class the worker exports.

    ## Use instead
    Export the class from the file `main` names: `export { Orders } from "./orders"`.
    """

    code = "SG401"
    name = "class-not-exported"
    severity = Severity.ERROR
    proof = Proof.DOCS

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Entries whose class is not there."""
        if worker.exports is None:
            return
        known = [name for name, kind in worker.exports.items() if kind]
        for part, entry in worker.entries():
            name = entry.class_name
            if name is None or worker.exports.get(name) or (name not in worker.exports and not worker.complete):
                continue
            place = part.place(*entry.key, "class_name").value
            if name not in worker.exports:
                yield WorkerReport(part.path, place, f"{worker.main} does not export a class {name}{did_you_mean(name, known)}")
            elif worker.exports[name] is False:
                yield WorkerReport(part.path, place, f"{name} is no workflow: it does not extend WorkflowEntrypoint")
