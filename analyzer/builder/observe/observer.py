"""The machine that records facts. It interprets as its base does: graph and notes are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from analyzer.builder.machine import DEFAULT_OPTIONS, BuildOptions, Machine
from analyzer.builder.modules import NO_MODULES, Modules
from analyzer.builder.observe.calls import observe_call
from analyzer.builder.observe.collector import Collector, Unit
from analyzer.builder.observe.nodes import OBSERVED
from analyzer.builder.scopes import Cell, Scope
from analyzer.builder.values import Arguments, Instance, Value, origins_of
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.graph.facts import Fact, Facts, ModuleState, Origin, SlipFact, SlipKind, Use, UseFact
from analyzer.source import Language, Span

Call: TypeAlias = Callable[[Machine, Value, Arguments, Span], Value]


PROMISES = frozenset(
    {model.StepDo, model.StepSleep, model.StepSleepUntil, model.StepWaitForEvent, model.FunctionCall, model.Block}
)
"""The kinds of node that can be waited for."""


class Observer(Machine):
    """A machine that collects facts.

    ``calls``: calls evaluated so far, by span; ``async_calls``: spans of those that gave a promise. ``quiet``: rehearsals
    that are on, whose facts do not count. ``unsure``: calls of what cannot be seen that are on; whether they run the
    functions they are given, and when, is not known. ``bases``: by depth of frames, the scope a step's callback was made in.
    """

    def __init__(self, call: Call, modules: Modules = NO_MODULES, options: BuildOptions = DEFAULT_OPTIONS) -> None:
        super().__init__(OBSERVED, call, modules, options)
        self.calls: dict[Span, tree.Call] = {}
        self.async_calls: set[Span] = set()
        self.quiet = 0
        self.unsure = 0
        self.bases: dict[int, Scope] = {}
        self.this: Value | None = None
        self.language = Language.JAVASCRIPT
        self.starts: dict[int, Cell] = {}
        self.statements: dict[int, frozenset[int]] = {}
        self.read_names: dict[int, frozenset[str]] = {}
        self.guarded_returns: set[int] = set()
        self.callbacks: list[tuple[Value, set[Origin | ModuleState]]] = []
        self.collector = Collector()
        self._watched: dict[int, tuple[Use, Span] | None] = {}
        self._values: dict[int, Value] = {}

    def begin_workflow(self, this: Value) -> None:
        """Facts of another workflow are collected from here on; ``this`` is its instance."""
        self.collector = Collector()
        self.this = this
        match this:
            case Instance(cls=cls):
                self.language = cls.module.module.source.language
            case _:
                pass

    def facts(self) -> Facts:
        """The facts of the workflow interpreted since ``begin_workflow``."""
        return self.collector.facts()

    # ---------------------------------------------------------------- what is interpreted

    def eval(self, node: tree.Node) -> Value:
        """Runs a node and yields its value; that of a watched one is recorded."""
        value = self.handlers[node.__class__](self, node)
        if id(node) in self._watched:
            self._values[id(node)] = value
            use = self._watched[id(node)]
            if use is not None:
                self.use(use[0], use[1], value, node.span)
        return value

    def call(self, callee: Value, arguments: Arguments, span: Span) -> Value:
        """Calls a value, and records what rules ask of calls."""
        return observe_call(self, callee, arguments, span, self._call)

    def watch(self, node: tree.Node, use: tuple[Use, Span] | None = None) -> None:
        """Keeps the value of a node when it is evaluated; with a use, its origins become a fact of a branch or loop."""
        self._watched[id(node)] = use

    def value_of(self, node: tree.Node) -> Value | None:
        """What a watched node was evaluated to last."""
        return self._values.get(id(node))

    @contextmanager
    def aside(self) -> Iterator[list[model.Node]]:
        """As in the base; functions met for the first time keep their facts, what else is recorded is forgotten."""
        self.quiet += 1
        self.collector.units.append(Unit(len(self.frames)))
        try:
            with super().aside() as nodes:
                yield nodes
        finally:
            self.collector.units.pop()
            self.quiet -= 1

    def begin_unit(self) -> object:
        """Facts of a function are collected in a unit of their own."""
        unit = Unit(len(self.frames))
        self.collector.units.append(unit)
        return unit

    def end_unit(self, unit: object) -> None:
        """The function has been interpreted."""
        self.collector.units.pop()

    def call_unit(self, unit: object) -> None:
        """The function is called, here."""
        match unit:
            case Unit():
                self.collector.units[-1].calls.append((self.own_step, unit))
            case _:
                return

    def emit(self, node: model.Node) -> None:
        """Appends a node; where something was started is remembered."""
        self.sequence.append(node)
        if node.__class__ in PROMISES:
            self.collector.started(node.id, node.span)  # type: ignore[union-attr]

    # ---------------------------------------------------------------- what is recorded

    @property
    def step(self) -> Span | None:
        """The step whose callback is being interpreted, functions it calls included."""
        return self._step(0)

    @property
    def own_step(self) -> Span | None:
        """The same, as far as it is written in the function being interpreted: the ``inside`` of its facts."""
        return self._step(self.collector.units[-1].frames)

    def _step(self, first: int) -> Span | None:
        for frame in reversed(self.frames[first:]):
            if frame.step is not None:
                return frame.step
        return None

    def add(self, fact: Fact) -> None:
        """Records a fact."""
        self.collector.add(fact)

    def slip(self, kind: SlipKind, text: str, span: Span) -> None:
        """Records a mistake."""
        self.collector.add(SlipFact(kind, text, span, self.own_step))

    def use(self, use: Use, node: Span, value: Value, span: Span) -> None:
        """Records that control at a node depends on a value."""
        origins = origins_of(value)
        if origins or use is Use.BOUND:
            self.collector.add(UseFact(node, use, origins, span, self.own_step))
