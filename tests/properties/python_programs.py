"""A hypothesis strategy for Python statements of any syntax, with the step object in every place of the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

NAMES = ("a", "b", "step", "event", "self", "asyncio", "work", "_")
KEYS = (
    "do",
    "sleep",
    "sleep_until",
    "wait_for_event",
    "payload",
    "append",
    "gather",
    "create_task",
    "wait",
    "get",
    "format",
    "x",
)
LITERALS = ("0", "1", "(-2)", "1.5", "1e400", "2j", "'a'", '"b{}"', "'%s'", "b'c'", "r'\\d'", "None", "True", "...", "'a' 'b'")
UNARY = ("not ", "-", "~", "+")
BINARY = ("+", "-", "*", "/", "//", "%", "**", "@", "<<", "|", "<", "==", "in", "not in", "is", "is not", "and", "or")


@dataclass(frozen=True)
class Place:
    """What the code around allows, and how much deeper it may go."""

    depth: int
    is_async: bool = True
    in_function: bool = True
    in_loop: bool = False
    quoted: bool = False

    @property
    def inner(self) -> Place:
        return replace(self, depth=self.depth - 1)


@dataclass
class Writer:
    """Draws pieces of a program."""

    draw: Callable[[st.SearchStrategy[object]], object]

    def pick(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))  # type: ignore[return-value]

    def count(self, most: int) -> int:
        return self.draw(st.integers(0, most))  # type: ignore[return-value]

    # Expressions. All but names and literals are in brackets.

    def expression(self, place: Place) -> str:
        if place.depth <= 0:
            literals: tuple[str, ...] = ("0", "None", "2.5") if place.quoted else LITERALS
            return self.pick((*NAMES, *NAMES, *literals))
        return self.pick(EXPRESSIONS)(self, place.inner)

    def several(self, place: Place, most: int = 3) -> list[str]:
        return [self.expression(place) for _ in range(self.count(most))]

    def arguments(self, place: Place) -> str:
        plain = [self.pick(("", "", "", "*")) + text for text in self.several(place)]
        named = [f"{self.pick(('config', 'timeout', 'name', 'x'))}{i}={text}" for i, text in enumerate(self.several(place, 1))]
        return ", ".join([*plain, *named, *([f"**{self.expression(place)}"] if self.count(9) == 0 else [])])

    def target(self, place: Place) -> str:
        name, inner = self.pick(NAMES), place.inner
        options = [name, name, name, f"{name}.{self.pick(KEYS)}", f"{name}[{self.expression(inner)}]"]
        if place.depth > 0:
            options += [f"({self.target(inner)}, {self.target(inner)})", f"[{self.target(inner)}, *{name}]"]
        return self.pick(options)

    def parameters(self, place: Place) -> str:
        default = f"={self.expression(place.inner)}"
        return self.pick(
            ("", "", "a", "step", f"a, b{default}", "*a", "a, /, b", f"*, a{default}", "**b", "ctx, a: int", "*a, **b")
        )

    def comprehension(self, place: Place) -> str:
        word = "async for" if place.is_async and self.count(4) == 0 else "for"
        test = f" if {self.expression(place)}" if self.count(2) == 0 else ""
        return f"{word} {self.target(replace(place, depth=0))} in {self.expression(place)}{test}"

    # Statements: lines.

    def statements(self, place: Place) -> list[str]:
        lines = [line for _ in range(self.count(3)) for line in self.statement(place)]
        return lines or ["pass"]

    def statement(self, place: Place) -> list[str]:
        if place.depth <= 0:
            return [self.simple(place)]
        return self.pick(STATEMENTS)(self, place.inner)

    def block(self, head: str, place: Place) -> list[str]:
        return [f"{head}:", *("    " + line for line in self.statements(place))]

    def simple(self, place: Place) -> str:
        value = self.expression(place)
        options = [value, value, f"{self.target(place)} = {value}", f"{self.pick(NAMES)} += {value}", "pass", f"assert {value}"]
        options += [f"a: int = {value}", f"del {self.pick(NAMES)}.x", f"raise {value}", f"raise ValueError from {value}"]
        options += [
            "global a",
            "import asyncio as work",
            "from asyncio import gather as work",
            f"a = b = {value}",
            f"{value}; a = 1",
        ]
        options += ["return", f"return {value}"] if place.in_function else []
        options += ["break", "continue"] if place.in_loop else []
        return self.pick(options)


Expression = Callable[[Writer, Place], str]
Statement = Callable[[Writer, Place], list[str]]


def _awaited(w: Writer, p: Place) -> str:
    return f"(await {w.expression(p)})" if p.is_async else w.expression(p)


def _call(w: Writer, p: Place) -> str:
    return f"{w.expression(p)}({w.arguments(p)})"


def _method(w: Writer, p: Place) -> str:
    return f"{w.pick(NAMES)}.{w.pick(KEYS)}({w.arguments(p)})"


def _step(w: Writer, p: Place) -> str:
    name = w.expression(replace(p, depth=0)) if p.quoted else w.pick(("'a'", "'b'", "name", "f'c {a}'", "event['payload']"))
    call = f"step.{w.pick(('sleep', 'sleep_until', 'wait_for_event'))}({name}, {w.expression(p)})"
    return f"(await {call})" if p.is_async and w.count(3) else call


def _f_string(w: Writer, p: Place) -> str:
    if p.quoted:
        return w.expression(replace(p, depth=0))
    # A blank, for two braces in a row would be one of the text.
    holes = [f"x{{ {w.expression(replace(p, quoted=True))}{w.pick(('', '!r', ':>{b}', '='))}}}" for _ in range(w.count(2))]
    return f'f"{"".join(holes)} {{{{"'


def _collection(w: Writer, p: Place) -> str:
    parts = w.several(p)
    entries = ", ".join(f"{w.expression(p.inner)}: {part}" for part in parts)
    listed = ", ".join(w.pick(("", "", "*")) + part for part in parts)
    return w.pick(
        (
            f"[{listed}]",
            f"({listed}{',' if parts else ''})",
            f"{{{listed or '*a'}}}",
            f"{{{entries}}}",
            f"{{**{w.pick(NAMES)}}}",
        )
    )


def _comprehended(w: Writer, p: Place) -> str:
    clauses = " ".join(w.comprehension(p) for _ in range(1 + w.count(1)))
    value = w.expression(p)
    return w.pick((f"[{value} {clauses}]", f"({value} {clauses})", f"{{{value} {clauses}}}", f"{{{value}: a {clauses}}}"))


def _lambda(w: Writer, p: Place) -> str:
    quiet = replace(p, is_async=False)
    return f"(lambda {w.pick(('', 'a', 'step', '*a', 'a=1'))}: {w.expression(quiet)})"


def _yielded(w: Writer, p: Place) -> str:
    return f"(yield {w.expression(p)})" if p.in_function and w.count(1) else w.expression(p)


EXPRESSIONS: tuple[Expression, ...] = (
    *(
        _awaited,
        _awaited,
        _call,
        _call,
        _method,
        _method,
        _step,
        _step,
        _f_string,
        _collection,
        _comprehended,
        _lambda,
        _yielded,
    ),
    lambda w, p: f"({w.expression(p)} {w.pick(BINARY)} {w.expression(p)})",
    lambda w, p: f"({w.pick(UNARY)}{w.expression(p)})",
    lambda w, p: f"({w.expression(p)} if {w.expression(p)} else {w.expression(p)})",
    lambda w, p: f"({w.expression(p)} < {w.expression(p)} <= {w.expression(p)})",
    lambda w, p: f"({w.pick(('a', 'b', 'work'))} := {w.expression(p)})",
    lambda w, p: f"({w.expression(p)}).{w.pick(KEYS)}",
    lambda w, p: f"({w.expression(p)})[{w.pick((w.expression(p), ':', '1:', '::2'))}]",
)


def _function(w: Writer, p: Place) -> list[str]:
    is_async = w.count(3) > 0
    inside = Place(p.depth, is_async=is_async)
    decorators = w.pick((["@step.do('a')"], ["@step.do()"], ["@step.do"], ["@work"], [f"@{w.expression(p)}"], [], []))
    name = w.pick(("a", "b", "work"))
    return [
        *decorators,
        *w.block(f"{'async ' * is_async}def {name}({w.parameters(p)})", inside),
        *([f"await {name}()"] if p.is_async else []),
    ]


def _if(w: Writer, p: Place) -> list[str]:
    lines = w.block(f"if {w.expression(p)}", p)
    lines += w.block(f"elif {w.expression(p)}", p) if w.count(2) == 0 else []
    return lines + (w.block("else", p) if w.count(1) else [])


def _loop(w: Writer, p: Place) -> list[str]:
    inside = replace(p, in_loop=True)
    each = f"{'async ' * (p.is_async and w.count(4) == 0)}for {w.target(p)} in {w.expression(p)}"
    lines = w.block(w.pick((each, each, f"while {w.expression(p)}", "while True")), inside)
    return lines + (w.block("else", p) if w.count(3) == 0 else [])


def _try(w: Writer, p: Place) -> list[str]:
    lines = w.block("try", p)
    star = w.pick(("", "", "", "*"))
    inside = replace(p, in_loop=False, in_function=False) if star else p
    handlers = [
        w.block(f"except{star} {w.pick(('Exception', '(a, b)', 'ValueError as b'))}", inside) for _ in range(w.count(2))
    ]
    lines += [line for handler in handlers for line in handler]
    lines += w.block("else", p) if handlers and w.count(2) == 0 else []
    return lines + (w.block("finally", p) if not handlers or w.count(2) == 0 else [])


def _with(w: Writer, p: Place) -> list[str]:
    group = "asyncio.TaskGroup() as work"
    items = [w.expression(p) + w.pick(("", f" as {w.target(replace(p, depth=0))}")) for _ in range(1 + w.count(1))]
    return w.block(f"{'async ' * (p.is_async and w.count(1))}with {w.pick((group, ', '.join(items)))}", p)


def _match(w: Writer, p: Place) -> list[str]:
    patterns = ("'a'", "1 | 2", "[a, *b]", "{'x': b, **a}", "str() as work", "work(x=1)", "None", "(a, b)", "a if b")
    cases = [w.block(f"case {w.pick(patterns)}", p) for _ in range(1 + w.count(1))]
    cases += [w.block("case _", p)] if w.count(1) else []
    return [f"match {w.expression(p)}:", *("    " + line for case in cases for line in case)]


def _class(w: Writer, p: Place) -> list[str]:
    return w.block(f"class work({w.pick(('', 'a', 'WorkflowEntrypoint'))})", Place(p.depth, is_async=False, in_function=False))


STATEMENTS: tuple[Statement, ...] = (
    *(_function, _function, _if, _loop, _try, _with, _match, _class),
    lambda w, p: [w.simple(p)],
    lambda w, p: [w.simple(p)],
    lambda w, p: [w.simple(p)],
)
