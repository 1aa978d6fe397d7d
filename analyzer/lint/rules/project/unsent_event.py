"""SG405."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import WorkerContext, WorkerReport, WorkerRule


class UnsentEvent(WorkerRule):
    """A workflow waits for an event that nothing in the project sends.

    ## What it does
    Compares the constant event types that the workflows of the project wait for with those of its `sendEvent({ type })` calls
    (Python `send_event`). Says nothing if one of these has a type that is not constant.

    ## Why it is bad
    A misspelt type is never delivered: the instance waits until its timeout. Off by default, because events may also be sent
    through the REST API or by other projects.

    ## Use instead
    One constant for the type, imported where it is sent and where it is waited for.
    """

    code = "SG405"
    name = "unsent-event"
    severity = Severity.INFO
    proof = Proof.SOURCE
    on = False

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """Waits for types that are not sent."""
        own, project = worker.events
        known = {place.type for place in project.sent}
        if None in known:
            return
        for place in own.waited:
            if place.type is not None and place.type not in known:
                yield WorkerReport(
                    place.path, place.start, f'nothing in the project sends an event of type "{place.type}"', place.end
                )
