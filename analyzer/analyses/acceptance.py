"""Whether an observed run is a path of a control-flow graph.

The graph is run along the trace: a set of states is carried from event to event, and the trace is refused where no state
allows the next event. A thread moves only as far as an event demands, so what happens between the events is not guessed
early. What a graph does not say is allowed: code between nodes may raise anywhere, and a race may be won by a promise that
holds no step. A function that calls itself may return to any of the calls it was entered by, and what it starts beside
itself is not counted. Refusal is therefore sound: a refused trace is no path of the graph. States and moves are bounded,
so the cost is polynomial; a trace that needs more is not decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.analyses.flow_graph import ControlFlow
from analyzer.analyses.run_search import Search
from analyzer.analyses.run_states import Opened, State, Thread, distinct
from analyzer.analyses.traces import Ended, Outcome, Started, Trace
from analyzer.graph import model
from analyzer.records import record

MAX_STATES = 200
"""States carried from one event to the next."""


@record
class Verdict:
    """Whether a trace is a path of a graph.

    ``decided`` is false where a bound was met before the trace was refused; it then counts as accepted. ``refused_at`` is
    the index of the first event that no path allows, or the number of events if the outcome is what does not fit.
    ``edges`` are those of one path that allows the trace (up to there), ``matched`` pairs of a call and its START point.
    """

    accepted: bool
    decided: bool
    refused_at: int | None
    edges: frozenset[tuple[int, int]]
    matched: tuple[tuple[int, int], ...]


def accepts(flow: ControlFlow, trace: Trace) -> Verdict:
    """Runs a control-flow graph along a trace, whose calls must start before they end."""
    simulation = _Simulation(flow, trace.nested)
    run = flow.bodies[0]
    states = [State((Thread(0, run.entry, run.index),))]
    for index, event in enumerate(trace.events):
        following = simulation.follow(states, event)
        if not following:
            return simulation.refusal(states[0], index)
        states = following
    ended = simulation.conclude(states, trace.outcome)
    if ended is None:
        return simulation.refusal(states[0], len(trace.events))
    return Verdict(True, True, None, *_path(flow, ended))


def _path(flow: ControlFlow, state: State) -> tuple[frozenset[tuple[int, int]], tuple[tuple[int, int], ...]]:
    """The edges passed, and the calls matched. From a START to the END of what ran in between there is no edge."""
    edges = set()
    matched = []
    passed = state.passed
    while passed is not None:
        if flow.graph.has_edge(passed.source, passed.target):
            edges.add((passed.source, passed.target))
        if passed.call is not None:
            matched.append((passed.call, passed.target))
        passed = passed.before
    return frozenset(edges), tuple(sorted(matched))


def _likeliest(states: list[State]) -> State:
    return min(states, key=lambda state: state.doubts)


class _Simulation:
    """The states of a graph that a trace allows, from event to event."""

    def __init__(self, flow: ControlFlow, nested: bool) -> None:
        self.flow = flow
        self.nested = nested
        self.search = Search(flow)

    def follow(self, states: Iterable[State], event: Started | Ended) -> list[State]:
        """The states after an event, at most ``MAX_STATES``."""
        self.search.moves = 0
        match event:
            case Started():
                found = (after for state in states for after in self._started(state, event))
            case Ended(call=call, failed=failed):
                self.search.rules.failed[call] = failed
                found = (after for state in states for after in self._ended(state, call, failed))
        following = distinct(sorted(found, key=lambda after: after.doubts))
        self.search.limited |= len(following) > MAX_STATES
        return following[:MAX_STATES]

    def _started(self, state: State, event: Started) -> Iterator[State]:
        for thread in state.threads:
            if not self.nested or thread.inside == event.inside:
                for key, reached in self.search.reach(state, thread.key, event.points):
                    yield self._begin(reached, key, event)

    def _begin(self, state: State, key: int, event: Started) -> State:
        thread = state.get(key)
        assert thread is not None
        if thread.due:
            state = self._taken_up(state, thread, event.call)
        elif thread.pooled:
            state, _ = state.drop(key).pool(thread)
        else:
            state = state.put(self._waiting(thread, event.call))
        state = state.matching(thread.point, event.call)
        body = self.flow.inner.get(thread.point)
        if body is None:
            return state
        entry = self.flow.bodies[body].entry
        callback = Thread(
            state.fresh, entry, body, site=thread.point, step=event.call, inside=event.call, up=thread.up if thread.due else key
        )
        return state.add(callback).over(thread.point, entry)

    def _taken_up(self, state: State, thread: Thread, call: int) -> State:
        """Whoever waits for a thread that was to start a step waits for the step from now on."""
        if thread.pooled:
            return state.drop(thread.key)
        state = state.drop(thread.key)
        for other in state.threads:
            if any(opened.thread == thread.key for opened in other.opens):
                opens = (o._replace(call=call, thread=None) if o.thread == thread.key else o for o in other.opens)
                state = state.put(other._replace(opens=tuple(opens)))
        return state

    def _waiting(self, thread: Thread, call: int) -> Thread:
        """A thread that has just started a step."""
        node = self.flow.promises[thread.point]
        match node.started:
            case model.Started.AWAITED:
                return thread._replace(waits=call)
            case model.Started.KEPT:
                opened = Opened(self.search.rules.frame(thread.stack), node.id, call, None)
                return thread._replace(opens=(*thread.opens, opened))
            case model.Started.FLOATING:
                return thread

    def _ended(self, state: State, call: int, failed: bool) -> Iterator[State]:
        """A step ends well only where its callback can; after a failure its last attempt may still be running."""
        callback = next((thread for thread in state.threads if thread.step == call), None)
        if callback is None:
            yield state
            return
        yield from (after for badly, after in self.search.finish(state, callback.key) if badly is failed)
        if failed:
            yield state.put(callback._replace(step=None))._replace(doubts=state.doubts + 1)

    def conclude(self, states: Iterable[State], outcome: Outcome) -> State | None:
        """The likeliest state in which run has ended as observed, None if it cannot have; the rest has ended where it can."""
        self.search.moves = 0
        if outcome is Outcome.UNKNOWN:
            return next(iter(states))
        ends = (end for state in states for end in self.search.finish(state, 0))
        fitting = [after for badly, after in ends if badly is (outcome is Outcome.ERRORED)]
        if not fitting:
            return None
        last = _likeliest(fitting)
        for thread in last.threads:
            if last.get(thread.key) is not None and not thread.pooled:
                last = _likeliest([after for _, after in self.search.finish(last, thread.key)] or [last])
        return last

    def refusal(self, last: State, index: int) -> Verdict:
        """The verdict where nothing allows an event."""
        limited = self.search.limited
        return Verdict(limited, not limited, None if limited else index, *_path(self.flow, last))
