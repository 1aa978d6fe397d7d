"""SG406."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule


class UnawaitedEvent(WorkerRule):
    """The project sends an event that none of its workflows waits for.

    ## What it does
    Compares the constant types of `sendEvent({ type })` calls (Python `send_event`) with those that the workflows of the
    project wait for. Says nothing if one of these has a type that is not constant.

    ## Why it is bad
    The event is stored with the instance and never read. Off by default, because the workflow may belong to another project.

    ## Use instead
    One constant for the type, imported where it is sent and where it is waited for.
    """

    code = "SG406"
    name = "unawaited-event"
    severity = Severity.INFO
    proof = Proof.SOURCE
    on = False

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Sent types that are not waited for."""
        own, project = worker.events
        known = {place.type for place in project.waited}
        if None in known:
            return
        for place in own.sent:
            if place.type is not None and place.type not in known:
                yield WorkerReport(
                    place.path, place.start, f'no workflow of the project waits for an event of type "{place.type}"', place.end
                )
