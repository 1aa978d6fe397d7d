"""A hypothesis strategy for workflows that can be printed as TypeScript, JavaScript and Python and mean the same in each."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass, replace
from typing import TypeVar

from flow_tree import (
    Around,
    Await,
    AwaitEach,
    Both,
    Combined,
    Do,
    Each,
    Form,
    Helper,
    HelperCall,
    Home,
    If,
    Kept,
    KeptList,
    Kind,
    Leave,
    Mapped,
    Operator,
    Pick,
    Program,
    Promise,
    Return,
    Sequence,
    Short,
    Start,
    StartEither,
    StartMany,
    Statement,
    Step,
    Switch,
    Ternary,
    Throw,
    Together,
    Try,
    Value,
    Verb,
    While,
    completes,
    parameter,
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
LOG = Both('console.log("note")', 'print("note")')


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
class Writer:
    """Draws parts of a program; every name it gives is new."""

    draw: Callable[[st.SearchStrategy[object]], object]
    given: int = 0
    steps_left: int = 30

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

    # The whole.

    def program(self) -> Program:
        helpers: tuple[Helper, ...] = ()
        for _ in range(self.count(0, 3)):
            helpers = (*helpers, self.helper(helpers))
        return Program(helpers, self.sequence(Place(3, calls=helpers), least=1))

    def helper(self, before: tuple[Helper, ...]) -> Helper:
        """A helper may call those before it that it can reach, and itself."""
        home, ident = self.pick((Home.MODULE, Home.METHOD, Home.CLOSURE)), self.fresh("h")
        if self.rarely():
            steps = [self.step_named(f"{{}} {self.fresh('n')}", parameter(ident)) for _ in range(self.count(1, 2))]
            return Helper(ident, home, tuple(Do(Await(step)) for step in steps), takes_name=True)
        reach = {Home.MODULE: (Home.MODULE,), Home.METHOD: (Home.MODULE, Home.METHOD), Home.CLOSURE: tuple(Home)}[home]
        calls = tuple(helper for helper in before if helper.home in reach)
        body = self.sequence(Place(2, home, calls))
        if self.rarely() and completes(body):
            again = Do(Await(HelperCall(ident, home)))
            body = (*body, If(((self.condition(Place(0, home)), (again,)),), None))
        return Helper(ident, home, body)

    # Statements.

    def sequence(self, place: Place, least: int = 0) -> Sequence:
        """Statements in order; what it starts is joined at its end, if that is reached and mostly."""
        found: Sequence = ()
        outer = place
        for index in range(4):
            if index >= least and not self.count(0, 3):
                break
            statement, place = self.statement(place)
            found = (*found, statement)
            if not completes((statement,)):
                return found
        if found and not outer.final and self.rarely():
            return (*found, self.jump(place))
        return found + self.joins(place.kept[len(outer.kept) :], place.lists[len(outer.lists) :])

    def statement(self, place: Place) -> tuple[Statement, Place]:
        """A statement, and the place behind it."""
        if place.room <= 0:
            return self.simple(place)
        return self.pick(STATEMENTS)(self, place)

    def simple(self, place: Place) -> tuple[Statement, Place]:
        value = self.value(place)
        if not isinstance(value, Await) or not self.rarely():
            return Do(value), place
        variable = self.fresh("r")
        return Do(value, variable), replace(place, results=(*place.results, variable))

    def log(self, place: Place) -> tuple[Statement, Place]:
        return Do(LOG), place

    def call_helper(self, place: Place) -> tuple[Statement, Place]:
        if not place.calls:
            return self.simple(place)
        return Do(Await(self.call(self.pick(place.calls)))), place

    def together(self, place: Place) -> tuple[Statement, Place]:
        """A group takes only what starts when it is given to it."""
        promises: list[Promise] = []
        for _ in range(self.count(1, 3)):
            step = self.step(place.inner)
            called = place.calls and self.rarely()
            promises += [self.call(self.pick(place.calls))] if called else [step] if step.verb in (Verb.DO, Verb.WAIT) else []
        return (Together(self.fresh("g"), tuple(promises)) if promises else Do(LOG)), place

    def start(self, place: Place) -> tuple[Statement, Place]:
        variable = self.fresh("p")
        after = replace(place, kept=(*place.kept, variable))
        if self.rarely():
            return StartEither(variable, self.condition(place), self.promise(place), self.promise(place)), after
        return Start(variable, self.promise(place)), after

    def start_many(self, place: Place) -> tuple[Statement, Place]:
        variable, element = self.fresh("j"), self.fresh("x")
        before = (self.simple(place.inner)[0],) if self.rarely() else ()
        promise = self.step_named(f"{self.fresh('n')} {{}}", element) if self.often() else self.promise(place)
        return (
            StartMany(variable, element, self.items(place), before, promise),
            replace(place, lists=(*place.lists, variable)),
        )

    def join(self, place: Place) -> tuple[Statement, Place]:
        if place.kept and self.often():
            return Do(Await(Kept(self.pick(place.kept)))), place
        if place.lists:
            return AwaitEach(self.pick(place.lists)), place
        return self.simple(place)

    def joins(self, kept: tuple[str, ...], lists: tuple[str, ...]) -> Sequence:
        if (not kept and not lists) or self.rarely():
            return ()
        if self.often() and not lists:
            return tuple(Do(Await(Kept(variable))) for variable in kept)
        elements = (*map(Kept, kept), *map(KeptList, lists))
        return (Do(Await(Combined(self.pick(tuple(Kind)), elements))),)

    def branch(self, place: Place) -> tuple[Statement, Place]:
        arms = tuple((self.test(place), self.sequence(place.inner)) for _ in range(self.count(1, 3)))
        return If(arms, self.sequence(place.inner) if self.often() else None), place

    def guard(self, place: Place) -> tuple[Statement, Place]:
        if place.final:
            return self.branch(place)
        body = (*((self.simple(place.inner)[0],) if self.rarely() else ()), self.jump(place))
        return If(((self.test(place), body),), None), place

    def switch(self, place: Place) -> tuple[Statement, Place]:
        inside = replace(place.inner, in_switch=True)
        cases = tuple((self.fresh("case "), self.sequence(inside)) for _ in range(self.count(1, 3)))
        return Switch(self.test(place), cases, self.sequence(inside) if self.often() else None), place

    def each(self, place: Place) -> tuple[Statement, Place]:
        label, element = self.fresh("l"), self.fresh("x")
        if self.rarely():
            names = tuple(self.fresh("n") for _ in range(self.count(1, 3)))
            named = [helper for helper in place.calls if helper.takes_name]
            promises: list[Promise] = [self.step_named("do {}", element) for _ in range(self.count(1, 2))]
            promises += [self.call(self.pick(named), element)] if named and self.often() else []
            return Each(label, element, names, tuple(Do(Await(promise)) for promise in promises)), place
        if self.rarely():
            return Each(label, element, self.items(place), (Do(self.value(place.inner)),), spread=True), place
        items = Await(self.step(place.inner)) if self.rarely() else self.items(place)
        return Each(label, element, items, self.sequence(self.in_loop(place, label), least=1)), place

    def repeat(self, place: Place) -> tuple[Statement, Place]:
        label = self.fresh("l")
        if self.often():
            return While(label, self.test(place), self.sequence(self.in_loop(place, label), least=1)), place
        leave = If(((self.test(place), (Leave(True, label, False),)),), None)
        body = (*self.sequence(replace(place.inner, final=True)), leave, *self.sequence(self.in_loop(place, label)))
        return While(label, None, body), place

    def in_loop(self, place: Place, label: str) -> Place:
        # A jump to a loop inside a last block stays in it, but a return would not.
        return replace(place.inner, loop=label, in_switch=False)

    def attempt(self, place: Place) -> tuple[Statement, Place]:
        """The body begins with a step, so that its handler can be reached."""
        inside = replace(place.inner, guarded=True)
        body = (Do(Await(self.step(place.inner))), *self.sequence(inside))
        handler = self.sequence(inside) if self.often() else None
        final = self.sequence(replace(place.inner, final=True)) if handler is None or self.rarely() else None
        return Try(body, handler, final), place

    def jump(self, place: Place) -> Statement:
        if place.loop is not None and self.often():
            is_break = self.often()
            return Leave(is_break, place.loop, labelled=is_break and place.in_switch)
        if self.rarely():
            return Throw(self.value(place) if self.rarely() else None)
        if self.often():
            return Return(None)
        return Return(self.value(place), plain=not place.guarded and self.often())

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


Production = Callable[[Writer, Place], tuple[Statement, Place]]
STATEMENTS: tuple[Production, ...] = (
    Writer.simple,
    Writer.simple,
    Writer.simple,
    Writer.log,
    Writer.call_helper,
    Writer.together,
    Writer.start,
    Writer.start,
    Writer.join,
    Writer.branch,
    Writer.branch,
    Writer.guard,
    Writer.guard,
    Writer.each,
    Writer.repeat,
    Writer.switch,
    Writer.attempt,
    Writer.start_many,
)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """A workflow with some helpers."""
    return Writer(draw).program()
