"""What may happen to an instance that began under OLD and goes on under NEW: kinds, how bad each is, a case of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from analyzer.analyses.diff.forms import Form
from analyzer.graph.model import Severity


class Effect(Enum):
    """What happens. The value is its name in outputs."""

    RUNS_AGAIN = "runs-again"
    SWAPPED = "swapped-result"
    ORPHANED = "orphaned-result"
    SLEEPS_AGAIN = "sleeps-again"
    WAITS_AGAIN = "waits-again"
    OTHER_EVENT = "waits-for-another-event"
    RUNS_LATE = "runs-late"
    OTHER_ORDER = "other-order"
    OTHER_BRANCH = "other-branch"
    RETRIES_NARROWER = "narrower-retries"
    RETRIES_WIDER = "wider-retries"


SEVERITIES = {
    Effect.RUNS_AGAIN: Severity.ERROR,
    Effect.SWAPPED: Severity.ERROR,
    Effect.ORPHANED: Severity.WARNING,
    Effect.SLEEPS_AGAIN: Severity.ERROR,
    Effect.WAITS_AGAIN: Severity.ERROR,
    Effect.OTHER_EVENT: Severity.ERROR,
    Effect.RUNS_LATE: Severity.WARNING,
    Effect.OTHER_ORDER: Severity.WARNING,
    Effect.OTHER_BRANCH: Severity.WARNING,
    Effect.RETRIES_NARROWER: Severity.INFO,
    Effect.RETRIES_WIDER: Severity.INFO,
}
"""An error is breaking: something happens twice, at the wrong time or with another step's result."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One effect on one step.

    ``old`` and ``new``: the step in each version (None: it has none); ``log_name``: what the engine calls it in its log.
    ``run``: the shortest run of OLD that shows it, by the engine's names; ``pending``: the last of them is under way in it.
    """

    effect: Effect
    old: Form | None
    new: Form | None
    log_name: str
    run: tuple[str, ...]
    pending: bool = False

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return SEVERITIES[self.effect]


@dataclass(frozen=True, slots=True)
class InFlight:
    """All verdicts, the worst first. ``unjudged``: how many steps have names that are not static."""

    verdicts: tuple[Verdict, ...]
    unjudged: int

    @property
    def is_breaking(self) -> bool:
        """Whether a verdict is an error."""
        return any(verdict.severity is Severity.ERROR for verdict in self.verdicts)
