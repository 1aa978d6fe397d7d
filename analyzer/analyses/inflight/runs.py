"""Runs of a workflow by its tree: which steps, in which order, under which keys.

A run is told by choices: which way a branch takes, how often a loop turns, whether a try fails. What is not chosen takes the
shortest way that leads on: a branch the way with the fewest steps that does not leave, a loop one turn, a try no failure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from analyzer.analyses.diff.forms import UNKNOWN, Form
from analyzer.analyses.diff.trees import STEPS, Tree
from analyzer.analyses.engine import milliseconds

MAX_EVENTS = 5_000
"""Steps of a run that are looked at."""

MAX_CALLS = 20
"""Calls inside one another that are followed."""

Key: TypeAlias = tuple[str, str, int]
"""What the engine keeps a result under: kind, name (of a sleep with its duration), how many of these came before, from 1."""


@dataclass(frozen=True, slots=True)
class Choices:
    """``arms``: the arm a branch takes; ``turns``: of a loop; ``failing``: tries of which the first step fails."""

    arms: Mapping[int, int] = field(default_factory=dict)
    turns: Mapping[int, int] = field(default_factory=dict)
    failing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a run: its node, how often that has come before, its key, and the event inside whose callback it runs."""

    node: int
    turn: int
    key: Key
    inside: int | None
    failed: bool = False

    @property
    def is_static(self) -> bool:
        """Whether its name is known."""
        return self.key[1] != UNKNOWN


def run(tree: Tree, choices: Choices) -> list[Event]:
    """The steps of a run in the order in which they begin."""
    walker = _Walker(tree, choices)
    walker.sequence(tree.children[tree.children[0][0]])
    return walker.events


def variations(tree: Tree) -> Iterator[Choices]:
    """Choices that together take every way of every branch, every loop once and twice, and every handler."""
    yield Choices()
    callers = _callers(tree)
    for node, form in enumerate(tree.forms):
        match form.kind:
            case "arm":
                yield _toward(tree, node, callers)
            case "loop":
                towards = _toward(tree, node, callers)
                yield Choices(towards.arms, {**towards.turns, node: 2}, towards.failing)
            case "catch" if tree.children[node]:
                yield _toward(tree, node, callers)


def _callers(tree: Tree) -> dict[str, int]:
    """The first call of each function."""
    callers: dict[str, int] = {}
    for node, form in enumerate(tree.forms):
        if form.kind == "call":
            callers.setdefault(form.name, node)
    return callers


def _toward(tree: Tree, node: int, callers: Mapping[str, int]) -> Choices:
    """Choices under which a node is reached."""
    arms: dict[int, int] = {}
    failing: set[int] = set()
    seen: set[int] = set()
    while node >= 0 and node not in seen:
        seen.add(node)
        form, parent = tree.forms[node], tree.parents[node]
        if form.kind == "arm":
            arms[parent] = node
        elif form.kind == "catch":
            failing.add(parent)
        node = callers.get(form.name, -1) if form.kind == "function" else parent
    return Choices(arms, {}, frozenset(failing))


class _Walker:
    """Walks a run. A sequence tells how it was left: None at its end, else the traits of the jump."""

    def __init__(self, tree: Tree, choices: Choices) -> None:
        self.tree, self.choices = tree, choices
        self.events: list[Event] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        self.turns: Counter[int] = Counter()
        self.inside: int | None = None
        self.calls: list[str] = []
        self.functions = {tree.forms[node].name: node for node in tree.children[0] if tree.forms[node].kind == "function"}

    def sequence(self, nodes: list[int]) -> tuple[str, int] | None:
        """Runs nodes in their order."""
        for node in nodes:
            left = self._node(node)
            if left is not None or len(self.events) > MAX_EVENTS:
                return left
        return None

    def _node(self, node: int) -> tuple[str, int] | None:
        form, children = self.tree.forms[node], self.tree.children[node]
        match form.kind:
            case "do" | "sleep" | "sleep until" | "wait":
                self._step(node, form)
            case "call":
                self._call(form.name)
            case "branch":
                arm = self.choices.arms.get(node, _shortest(self.tree, node))
                return self.sequence(self.tree.children[arm])
            case "loop":
                return self._loop(node)
            case "try":
                return self._try(node)
            case "jump":
                return _exit(dict(form.traits)["leaves"])
            case "parallel":
                for element in children:
                    self.sequence(self.tree.children[element])
            case "block":
                self.sequence(children)
            case "scope":
                left = self.sequence(children)
                return None if left == ("RETURN", 0) else left
        return None

    def _step(self, node: int, form: Form, *, failed: bool = False) -> None:
        kind, name = form.kind, form.name
        if kind == "sleep":
            duration = dict(form.traits)["duration"]
            name = f"{name} for {milliseconds(duration) or duration}"
        self.counts[kind, name] += 1
        self.turns[node] += 1
        self.events.append(Event(node, self.turns[node], (kind, name, self.counts[kind, name]), self.inside, failed))
        if self.tree.children[node]:
            outer, self.inside = self.inside, len(self.events) - 1
            self.sequence(self.tree.children[node])
            self.inside = outer

    def _call(self, name: str) -> None:
        body = self.functions.get(name)
        if body is not None and name not in self.calls and len(self.calls) < MAX_CALLS:
            self.calls.append(name)
            self.sequence(self.tree.children[body])
            self.calls.pop()

    def _loop(self, node: int) -> tuple[str, int] | None:
        for _ in range(self.choices.turns.get(node, 1)):
            left = self.sequence(self.tree.children[node])
            match left:
                case ("BREAK", 0):
                    return None
                case ("BREAK" | "CONTINUE" as kind, further) if further > 0:
                    return kind, further - 1
                case ("RETURN" | "THROW", _):
                    return left
        return None

    def _try(self, node: int) -> tuple[str, int] | None:
        block, catch, final = self.tree.children[node]
        if node in self.choices.failing:
            self._failing(block)
            left = self.sequence(self.tree.children[catch])
        else:
            left = self.sequence(self.tree.children[block])
            if left is not None and left[0] == "THROW":
                left = self.sequence(self.tree.children[catch])
        return self.sequence(self.tree.children[final]) or left

    def _failing(self, block: int) -> None:
        """The first step of a block, which fails."""
        for node in self.tree.subtree(block):
            if self.tree.forms[node].kind in STEPS and self.tree.forms[self.tree.parents[node]].kind != "do":
                self._step(node, self.tree.forms[node], failed=True)
                return


def _exit(leaves: object) -> tuple[str, int]:
    """The kind of a jump, and how many loops it leaves beyond the innermost."""
    match leaves:
        case (str() as kind, int() as further):
            return kind, further
        case _:
            raise AssertionError(f"no jump: {leaves!r}")


def _shortest(tree: Tree, branch: int) -> int:
    """The arm with the fewest nodes, of those that lead on if there are any."""
    return min(tree.children[branch], key=lambda arm: (_leaves(tree, arm), tree.sizes[arm], arm))


def _leaves(tree: Tree, arm: int) -> bool:
    children = tree.children[arm]
    return bool(children) and tree.forms[children[-1]].kind == "jump"
