"""How long a run may take in the worst case: every attempt fails but the last, every timeout is used up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from analyzer.analyses.amounts import NOTHING, Amount, amount, largest, smallest, symbol
from analyzer.analyses.bounds import TurnNames, numbered
from analyzer.analyses.engine import (
    DEFAULT_DELAY,
    DEFAULT_RETRIES,
    DEFAULT_TIMEOUT,
    DEFAULT_WAIT,
    in_words,
    milliseconds,
)
from analyzer.analyses.folding import fold_functions
from analyzer.graph.model import (
    Block,
    Config,
    Duration,
    FunctionCall,
    If,
    Join,
    JoinKind,
    Loop,
    Node,
    Parallel,
    Started,
    StepDo,
    StepSleep,
    StepSleepUntil,
    StepWaitForEvent,
    Switch,
    Workflow,
)
from analyzer.records import field, record

FIRST = frozenset({JoinKind.RACE, JoinKind.ANY})
MAX_DOUBLINGS = 60
"""Retries after which doubled delays are beyond any run's life."""


@record
class WorstCase:
    """The longest a run takes that the engine allows, in milliseconds; ``exact``: false for a graph out of a payload."""

    length: Amount
    exact: bool

    @property
    def text(self) -> str:
        """It as a person reads it."""
        return self.length.text(in_words)


def worst_case(workflow: Workflow, turn_name: TurnNames | None = None) -> WorstCase:
    """The worst case of a workflow; linear in the size of its graph. Code outside steps counts as nothing."""
    clock = _Clock(turn_name or numbered(workflow))
    return WorstCase(fold_functions(workflow, clock.node, _sequence).length, workflow.exact)


def step_length(node: StepDo) -> Amount:
    """Milliseconds a ``do`` step takes if every attempt but the last fails after its whole timeout."""
    config = node.config
    timeout = _known(config.timeout, DEFAULT_TIMEOUT)
    retries = DEFAULT_RETRIES if config.limit is None else config.limit
    match timeout, retries:
        case float(), int() | float():
            return amount((retries + 1) * timeout) + _delays(config, retries, node.name)
        case _:
            return symbol(f'step "{node.name}"')


def _delays(config: Config, retries: float, name: str) -> Amount:
    delay = _known(config.delay, DEFAULT_DELAY)
    if retries <= 0:
        return NOTHING
    if delay is None:
        return symbol(f'delays of step "{name}"')
    match config.backoff:
        case "constant":
            return amount(delay * retries)
        case "linear":
            return amount(delay * retries * (retries + 1) / 2)
        case _:
            return amount(delay * (2**retries - 1) if retries <= MAX_DOUBLINGS else math.inf)


def _known(duration: Duration, default: float) -> float | None:
    return float(default) if duration is None else milliseconds(duration)


# ---------------------------------------------------------------- the clock


@record
class _Time:
    """How long a part takes, when what it starts and leaves ends (from the part's beginning), and what it waits for."""

    length: Amount = NOTHING
    open: Mapping[int, Amount] = field(default_factory=dict)
    waits: tuple[Join, ...] = ()


def _sequence(parts: Sequence[tuple[Node, _Time]]) -> _Time:
    now = NOTHING
    ends: dict[int, Amount] = {}
    waits: list[Join] = []
    for _, time in parts:
        start = now
        now = start + time.length
        for id_, end in time.open.items():
            ends[id_] = start + end
        for join in time.waits:
            known = [ends[id_] for id_ in join.members if id_ in ends]
            if known:
                now = largest([now, smallest(known) if join.kind in FIRST else largest(known)])
            if len(known) < len(join.members):
                waits.append(join)
    return _Time(now, ends, tuple(waits))


class _Clock:
    def __init__(self, name: TurnNames) -> None:
        self.name = name

    def node(self, node: Node, inner: list[_Time], functions: dict[str, _Time]) -> _Time:
        """How long a node takes."""
        match node:
            case StepDo(started=started, id=id_):
                return _started(step_length(node), started, id_)
            case StepSleep(name=name, duration=duration, started=started, id=id_):
                known = milliseconds(duration)
                return _started(symbol(f'sleep "{name}"') if known is None else amount(max(known, 0)), started, id_)
            case StepSleepUntil(name=name, started=started, id=id_):
                return _started(symbol(f'sleep "{name}"'), started, id_)
            case StepWaitForEvent(name=name, options=options, started=started, id=id_):
                known = None if options is None else _known(options.timeout, DEFAULT_WAIT)
                return _started(symbol(f'wait "{name}"') if known is None else amount(known or DEFAULT_WAIT), started, id_)
            case FunctionCall(name=name, started=started, id=id_):
                called = functions.get(name)
                return _started(symbol(f"calls of {name}") if called is None else called.length, started, id_)
            case Block(started=started, id=id_):
                return _started(inner[0].length, started, id_)
            case Join():
                return _Time(waits=(node,))
            case Loop():
                return self._loop(node, inner[0])
            case If() | Switch() | Parallel():
                return _beside(inner)
            case _:
                return _sequence([(node, part) for part in inner])

    def _loop(self, loop: Loop, body: _Time) -> _Time:
        factor: str | int = self.name(loop) if loop.turns is None else loop.turns
        before = body.length.times(factor)
        return _Time(before, {id_: before + end for id_, end in body.open.items()}, body.waits)


def _started(length: Amount, started: Started, id_: int) -> _Time:
    return _Time(length) if started is Started.AWAITED else _Time(NOTHING, {id_: length})


def _beside(ways: list[_Time]) -> _Time:
    """Branches, of which one runs, and elements that run side by side: the longest counts."""
    ends: dict[int, Amount] = {}
    for way in ways:
        for id_, end in way.open.items():
            ends[id_] = largest([ends[id_], end]) if id_ in ends else end
    waits = tuple(join for way in ways for join in way.waits)
    return _Time(largest(way.length for way in ways), ends, waits)
