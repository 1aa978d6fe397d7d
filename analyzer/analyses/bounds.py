"""How many steps a run takes: at least, at most, and at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from analyzer.analyses.amounts import NOTHING, Amount, amount, largest, smallest, symbol, total
from analyzer.analyses.folding import fold_functions
from analyzer.analyses.paths import Costs, cost
from analyzer.analyses.turns import turns_of
from analyzer.graph.model import (
    Block,
    FunctionCall,
    If,
    Join,
    Loop,
    Node,
    Scope,
    Started,
    StepDo,
    StepSleep,
    StepSleepUntil,
    StepWaitForEvent,
    Switch,
    Try,
    Workflow,
    children,
    walk,
)
from analyzer.records import field, record
from analyzer.source import Span

ONE = amount(1)
TurnNames = Callable[[Loop], str]
"""The symbol for the number of turns of a loop that is not constant."""


@record
class Bounds:
    """Of one run that ends without an error: ``do`` steps at least and at most, all steps at most (sleeps and waits too),
    and how many of them run at the same time at most. ``exact``: false for a graph out of a payload."""

    least: int
    most: Amount
    steps: Amount
    at_once: Amount
    exact: bool


def bounds(workflow: Workflow, turn_name: TurnNames | None = None) -> Bounds:
    """The bounds of a workflow; linear in the size of its graph. ``turn_name`` names loops, by default ``n1``, ``n2``, …"""
    name = turn_name or numbered(workflow)
    least = cost(workflow, Costs(_do_steps, smallest, _fewest_turns, lambda _: NOTHING))
    most = Costs(_do_steps, largest, _turns(name), _recursion)
    steps = Costs(_all_steps, largest, _turns(name), _recursion)
    at_once = fold_functions(workflow, _Width(name).node, _sequence).peak
    return Bounds(int(least.number), cost(workflow, most), cost(workflow, steps), at_once, workflow.exact)


def numbered(workflow: Workflow) -> TurnNames:
    """Names loops whose turns are not constant by their number in the workflow, from 1: ``n1``, ``n2``, …"""
    names: dict[int, str] = {}
    for body in (workflow.body, *(function.body for function in workflow.functions)):
        for node in walk(body):
            match node:
                case Loop(turns=None, id=id_):
                    names[id_] = f"n{len(names) + 1}"
                case _:
                    continue
    return lambda loop: names[loop.id]


def turn_names(workflow: Workflow, bounds_of_loops: Mapping[Span, str]) -> TurnNames:
    """Names loops after what they run through, by the span of the loop; others by number."""
    number = numbered(workflow)

    def name(loop: Loop) -> str:
        text = None if loop.span is None else bounds_of_loops.get(loop.span)
        return turns_of(text) if text else number(loop)

    return name


def _do_steps(node: Node) -> Amount:
    match node:
        case StepDo():
            return ONE
        case _:
            return NOTHING


def _all_steps(node: Node) -> Amount:
    match node:
        case StepDo() | StepSleep() | StepSleepUntil() | StepWaitForEvent():
            return ONE
        case _:
            return NOTHING


def _fewest_turns(loop: Loop, turn: Amount) -> Amount:
    if loop.turns is not None:
        return turn.times(loop.turns)
    return turn if loop.at_least_once else NOTHING


def _turns(name: TurnNames) -> Callable[[Loop, Amount], Amount]:
    def times(loop: Loop, turn: Amount) -> Amount:
        if not turn:
            return turn
        return turn.times(name(loop) if loop.turns is None else loop.turns)

    return times


def _recursion(name: str) -> Amount:
    return symbol(f"calls of {name}")


# ---------------------------------------------------------------- at once


@record
class _Load:
    """The most that runs at the same time within a part, what of it goes on behind it, by promise, and what it joins."""

    peak: Amount = NOTHING
    open: Mapping[int, Amount] = field(default_factory=dict)
    joined: frozenset[int] = frozenset()


def _sequence(parts: Sequence[tuple[Node, _Load]]) -> _Load:
    running: dict[int, Amount] = {}
    peak = around = NOTHING
    joined: set[int] = set()
    for node, load in parts:
        peak = largest([peak, around + load.peak])
        for id_ in (*_members(node), *load.joined):
            ended = running.pop(id_, None)
            joined.add(id_)
            around = around if ended is None else around - ended
        for id_, width in load.open.items():
            if id_ not in running:
                around = around + width
            running[id_] = width
    return _Load(peak, running, frozenset(joined))


def _members(node: Node) -> tuple[int, ...]:
    match node:
        case Join(members=members):
            return members
        case _:
            return ()


class _Width:
    def __init__(self, name: TurnNames) -> None:
        self.name = name

    def node(self, node: Node, inner: list[_Load], functions: dict[str, _Load]) -> _Load:
        """How much of a node runs at the same time."""
        match node:
            case StepDo(started=started, id=id_):
                return _kept(ONE + inner[0].peak, started, id_)
            case StepSleep(started=started, id=id_) | StepSleepUntil(started=started, id=id_):
                return _kept(ONE, started, id_)
            case StepWaitForEvent(started=started, id=id_):
                return _kept(ONE, started, id_)
            case FunctionCall(name=name, started=started, id=id_):
                known = functions.get(name)
                return _kept(_recursion(name) if known is None else known.peak, started, id_)
            case Block(started=started, id=id_):
                return _kept(inner[0].peak, started, id_)
            case Loop():
                return self._loop(node, inner[0])
            case If() | Switch() | Try() | Scope():
                return _either(inner)
            case Join():
                return _Load()
            case _:
                return _together(inner)

    def _loop(self, loop: Loop, body: _Load) -> _Load:
        """What a turn leaves running, the others meet."""
        if not body.open:
            return body
        factor: str | int = self.name(loop) if loop.turns is None else loop.turns
        left = {id_: width.times(factor) for id_, width in body.open.items()}
        running = total(body.open.values())
        within = largest([body.peak, running]) == running  # then what is left of all turns is more than one turn's peak
        after = total(left.values())
        return _Load(after if within else largest([body.peak, after]), left, body.joined)


def _kept(width: Amount, started: Started, id_: int) -> _Load:
    return _Load(width, {} if started is Started.AWAITED else {id_: width})


def _either(ways: list[_Load]) -> _Load:
    left: dict[int, Amount] = {}
    for way in ways:
        for id_, width in way.open.items():
            left[id_] = largest([left[id_], width]) if id_ in left else width
    peak = largest(way.peak for way in ways)
    return _Load(peak, left, frozenset().union(*(way.joined for way in ways)))


def _together(elements: list[_Load]) -> _Load:
    left = {id_: width for element in elements for id_, width in element.open.items()}
    return _Load(total(element.peak for element in elements), left)


# ---------------------------------------------------------------- a quick look


def cannot_exceed(workflow: Workflow, limit: int) -> bool:
    """Whether a run certainly takes no more ``do`` steps than a limit, or is bounded by nothing constant.

    Counts every step as if each ran, so that the exact answer has to be computed for unusual workflows only.
    """
    sizes: dict[str, float] = {}
    for function in reversed(workflow.functions):
        sizes[function.name] = _size(function.body, sizes)
    return _size(workflow.body, sizes) <= limit


def _size(body: tuple[Node, ...], sizes: Mapping[str, float]) -> float:
    size = 0.0
    pending: list[tuple[Node, int]] = [(node, 1) for node in body]
    while pending:
        node, times = pending.pop()
        match node:
            case StepDo():
                size += times
            case FunctionCall(name=name):
                size += times * sizes.get(name, math.inf)
            case Loop(turns=int(turns)):
                times *= turns
            case _:
                pass
        pending += [(inner, times) for inner in children(node)]
    return size
