"""SG408."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule


class MissingEnvironmentBinding(WorkerRule):
    """An environment does not repeat the workflows the code uses.

    ## What it does
    Reports an environment (`env.*`) without `workflows`, where the top level has some, and the worker's code uses one of their
    bindings.

    ## Why it is bad
    `workflows` is not inherited: in that environment the binding is undefined. wrangler warns only.

    ## Use instead
    The entries of `workflows` again in each environment, with a name of their own.
    """

    code = "SG408"
    name = "missing-environment-binding"
    severity = Severity.WARNING
    proof = Proof.WRANGLER

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Environments without bindings that the code uses."""
        used = [entry.binding for entry in worker.config.workflows if entry.binding and _uses(worker, entry.binding)]
        for problem in worker.config.problems:
            if problem.kind.name == "NOT_INHERITED" and used:
                message = f"{problem.message}: the code uses {', '.join(used)}"
                yield WorkerReport(worker.config.path, problem.position, message)


def _uses(worker: WorkerContext, binding: str) -> bool:
    word = re.compile(rf"\b{re.escape(binding)}\b")
    return any(word.search(text) for text in worker.texts)
