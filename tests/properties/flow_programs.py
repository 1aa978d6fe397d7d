"""A hypothesis strategy for workflows that can be printed as TypeScript, JavaScript and Python and mean the same in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flow_tree import (
    Await,
    AwaitEach,
    Both,
    Combined,
    Do,
    Each,
    Helper,
    HelperCall,
    Home,
    If,
    Kept,
    KeptList,
    Kind,
    Leave,
    Program,
    Promise,
    Return,
    Sequence,
    Start,
    StartEither,
    StartMany,
    Statement,
    Switch,
    Throw,
    Together,
    Try,
    Verb,
    While,
    completes,
    parameter,
)
from flow_values import Place, ValueWriter
from hypothesis import strategies as st

LOG = Both('console.log("note")', 'print("note")')


class Writer(ValueWriter):
    """Draws programs: helpers, statements."""

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
        elements: tuple[Promise | KeptList, ...] = (*map(Kept, kept), *map(KeptList, lists))
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
