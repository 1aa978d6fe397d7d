"""What happens to instances under way, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.analyses.diff.difference import changed_settings
from analyzer.analyses.inflight.verdicts import Effect, InFlight, Verdict
from analyzer.graph.model import Severity
from analyzer.output.diffs.wording import said_settings, title

if TYPE_CHECKING:
    from analyzer.analyses.diff.forms import Form

CAVEAT = (
    "Judged by the keys of the open-source engine (the one of wrangler dev). Not public: whether production makes the same "
    "keys, and whether it goes on with the newest version in an instance that began under an older one."
)
NONE = "nothing happens twice, and every result is found"
WORDS = {Severity.ERROR: "breaking", Severity.WARNING: "warning", Severity.INFO: "note"}
MAX_STEPS = 6
"""Steps of a run that are named; of a longer one the first and the last."""

VERSIONING = "decide between old and new code by event.timestamp, so that instances under way take the old"


def said(verdict: Verdict) -> str:
    """What happens."""
    old, new = _named(verdict.old), _named(verdict.new)
    name = f'"{verdict.log_name}"'
    match verdict.effect:
        case Effect.RUNS_AGAIN:
            return f"{old} runs again: its result is not found under {name}"
        case Effect.SWAPPED:
            return f"{new} takes the result of another step: {name} was {old}"
        case Effect.ORPHANED:
            return f"the result of {old} is not used any more"
        case Effect.SLEEPS_AGAIN:
            return f"{old} begins anew as {name}{_setting(verdict)}: name and duration are its key"
        case Effect.WAITS_AGAIN:
            return f"{old} waits again, as {name}: an event that has come does not count"
        case Effect.OTHER_EVENT:
            return f"{new} now waits for another event{_setting(verdict)}: the old one does not end it"
        case Effect.RUNS_LATE:
            return f"{new} is new in front of steps that have run: it runs after them"
        case Effect.OTHER_ORDER:
            return f"{new} stands elsewhere among steps that have run: they ran in the old order"
        case Effect.OTHER_BRANCH:
            return f"{old} has run, but now stands where this run does not come to"
        case Effect.RETRIES_NARROWER | Effect.RETRIES_WIDER:
            width = "fewer or shorter" if verdict.effect is Effect.RETRIES_NARROWER else "other or longer"
            return f"{new} gets {width} attempts{_setting(verdict)}; if it has begun, it keeps the old ones"


def way_out(verdict: Verdict) -> str:
    """What to do about it; empty if there is nothing to do."""
    match verdict.effect:
        case Effect.RUNS_AGAIN | Effect.WAITS_AGAIN:
            return f"keep the name {_name(verdict.old)}, or {VERSIONING}"
        case Effect.SWAPPED:
            return f"give the new step a name that was never used instead of {_name(verdict.new)}"
        case Effect.SLEEPS_AGAIN:
            return f"keep name and duration, or {VERSIONING}"
        case Effect.OTHER_EVENT:
            return "send events of both types for a while, or wait for the new one under a new name behind the old wait"
        case Effect.ORPHANED | Effect.RUNS_LATE | Effect.OTHER_ORDER | Effect.OTHER_BRANCH:
            return VERSIONING
        case Effect.RETRIES_NARROWER | Effect.RETRIES_WIDER:
            return ""


def shortest_run(verdict: Verdict) -> str:
    """The run that shows it."""
    run = [*verdict.run]
    if verdict.pending:
        run[-1] += " (under way)"
    if len(run) > MAX_STEPS:
        run = [*run[: MAX_STEPS // 2], f"… {len(run) - MAX_STEPS} more …", *run[-MAX_STEPS // 2 :]]
    return ", ".join(run)


def lines(found: InFlight) -> Iterator[tuple[str, Verdict | None]]:
    """What is said of instances under way: a headline for each verdict, and remarks without one."""
    for verdict in found.verdicts:
        yield f"{WORDS[verdict.severity]}: {said(verdict)}", verdict
    if not found.verdicts:
        yield NONE, None
    if found.unjudged:
        yield f"not judged: {found.unjudged} step{'s' if found.unjudged > 1 else ''} without a static name", None


def _named(form: Form | None) -> str:
    return "" if form is None else title(form)


def _name(form: Form | None) -> str:
    return "" if form is None else f'"{form.name}"'


def _setting(verdict: Verdict) -> str:
    if verdict.old is None or verdict.new is None:
        return ""
    changes = changed_settings(verdict.old, verdict.new)
    return f" ({said_settings(changes)})" if changes else ""
