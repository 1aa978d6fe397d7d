"""The durations of a step call that are known, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from analyzer.analyses.engine import milliseconds
from analyzer.graph.facts import Given, StepFact, StepKind, ValueKind
from analyzer.records import record


class Role(Enum):
    """What a duration is for, as a message says it."""

    SLEEP = "the duration"
    DELAY = "retries.delay"
    TIMEOUT = "the timeout"
    WAIT = "the timeout of this wait"
    ROLLBACK_DELAY = "the delay of the rollback"
    ROLLBACK_TIMEOUT = "the timeout of the rollback"


@record
class KnownDuration:
    """A duration of a step call: what it is for, and the value."""

    role: Role
    given: Given

    @property
    def milliseconds(self) -> float | None:
        """How long it is, if it is a constant every engine reads alike."""
        return milliseconds(self.given.value) if self.given.kind is ValueKind.CONSTANT else None


def durations(fact: StepFact) -> Iterator[KnownDuration]:
    """The durations handed to a step call, constant or not."""
    if fact.kind is StepKind.SLEEP and fact.when is not None:
        yield KnownDuration(Role.SLEEP, fact.when)
    if fact.kind is StepKind.WAIT_FOR_EVENT and fact.timeout is not None:
        yield KnownDuration(Role.WAIT, fact.timeout)
    yield from _configured(fact.config, Role.DELAY, Role.TIMEOUT)
    rollback = None if fact.rollback is None else fact.rollback.get("rollbackConfig")
    if rollback is not None:
        yield from _configured(rollback.value, Role.ROLLBACK_DELAY, Role.ROLLBACK_TIMEOUT)


def _configured(config: Given | None, delay_role: Role, timeout_role: Role) -> Iterator[KnownDuration]:
    if config is None:
        return
    timeout, retries = config.get("timeout"), config.get("retries")
    delay = None if retries is None else retries.value.get("delay")
    if delay is not None:
        yield KnownDuration(delay_role, delay.value)
    if timeout is not None:
        yield KnownDuration(timeout_role, timeout.value)
