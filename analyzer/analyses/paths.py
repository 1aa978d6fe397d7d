"""What adds up along the paths through a graph: the least or the most of it, with every way to leave taken into account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from analyzer.analyses.amounts import NOTHING, Amount
from analyzer.analyses.folding import fold_functions
from analyzer.graph.model import (
    Block,
    Case,
    FunctionCall,
    If,
    Jump,
    JumpKind,
    Loop,
    Node,
    Parallel,
    Scope,
    StepDo,
    Switch,
    Try,
    Workflow,
)
from analyzer.records import field, record, replace

Exit = tuple[JumpKind, int | None]
Choose = Callable[[Iterable[Amount]], Amount]
RETURN: Exit = (JumpKind.RETURN, None)
THROW: Exit = (JumpKind.THROW, None)


@record
class Paths:
    """What it costs to get to the end (None: no path does), and to leave by each jump."""

    fall: Amount | None = NOTHING
    exits: dict[Exit, Amount] = field(default_factory=dict)


@record
class Costs:
    """What is counted: of each step by itself, and how of several ways one is chosen.

    ``turns``: how a loop's turns multiply what one turn costs. ``recursion``: what a call of a function costs that is
    being evaluated.
    """

    step: Callable[[Node], Amount]
    choose: Choose
    turns: Callable[[Loop, Amount], Amount]
    recursion: Callable[[str], Amount]


def cost(workflow: Workflow, costs: Costs) -> Amount:
    """What a whole run costs that ends without an error."""
    evaluator = _Evaluator(costs)
    return evaluator.completion(fold_functions(workflow, evaluator.node, evaluator.sequence))


class _Evaluator:
    def __init__(self, costs: Costs) -> None:
        self.costs = costs

    def sequence(self, parts: Sequence[tuple[Node, Paths]]) -> Paths:
        """Nodes one after another, until none goes on."""
        fall: Amount | None = NOTHING
        exits: dict[Exit, Amount] = {}
        for _, paths in parts:
            if fall is None:
                break
            for key, amount in paths.exits.items():
                self._offer(exits, key, fall + amount)
            fall = None if paths.fall is None else fall + paths.fall
        return Paths(fall, exits)

    def completion(self, paths: Paths) -> Amount:
        """What it costs to end by the end or a return; nothing if every path throws."""
        ends = [amount for amount in (paths.fall, paths.exits.get(RETURN)) if amount is not None]
        return self.costs.choose(ends) if ends else NOTHING

    def node(self, node: Node, inner: list[Paths], functions: dict[str, Paths]) -> Paths:
        """A node from its sequences."""
        match node:
            case Jump(kind=kind, target=target):
                return Paths(None, {(kind, target): NOTHING})
            case FunctionCall(name=name):
                known = functions.get(name)
                return Paths(self.costs.recursion(name) if known is None else self.completion(known))
            case StepDo():
                return Paths(self.costs.step(node) + self.completion(inner[0]))
            case Block() | Parallel():
                return Paths(_sum(map(self.completion, inner)))
            case Scope(id=id_):
                return self._left_by(inner[0], {(JumpKind.RETURN, id_), (JumpKind.BREAK, id_)})
            case Loop():
                return self._loop(node, inner[0])
            case If(cases=cases):
                return self._either(inner, cases)
            case Switch(id=id_, cases=cases):
                return self._left_by(self._either(self._falling(inner), cases), {(JumpKind.BREAK, id_)})
            case Try(handler=handler, final=final):
                return self._try(inner, handler is not None, final is not None)
            case _:
                return Paths(self.costs.step(node))

    def _either(self, ways: list[Paths], cases: tuple[Case, ...]) -> Paths:
        if all(case.condition is not None for case in cases):
            ways = [*ways, Paths()]
        return self._merged(ways)

    def _merged(self, ways: Iterable[Paths]) -> Paths:
        falls: list[Amount] = []
        exits: dict[Exit, Amount] = {}
        for way in ways:
            if way.fall is not None:
                falls.append(way.fall)
            for key, amount in way.exits.items():
                self._offer(exits, key, amount)
        return Paths(self.costs.choose(falls) if falls else None, exits)

    def _falling(self, bodies: list[Paths]) -> list[Paths]:
        """Cases of a switch, each with those it runs on into."""
        ways: list[Paths] = []
        after = Paths()
        for body in reversed(bodies):
            after = self._then(body, after)
            ways.append(after)
        return ways

    def _then(self, first: Paths, second: Paths) -> Paths:
        if first.fall is None:
            return first
        exits = dict(first.exits)
        for key, amount in second.exits.items():
            self._offer(exits, key, first.fall + amount)
        return Paths(None if second.fall is None else first.fall + second.fall, exits)

    def _left_by(self, paths: Paths, keys: set[Exit]) -> Paths:
        """Paths of which some exits only lead to the end."""
        ends = [paths.fall, *(amount for key, amount in paths.exits.items() if key in keys)]
        falls = [amount for amount in ends if amount is not None]
        exits = {key: amount for key, amount in paths.exits.items() if key not in keys}
        return Paths(self.costs.choose(falls) if falls else None, exits)

    def _loop(self, loop: Loop, body: Paths) -> Paths:
        turn = self._left_by(body, {(JumpKind.CONTINUE, loop.id)})
        broken = turn.exits.get((JumpKind.BREAK, loop.id))
        whole = NOTHING if turn.fall is None else self.costs.turns(loop, turn.fall)
        before = NOTHING if turn.fall is None else self.costs.turns(_but_one(loop), turn.fall)  # the turn that leaves it
        ends = [] if loop.endless or (turn.fall is None and loop.at_least_once) else [whole]
        ends += [] if broken is None else [broken, before + broken]
        exits: dict[Exit, Amount] = {}
        for key, amount in turn.exits.items():
            if key != (JumpKind.BREAK, loop.id):
                self._offer(exits, key, amount)
                self._offer(exits, key, before + amount)
        return Paths(self.costs.choose(ends) if ends else None, exits)

    def _try(self, inner: list[Paths], handles: bool, ends: bool) -> Paths:
        block, final = inner[0], inner[-1] if ends else Paths()
        if handles:
            caught = {key: amount for key, amount in block.exits.items() if key != THROW}
            block = self._merged([Paths(block.fall, caught), self._handled(block, inner[1])])
        if final.fall is None:
            return final
        moved = {key: amount + final.fall for key, amount in block.exits.items()}
        return self._merged([Paths(None if block.fall is None else block.fall + final.fall, moved), Paths(None, final.exits)])

    def _handled(self, block: Paths, handler: Paths) -> Paths:
        """The handler may run after nothing of the block, or after all of it."""
        reached = [NOTHING, *(amount for amount in (block.fall, *block.exits.values()) if amount is not None)]
        before = self.costs.choose(reached)
        return self._then(Paths(before), handler)

    def _offer(self, exits: dict[Exit, Amount], key: Exit, amount: Amount) -> None:
        known = exits.get(key)
        exits[key] = amount if known is None else self.costs.choose([known, amount])


def _but_one(loop: Loop) -> Loop:
    """A loop with one turn less, if it is known how many there are."""
    return replace(loop, turns=loop.turns - 1) if loop.turns else loop


def _sum(parts: Iterable[Amount]) -> Amount:
    result = NOTHING
    for part in parts:
        result = result + part
    return result
