"""Runs of OLD replayed under NEW: what of their results the engine finds, and what it does about the rest.

Keys (``reference/engine.md``; the open-source engine): a ``do`` by name and how many of that name were called before, a sleep
by name, duration in milliseconds and number, a wait by name and number. A result found under a key is used whatever step
made it; a ``do`` that has begun keeps the configuration it began with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analyzer.analyses.diff.aligning import rising
from analyzer.analyses.diff.difference import trees_of
from analyzer.analyses.diff.forms import Form
from analyzer.analyses.diff.matching import Matching
from analyzer.analyses.diff.trees import Tree, settings
from analyzer.analyses.engine import DEFAULT_RETRIES, DEFAULT_TIMEOUT, milliseconds
from analyzer.analyses.inflight.runs import Choices, Event, run, variations
from analyzer.analyses.inflight.verdicts import SEVERITIES, Effect, InFlight, Verdict
from analyzer.graph import model

MAX_RUNS = 400
"""Runs of OLD that are replayed."""

RANKS = {severity: rank for rank, severity in enumerate(model.Severity)}


def in_flight(old: model.Workflow, new: model.Workflow, *, lenient: bool = False) -> InFlight:
    """What happens to instances that have run any part of OLD when they go on under NEW; each effect with its shortest run."""
    matching = Matching(*trees_of(old, new), lenient)
    shortest: dict[tuple[Effect, int | None, int | None], Verdict] = {}
    for choices in _choices(matching):
        runs = run(matching.old, choices[0]), run(matching.new, choices[1])
        for place, verdict in _Replay(matching, *runs).verdicts():
            known = shortest.get(place)
            if known is None or len(verdict.run) < len(known.run):
                shortest[place] = verdict
    ordered = sorted(shortest.values(), key=lambda verdict: (RANKS[SEVERITIES[verdict.effect]], len(verdict.run)))
    unjudged = {event.node for event in run(matching.new, Choices()) if not event.is_static}
    return InFlight(tuple(ordered), len(unjudged))


def _choices(matching: Matching) -> Iterator[tuple[Choices, Choices]]:
    """Choices for both sides: those of OLD as far as NEW has the same structures, and the ways only NEW has."""
    count = 0
    for choices in variations(matching.old):
        yield choices, _mapped(choices, matching.new_of)
        count += 1
        if count > MAX_RUNS:
            return
    for choices in variations(matching.new):
        if any(branch not in matching.old_of for branch in (*choices.arms, *choices.turns, *choices.failing)):
            yield _mapped(choices, matching.old_of), choices
            count += 1
            if count > MAX_RUNS:
                return


def _mapped(choices: Choices, pairs: Mapping[int, int]) -> Choices:
    arms = {pairs[branch]: pairs[arm] for branch, arm in choices.arms.items() if branch in pairs and arm in pairs}
    turns = {pairs[loop]: turns for loop, turns in choices.turns.items() if loop in pairs}
    return Choices(arms, turns, frozenset(pairs[node] for node in choices.failing if node in pairs))


Place = tuple[Effect, int | None, int | None]


class _Replay:
    """One run of OLD and the run of NEW that makes the same choices."""

    def __init__(self, matching: Matching, old: list[Event], new: list[Event]) -> None:
        self.matching, self.old, self.new = matching, old, new
        self.cache = {event.key: index for index, event in enumerate(old) if event.is_static}
        self.places = {(event.node, event.turn): index for index, event in enumerate(old)}
        self.reused: dict[int, int] = {}

    def verdicts(self) -> Iterator[tuple[Place, Verdict]]:
        """Every effect of this run."""
        for index, event in enumerate(self.new):
            if event.is_static and not self._is_inside_reused(event):
                yield from self._judged(index, event)
        yield from self._late()
        yield from self._disordered()
        used = set(self.reused.values())
        for index, event in enumerate(self.old):
            if index not in used and event.is_static and event.inside not in used:
                yield from self._unused(index, event)

    def _is_inside_reused(self, event: Event) -> bool:
        """Whether it stands in a callback that does not run: the engine has the result."""
        return event.inside is not None and event.inside in self.reused

    def _judged(self, index: int, event: Event) -> Iterator[tuple[Place, Verdict]]:
        found = self.cache.get(event.key)
        counterpart = self.matching.old_of.get(event.node)
        place = self.places.get((counterpart, event.turn)) if counterpart is not None else None
        if found is not None:
            self.reused[index] = found
            if self._is_same(self.old[found].node, event.node):
                yield from self._same(found, event)
            elif event.key[0] != "sleep":
                yield self._verdict(Effect.SWAPPED, found, event, found + 1)
        elif place is not None:
            yield self._verdict(AGAIN[event.key[0]], place, event, place + 1)

    def _is_same(self, old: int, new: int) -> bool:
        """Whether two nodes are one step: a pair, or one that is written twice now and equal in both places."""
        counterpart = self.matching.new_of.get(old)
        if counterpart == new:
            return True
        absent = all(event.node != counterpart for event in self.new)
        return absent and new not in self.matching.old_of and self.matching.old.forms[old] == self.matching.new.forms[new]

    def _same(self, found: int, event: Event) -> Iterator[tuple[Place, Verdict]]:
        """A step that finds its own result, or goes on where it was; its settings may be others."""
        old, new = self._old_form(found), self.matching.new.forms[event.node]
        before, after = settings(old), settings(new)
        if event.key[0] == "wait" and before["type"] != after["type"]:
            yield self._verdict(Effect.OTHER_EVENT, found, event, found + 1, pending=True)
        if event.key[0] == "sleep until" and before != after:
            yield self._verdict(Effect.SLEEPS_AGAIN, found, event, found + 1)
        if event.key[0] == "do" and before != after:
            effect = Effect.RETRIES_NARROWER if _is_narrower(before, after) else Effect.RETRIES_WIDER
            yield self._verdict(effect, found, event, found + 1, pending=True)

    def _late(self) -> Iterator[tuple[Place, Verdict]]:
        """New steps in front of some that have a result."""
        following: int | None = None
        for index in reversed(range(len(self.new))):
            event = self.new[index]
            if index in self.reused:
                following = self.reused[index]
            elif following is not None and event.node not in self.matching.old_of and not self._is_inside_reused(event):
                yield self._verdict(Effect.RUNS_LATE, None, event, following + 1)

    def _disordered(self) -> Iterator[tuple[Place, Verdict]]:
        """Steps that find a result but stood elsewhere among the others."""
        order = [(new, old) for new, old in self.reused.items() if self._is_own(new, old)]
        kept = set(rising([old for _, old in order]))
        for position, (new, old) in enumerate(order):
            if position not in kept:
                others = [place for _, place in order if place != old]
                yield self._verdict(Effect.OTHER_ORDER, old, self.new[new], max(old, min(others, default=old)) + 1)

    def _is_own(self, new: int, old: int) -> bool:
        return self.matching.new_of.get(self.old[old].node) == self.new[new].node

    def _unused(self, index: int, event: Event) -> Iterator[tuple[Place, Verdict]]:
        """A result that nothing takes: of a step that is gone, or that this run of NEW does not come to."""
        counterpart = self.matching.new_of.get(event.node)
        if counterpart is None:
            if event.key[0] != "sleep" and event.key[0] != "sleep until":
                yield self._verdict(Effect.ORPHANED, index, None, index + 1)
        elif all(other.node != counterpart for other in self.new):
            yield self._verdict(Effect.OTHER_BRANCH, index, None, index + 1)

    def _verdict(
        self, effect: Effect, old: int | None, new: Event | None, length: int, *, pending: bool = False
    ) -> tuple[Place, Verdict]:
        old_node = None if old is None else self.old[old].node
        new_node = None if new is None else new.node
        verdict = Verdict(
            effect,
            None if old is None else self._old_form(old),
            None if new is None else self.matching.new.forms[new.node],
            _log_name(self.matching.old, self.old[old or 0]) if new is None else _log_name(self.matching.new, new),
            tuple(_log_name(self.matching.old, event) for event in self.old[:length]),
            pending,
        )
        return (effect, old_node, new_node), verdict

    def _old_form(self, index: int) -> Form:
        return self.matching.old.forms[self.old[index].node]


AGAIN = {
    "do": Effect.RUNS_AGAIN,
    "sleep": Effect.SLEEPS_AGAIN,
    "sleep until": Effect.SLEEPS_AGAIN,
    "wait": Effect.WAITS_AGAIN,
}


def _log_name(tree: Tree, event: Event) -> str:
    """What the engine calls a step in its log."""
    return f"{tree.forms[event.node].name}-{event.key[2]}"


def _is_narrower(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Whether NEW tries a step less often, or gives an attempt less time."""
    return any(b < a for a, b in _amounts(old, new))


def _amounts(old: Mapping[str, object], new: Mapping[str, object]) -> Iterable[tuple[float, float]]:
    for key, default in (("retries.limit", DEFAULT_RETRIES), ("timeout", DEFAULT_TIMEOUT)):
        a, b = (milliseconds(default if side[key] is None else side[key]) for side in (old, new))
        if a is not None and b is not None:
            yield a, b
