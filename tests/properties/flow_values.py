"""Draws the values and promises of a workflow."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass, replace
from typing import TypeVar

from flow_tree import (
    Around,
    Await,
    Both,
    Combined,
    Form,
    Helper,
    HelperCall,
    Home,
    Kept,
    KeptList,
    Kind,
    Mapped,
    Operator,
    Pick,
    Promise,
    Sequence,
    Short,
    Step,
    Ternary,
    Value,
    Verb,
)
from hypothesis import strategies as st

T = TypeVar("T")

DURATIONS = ('"1 hour"', "5000", "60 * 1000", '"30 seconds"', "0.5")
CONFIGS = (
    "",
    '{"timeout": "1 minute"}',
    '{"timeout": 60 * 1000}',
    '{"retries": {"limit": 3, "delay": "5 seconds"}}',
    '{"retries": {"limit": 0, "delay": 1000, "backoff": "linear"}, "timeout": 2500}',
    '{"retries": {"limit": 10, "delay": 1.5, "backoff": "constant"}}',
)
INSTANTS = ("2030-05-17", "1893456000000")
SUFFIXES = (
    "",
    "",
    "",
    " it's",
    ' "quoted"',
    " back\\slash",
    " \N{GRINNING FACE}",
    " \u65e5\u672c",
    " `tick`",
    " ${x}",
    " {y}",
    "\n",
    " //",
)
PARTS = {Form.NOT: (1, 1), Form.MEMBER: (1, 1), Form.EQUAL: (2, 2), Form.SUM: (2, 2)}
NOTHING = Both("null", "None")


@dataclass(frozen=True)
class Place:
    """What the code around allows.

    ``room``: how much deeper it may go. ``calls``: helpers that can be called. ``kept``, ``lists``: variables of promises
    in sight. ``results``: variables of values. ``loop``: the label of the loop around; ``in_switch``: a switch stands between.
    ``guarded``: in a ``try``. ``final``: nothing may leave.
    """

    room: int
    home: Home = Home.CLOSURE
    calls: tuple[Helper, ...] = ()
    kept: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    loop: str | None = None
    in_switch: bool = False
    guarded: bool = False
    final: bool = False

    @property
    def inner(self) -> Place:
        return replace(self, room=self.room - 1)

    @property
    def callback(self) -> Place:
        """The body of a step's callback: a function of its own, in which promises of others are left alone."""
        return Place(self.room - 1, self.home, self.calls)


@dataclass
class ValueWriter:
    """Draws parts of a program; every name it gives is new."""

    draw: Callable[[st.SearchStrategy[object]], object]
    given: int = 0

    def pick(self, options: AnySequence[T]) -> T:
        return self.draw(st.sampled_from(options))  # type: ignore[return-value]

    def count(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))  # type: ignore[return-value]

    def rarely(self) -> bool:
        return self.count(0, 5) == 5

    def often(self) -> bool:
        return self.count(0, 2) > 0

    def fresh(self, letter: str) -> str:
        self.given += 1
        return f"{letter}{self.given}"

    def sequence(self, place: Place, least: int = 0) -> Sequence:
        """The statements of a callback."""
        raise NotImplementedError

    # Values.

    def value(self, place: Place) -> Value:
        if place.room <= 0 or self.count(0, 3) < 3:
            return Await(self.promise(place), shielded=self.rarely())
        match self.count(0, 3):
            case 0:
                other = self.value(place.inner) if self.often() else NOTHING
                return Ternary(self.test(place.inner), self.value(place.inner), other)
            case 1 | 2:
                return Short(self.pick(tuple(Operator)), self.test(place.inner), self.value(place.inner))
            case _:
                form = self.pick(tuple(Form))
                least, most = PARTS.get(form, (1, 3))
                return Around(form, tuple(self.value(place.inner) for _ in range(self.count(least, most))))

    def test(self, place: Place) -> Value:
        if not self.rarely():
            return self.condition(place)
        value = Await(Kept(self.pick(place.kept)) if place.kept and self.often() else self.step(place.inner))
        match self.count(0, 5):
            case 4:
                return Around(Form.NOT, (value,))
            case 5:
                return Short(self.pick(tuple(Operator)), self.condition(place), value)
            case _:
                return value

    def condition(self, place: Place) -> Both:
        name = self.fresh("c")
        options = [Both(f"{name}()", f"{name}()"), Both(f"!{name}", f"not {name}")]
        if place.home is Home.CLOSURE:
            options += [Both(f"event.payload.{name} > 3", f'event["payload"]["{name}"] > 3')]
        options += [Both(f"{result}.{name}", f'{result}["{name}"]') for result in place.results[-1:]]
        return self.pick(options)

    def items(self, place: Place) -> Both:
        name = self.fresh("items")
        options = [Both(f"{name}()", f"{name}()")]
        if place.home is Home.CLOSURE:
            options += [Both(f"event.payload.{name}", f'event["payload"]["{name}"]')]
        return self.pick(options)

    # Promises.

    def promise(self, place: Place) -> Promise:
        kinds = self.count(0, 9)
        if kinds <= 5 or (kinds <= 7 and not place.calls) or place.room <= 0:
            return self.step(place)
        if kinds <= 7:
            return self.call(self.pick(place.calls))
        if kinds == 8:
            return Pick(self.condition(place), self.promise(place.inner), self.promise(place.inner))
        elements = tuple(self.element(place.inner) for _ in range(self.count(1, 3)))
        return Combined(self.pick(tuple(Kind)), elements)

    def element(self, place: Place) -> Promise | KeptList | Mapped:
        if place.kept and self.rarely():
            return Kept(self.pick(place.kept))
        if place.lists and self.rarely():
            return KeptList(self.pick(place.lists))
        if self.rarely():
            return self.mapped(place)
        return self.promise(place)

    def mapped(self, place: Place) -> Mapped:
        element = self.fresh("x")
        if not place.calls or self.rarely():
            return Mapped(element, self.items(place), self.step(place))
        helper = self.pick(place.calls)
        if not helper.takes_name:
            return Mapped(element, self.items(place), self.call(helper))
        return Mapped(element, tuple(self.fresh("n") for _ in range(self.count(1, 3))), self.call(helper, element))

    def call(self, helper: Helper, element: str | None = None) -> HelperCall:
        name = self.fresh("n") if helper.takes_name and element is None else None
        return HelperCall(helper.ident, helper.home, name, element if helper.takes_name else None)

    def step(self, place: Place) -> Step:
        ident = self.fresh("s")
        name = ident + self.pick(SUFFIXES)
        match self.count(0, 9):
            case 7:
                return Step(Verb.SLEEP, ident, name, option=self.pick(DURATIONS))
            case 8:
                return Step(Verb.SLEEP_UNTIL, ident, name, option=self.pick(INSTANTS))
            case 9:
                return Step(Verb.WAIT, ident, name, option=self.pick(("", *DURATIONS)), typed=self.often())
            case 6 if place.room > 0:
                return Step(Verb.DO, ident, name, body=self.sequence(place.callback, least=1))
            case _:
                hoisted, typed = self.rarely(), self.rarely()
                return Step(Verb.DO, ident, name, option=self.pick(CONFIGS), hoisted=hoisted, typed=typed)

    def step_named(self, name: str, element: str) -> Step:
        return Step(Verb.DO, self.fresh("s"), name, element=element)
