"""Facts of a workflow in the making.

Facts are kept by *unit*: the one of ``run``, and one for each interpretation of a named function. A function that is
called again is not interpreted again; its unit is called, and what is in it holds for the place of the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from analyzer.builder.observe.state import State
from analyzer.graph.facts import (
    CallFact,
    CatchFact,
    ErrorFact,
    Fact,
    Facts,
    InstanceTestFact,
    ResultFact,
    SlipFact,
    StepFact,
    UseFact,
    WriteFact,
)
from analyzer.records import entity, field, replace
from analyzer.source import Span

Kind = TypeVar("Kind", bound=Fact)


@entity
class Unit:
    """The facts of one function, and the units it calls, each with the step it calls it in.

    ``frames``: how many functions are being interpreted where it begins.
    """

    frames: int = 0
    facts: list[Fact] = field(default_factory=list)
    calls: list[tuple[Span | None, Unit]] = field(default_factory=list)


class Collector:
    """Collects facts while a workflow is interpreted. ``units``: the functions being interpreted, innermost last."""

    def __init__(self) -> None:
        self.state = State()
        self.units = [Unit()]
        self._starts: dict[int, Span] = {}
        self._escaped: set[Span] = set()
        self._pending: dict[int, tuple[object, SlipFact]] = {}

    def add(self, fact: Fact) -> None:
        """Records a fact of the function being interpreted."""
        self.units[-1].facts.append(fact)

    def started(self, id_: int, span: Span | None) -> None:
        """Remembers where something that can be waited for was started."""
        if span is not None:
            self._starts[id_] = span

    def escape(self, ids: Iterable[int]) -> None:
        """Notes that promises were handed to something that cannot be seen."""
        self._escaped.update(self._starts[id_] for id_ in ids if id_ in self._starts)

    def expect(self, thing: object, slip: SlipFact) -> None:
        """A mistake, unless ``meet`` is told of the thing before the end."""
        self._pending[id(thing)] = (thing, slip)

    def meet(self, thing: object) -> None:
        """What was expected of a thing has happened."""
        self._pending.pop(id(thing), None)

    def facts(self) -> Facts:
        """All facts of the workflow; those of functions hold wherever the function is called. One may be there twice."""
        found: dict[type, list[Fact]] = {}
        for fact in (*self._resolved(), *(slip for _, slip in self._pending.values()), *self.state.writes()):
            found.setdefault(fact.__class__, []).append(fact)
        return Facts(
            steps=_of(found, StepFact),
            uses=_of(found, UseFact),
            calls=_of(found, CallFact),
            writes=_of(found, WriteFact),
            errors=_of(found, ErrorFact),
            catches=_of(found, CatchFact),
            instance_tests=_of(found, InstanceTestFact),
            results=_of(found, ResultFact),
            slips=_of(found, SlipFact),
            escaped=frozenset(self._escaped),
        )

    def _resolved(self) -> Iterator[Fact]:
        seen: set[tuple[int, Span | None]] = set()
        stack: list[tuple[Unit, Span | None]] = [(self.units[0], None)]
        while stack:
            unit, outer = stack.pop()
            if (id(unit), outer) in seen:
                continue
            seen.add((id(unit), outer))
            for fact in unit.facts:
                yield fact if outer is None or fact.inside is not None else replace(fact, inside=outer)
            stack.extend((called, inside or outer) for inside, called in reversed(unit.calls))


def _of(facts: Mapping[type, list[Fact]], kind: type[Kind]) -> tuple[Kind, ...]:
    return tuple(cast("list[Kind]", facts.get(kind, [])))
