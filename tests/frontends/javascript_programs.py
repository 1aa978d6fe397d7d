"""A hypothesis strategy that writes small, valid JavaScript modules of any syntax both frontends read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

# How tightly an expression holds together; a part that holds less tightly than its place asks for is parenthesised.
SEQUENCE, ASSIGNMENT, COALESCE, OR, AND, BITWISE_OR, UNARY, POSTFIX, CALL, PRIMARY = 0, 1, 3, 4, 5, 6, 15, 16, 18, 20
BINARY = {"|": 6, "^": 7, "&": 8, "===": 9, "!=": 9, "<": 10, ">=": 10, "in": 10, "instanceof": 10, "<<": 11, ">>>": 11}
BINARY |= {"+": 12, "-": 12, "*": 13, "/": 13, "%": 13}
NAMES = ("a", "b", "c", "step", "event", "of", "get", "async", "\u00e9t\u00e9", "$", "_x")
KEYS = ("a", "do", "if", "class", "get", "static", "name", "#")
TEXTS = ("", "a", "it\\'s", "\\n", "\\u{1F600}", "\N{GRINNING FACE}", "// no", "/* no */", "${", "\\x41", "q\\q")
LITERALS = ("0", "1", "1.50", ".5", "1e3", "0x1f", "1_0", "9n", "true", "null", "undefined", "/[/]\\/x/g", "this")


@dataclass(frozen=True)
class Place:
    """What the code around allows, and how much deeper it may go."""

    depth: int
    is_async: bool = True
    is_generator: bool = False
    in_function: bool = False
    in_loop: bool = False
    in_template: bool = False
    labels: tuple[str, ...] = ()

    @property
    def inner(self) -> Place:
        return replace(self, depth=self.depth - 1)

    def function(self, *, is_async: bool, is_generator: bool) -> Place:
        return Place(self.depth - 1, is_async, is_generator, in_function=True, in_template=self.in_template)


@dataclass
class Writer:
    """Draws pieces of a program; every name it declares is new."""

    draw: Callable[[st.SearchStrategy[object]], object]
    declared: int = 0
    kinds: dict[str, int] = field(default_factory=dict)

    def pick(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))  # type: ignore[return-value]

    def count(self, most: int) -> int:
        return self.draw(st.integers(0, most))  # type: ignore[return-value]

    def flip(self) -> bool:
        return self.draw(st.booleans())  # type: ignore[return-value]

    def fresh(self) -> str:
        self.declared += 1
        return f"v{self.declared}"

    # Expressions: text and how tightly it holds together.

    def expression(self, place: Place, least: int = ASSIGNMENT) -> str:
        if place.depth <= 0:
            return self.pick((*NAMES, *LITERALS))
        text, strength = self.pick(EXPRESSIONS)(self, place.inner)
        return f"({text})" if strength < least or self.count(7) == 0 else text

    def arguments(self, place: Place) -> str:
        return ", ".join(self.pick(("", "", "...")) + self.expression(place) for _ in range(self.count(3)))

    def key(self, place: Place) -> str:
        chosen = self.pick((*KEYS, "'s t'", "1", "[]"))
        return f"[{self.expression(place)}]" if chosen == "[]" else "a" if chosen == "#" else chosen

    def target(self, place: Place) -> str:
        name = self.pick(NAMES)
        shapes = (name, name, f"{name}.{self.pick(KEYS[:-1])}", f"{name}[{self.expression(place)}]")
        return self.pick(shapes)

    def pattern(self, place: Place, leaf: Callable[[], str]) -> str:
        shape = self.count(4) if place.depth > 0 else 0
        if shape <= 1:
            return leaf()
        parts = [self.pattern(place.inner, leaf) + self.default(place) for _ in range(self.count(3))]
        rest = [f"...{leaf()}"] if self.flip() else []
        if shape == 2:
            return f"[{', '.join([*parts, *([''] if self.flip() else []), *rest])}]"
        return "{ " + ", ".join([*(f"{self.key(place.inner)}: {part}" for part in parts), *rest]) + " }"

    def default(self, place: Place) -> str:
        return f" = {self.expression(place.inner)}" if self.count(3) == 0 else ""

    def parameters(self, place: Place) -> str:
        # An await or yield may not stand in parameters.
        quiet = replace(place.inner, is_async=False, is_generator=False)
        found = [self.pattern(quiet, self.fresh) + self.default(quiet) for _ in range(self.count(2))]
        return ", ".join([*found, *([f"...{self.fresh()}"] if self.count(4) == 0 else [])])

    def function_rest(self, place: Place, *, is_async: bool, is_generator: bool) -> str:
        inside = place.function(is_async=is_async, is_generator=is_generator)
        return f"({self.parameters(place)}) {self.block(inside)}"

    def method(self, place: Place, key: str) -> str:
        head, is_async, is_generator = self.pick(
            (("", False, False), ("async ", True, False), ("*", False, True), ("async *", True, True))
        )
        return head + key + self.function_rest(place, is_async=is_async, is_generator=is_generator)

    def accessor(self, place: Place, key: str) -> str:
        inside = place.function(is_async=False, is_generator=False)
        return f"get {key}() {self.block(inside)}" if self.flip() else f"set {key}({self.fresh()}) {self.block(inside)}"

    def class_body(self, place: Place) -> str:
        members = [self.member(place.inner) for _ in range(self.count(3))]
        return "{ " + self.pick((" ", "\n")).join(["#p = 1;", *members]) + " }"

    def member(self, place: Place) -> str:
        static = self.pick(("", "static "))
        key = self.pick(("m", "'s t'", "3", f"[{self.expression(place)}]", f"#{self.fresh()}"))
        quiet = replace(place.function(is_async=False, is_generator=False), labels=())
        match self.count(3):
            case 0:
                return f"{static}{key}{self.pick((';', f' = {self.expression(quiet)};'))}"
            case 1:
                return static + self.accessor(place, key)
            case 2:
                return "static " + self.block(replace(quiet, in_function=False))
            case _:
                return static + self.method(place, key)

    # Statements.

    def block(self, place: Place) -> str:
        return "{ " + self.statements(place) + " }"

    def statements(self, place: Place) -> str:
        between = self.pick(("\n", " ", " /* c */ ", " // d\n"))
        return between.join(self.statement(place.inner) for _ in range(self.count(3) if place.depth > 0 else 0))

    def body(self, place: Place) -> str:
        return self.block(place) if self.flip() else self.simple(place)

    def statement(self, place: Place) -> str:
        return self.pick(STATEMENTS)(self, place) if place.depth > 0 else self.simple(place)

    def simple(self, place: Place) -> str:
        options = [self.expression_statement(place), ";"]
        if place.in_loop:
            options += ["break;", "continue;"]
        if place.in_function:
            options += [f"return {self.expression(place.inner, SEQUENCE)};", "return;"]
        options += [f"{jump} {label};" for label in place.labels for jump in ("break",)]
        return self.pick(options)

    def expression_statement(self, place: Place) -> str:
        text = self.expression(place.inner, SEQUENCE)
        ambiguous = ("{", "function", "class", "async", "let")
        return f"({text});" if text.startswith(ambiguous) else f"{text};"


Expression = Callable[[Writer, Place], tuple[str, int]]
Statement = Callable[[Writer, Place], str]


def _binary(w: Writer, p: Place) -> tuple[str, int]:
    operator = w.pick(tuple(BINARY))
    level = BINARY[operator]
    return f"{w.expression(p, level)} {operator} {w.expression(p, level + 1)}", level


def _chain(w: Writer, p: Place) -> tuple[str, int]:
    operator = w.pick(("+", "*", "-", "&&", "||", "??"))
    level = {"&&": AND, "||": OR, "??": COALESCE}.get(operator, BINARY.get(operator, 0))
    least = BITWISE_OR if operator == "??" else level + 1
    return f" {operator} ".join(w.expression(p, least) for _ in range(2 + w.count(2))), level


def _power(w: Writer, p: Place) -> tuple[str, int]:
    return f"{w.expression(p, POSTFIX)} ** {w.expression(p, 14)}", 14


def _unary(w: Writer, p: Place) -> tuple[str, int]:
    return f"{w.pick(('-', '+ ', '!', '~', 'typeof ', 'void '))}{_spaced(w.expression(p, UNARY))}", UNARY


def _spaced(text: str) -> str:
    return f" {text}" if text[0] in "+-" else text


def _delete(w: Writer, p: Place) -> tuple[str, int]:
    return f"delete {_receiver(w, p)}.a", UNARY


def _await(w: Writer, p: Place) -> tuple[str, int]:
    return (f"await {w.expression(p, UNARY)}", UNARY) if p.is_async else _member(w, p)


def _yield(w: Writer, p: Place) -> tuple[str, int]:
    return (f"yield{w.pick((' ', '* '))}{w.expression(p)}", ASSIGNMENT) if p.is_generator else _call(w, p)


def _conditional(w: Writer, p: Place) -> tuple[str, int]:
    return f"{w.expression(p, COALESCE)} ? {w.expression(p)} : {w.expression(p)}", 2


def _assignment(w: Writer, p: Place) -> tuple[str, int]:
    operator = w.pick(("=", "+=", "**=", ">>>=", "&&=", "||=", "??="))
    return f"{w.target(p)} {operator} {w.expression(p)}", ASSIGNMENT


def _destructuring(w: Writer, p: Place) -> tuple[str, int]:
    pattern = w.pattern(p, lambda: w.target(replace(p, depth=0)))
    return f"({pattern} = {w.expression(p)})", PRIMARY


def _update(w: Writer, p: Place) -> tuple[str, int]:
    return (f"{w.pick(('++', '--'))}{w.target(p)}", UNARY) if w.flip() else (f"{w.target(p)}{w.pick(('++', '--'))}", POSTFIX)


def _member(w: Writer, p: Place) -> tuple[str, int]:
    return _receiver(w, p) + w.pick(
        (f".{w.pick(KEYS[:-1])}", f"[{w.expression(p, SEQUENCE)}]", "?.a", f"?.[{w.expression(p)}]")
    ), CALL


def _receiver(w: Writer, p: Place) -> str:
    text = w.expression(p, CALL)
    return f"({text})" if text[0].isdigit() or text[0] == "." else text


def _call(w: Writer, p: Place) -> tuple[str, int]:
    return f"{w.expression(p, CALL)}{w.pick(('', '?.'))}({w.arguments(p)})", CALL


def _new(w: Writer, p: Place) -> tuple[str, int]:
    return f"new {w.pick(NAMES)}{w.pick(('', '.b'))}({w.arguments(p)})", CALL


def _import(w: Writer, p: Place) -> tuple[str, int]:
    return w.pick((f"import({w.expression(p)})", "import.meta.url")), CALL


def _string(w: Writer, p: Place) -> tuple[str, int]:
    return w.pick(tuple(f"'{text}'" for text in TEXTS)), PRIMARY


def _template(w: Writer, p: Place) -> tuple[str, int]:
    texts = [text for text in TEXTS if text != "${"]
    hole = replace(p, in_template=True)
    holes = "".join(f"{w.pick(texts)}${{{w.expression(hole, SEQUENCE)}}}" for _ in range(w.count(2)))
    tag = w.pick(("", "", "tag", "String.raw"))
    return f"{tag}`{holes}{w.pick(texts)}`", CALL if tag else PRIMARY


def _array(w: Writer, p: Place) -> tuple[str, int]:
    return f"[{w.arguments(p)}{w.pick(('', ', ', ',,'))}]", PRIMARY


def _object(w: Writer, p: Place) -> tuple[str, int]:
    entries = [w.pick(ENTRIES)(w, p) for _ in range(w.count(3))]
    return "{ " + ", ".join(entries) + " }", PRIMARY


def _function(w: Writer, p: Place) -> tuple[str, int]:
    head, is_async, is_generator = w.pick(
        (("function ", False, False), ("async function ", True, False), ("function* ", False, True))
    )
    name = w.pick(("", w.fresh()))
    return f"({head}{name}{w.function_rest(p, is_async=is_async, is_generator=is_generator)})", PRIMARY


def _arrow(w: Writer, p: Place) -> tuple[str, int]:
    is_async = w.flip()
    inside = p.function(is_async=is_async, is_generator=False)
    text = w.expression(inside)
    body = w.block(inside) if w.flip() else f"({text})" if text.startswith("{") else text
    return f"{'async ' * is_async}({w.parameters(p)}) => {body}", ASSIGNMENT


def _class(w: Writer, p: Place) -> tuple[str, int]:
    base = w.pick(("", f"extends {w.expression(p, CALL)} "))
    return f"(class {w.pick(('', w.fresh() + ' '))}{base}{w.class_body(p)})", PRIMARY


def _sequence(w: Writer, p: Place) -> tuple[str, int]:
    return f"{w.expression(p)}, {w.expression(p)}", SEQUENCE


def _jsx(w: Writer, p: Place) -> tuple[str, int]:
    # esprima-fork 5.0.0 loses count of braces in a template, and refuses a bare assignment in the second braces.
    if p.in_template:
        return _string(w, p)
    inner = w.pick((f"{{{w.expression(p, COALESCE)}}}", "text", "<b/>", "{/* none */}", "<></>"))
    attributes = w.pick(("", f" x={{{w.expression(p)}}}", ' y="s"', f" {{...{w.expression(p)}}}"))
    return f"(<a{attributes}>{inner}</a>)", PRIMARY


EXPRESSIONS: tuple[Expression, ...] = (
    *(_binary, _chain, _power, _unary, _delete, _await, _yield, _conditional, _assignment, _destructuring, _update),
    *(_member, _call, _new, _import, _string, _template, _array, _object, _function, _arrow, _class, _sequence, _jsx),
    *(_await, _call, _member, _arrow, _template, _object),
)

ENTRIES: tuple[Callable[[Writer, Place], str], ...] = (
    lambda w, p: w.pick(NAMES),
    lambda w, p: f"{w.key(p)}: {w.expression(p)}",
    lambda w, p: f"...{w.expression(p)}",
    lambda w, p: w.method(p, w.key(p)),
    lambda w, p: w.accessor(p, w.key(p)),
)


def _declaration(w: Writer, p: Place) -> str:
    kind = w.pick(("var", "let", "const"))
    parts = [f"{w.pattern(p, w.fresh)} = {w.expression(p.inner)}" for _ in range(1 + w.count(1))]
    return f"{kind} {', '.join(parts)};"


def _empty_declaration(w: Writer, p: Place) -> str:
    return f"{w.pick(('var', 'let'))} {w.fresh()}, {w.fresh()};"


def _function_declaration(w: Writer, p: Place) -> str:
    head, is_async, is_generator = w.pick(
        (("function ", False, False), ("async function ", True, False), ("async function* ", True, True))
    )
    return head + w.fresh() + w.function_rest(p, is_async=is_async, is_generator=is_generator)


def _class_declaration(w: Writer, p: Place) -> str:
    return f"class {w.fresh()} {w.class_body(p)}"


def _if(w: Writer, p: Place) -> str:
    ways = [f"if ({w.expression(p.inner, SEQUENCE)}) {w.block(p.inner)}" for _ in range(1 + w.count(2))]
    return " else ".join(ways) + (f" else {w.body(p.inner)}" if w.flip() else "")


def _for(w: Writer, p: Place) -> str:
    # An unparenthesised ``in`` would end the initialiser.
    init = w.pick(("", f"let {w.fresh()} = ({w.expression(p.inner)})", f"({w.expression(p.inner)})"))
    test, update = w.pick(("", w.expression(p.inner, SEQUENCE))), w.pick(("", w.expression(p.inner, SEQUENCE)))
    return f"for ({init}; {test}; {update}) {w.body(replace(p.inner, in_loop=True))}"


def _for_each(w: Writer, p: Place) -> str:
    word, between = w.pick((("for", "of"), ("for", "in"), ("for await", "of") if p.is_async else ("for", "of")))
    target = w.pick((f"{w.pick(('const', 'let', 'var'))} {w.pattern(p.inner, w.fresh)}", "c", "(c.d)"))
    return f"{word} ({target} {between} {w.expression(p.inner)}) {w.body(replace(p.inner, in_loop=True))}"


def _while(w: Writer, p: Place) -> str:
    body, test = w.block(replace(p.inner, in_loop=True)), w.expression(p.inner, SEQUENCE)
    return w.pick((f"while ({test}) {body}", f"do {body} while ({test});"))


def _switch(w: Writer, p: Place) -> str:
    cases = [f"case {w.expression(p.inner)}: {w.statements(p.inner)}" for _ in range(w.count(2))]
    cases.insert(w.count(len(cases)), f"default: {w.statements(p.inner)}")
    return f"switch ({w.expression(p.inner, SEQUENCE)}) {{ {' '.join(cases)} }}"


def _try(w: Writer, p: Place) -> str:
    catch = f" catch {w.pick(('', f'({w.pattern(p.inner, w.fresh)}) '))}{w.block(p.inner)}"
    final = f" finally {w.block(p.inner)}"
    return f"try {w.block(p.inner)}{w.pick((catch, final, catch + final))}"


def _labelled(w: Writer, p: Place) -> str:
    label = f"l{w.fresh()}"
    inside = replace(p.inner, labels=(*p.labels, label))
    return f"{label}: {w.pick((w.block, lambda place: _while(w, place), lambda place: _for(w, place)))(inside)}"


def _throw(w: Writer, p: Place) -> str:
    return f"throw {w.expression(p.inner, SEQUENCE)};"


STATEMENTS: tuple[Statement, ...] = (
    *(_declaration, _empty_declaration, _function_declaration, _class_declaration, _if, _for, _for_each, _while),
    *(_switch, _try, _labelled, _throw, Writer.block, Writer.simple, Writer.expression_statement),
)

EXPORTS: tuple[Statement, ...] = (
    lambda w, p: f"import {w.fresh()}, {{ a as {w.fresh()}, default as {w.fresh()} }} from 'm';",
    lambda w, p: f"import * as {w.fresh()} from 'm';",
    lambda w, p: f"export {_declaration(w, p)}",
    lambda w, p: f"export {_function_declaration(w, p)}",
    lambda w, p: f"export {_class_declaration(w, p)}",
    lambda w, p: f"export * as {w.fresh()} from 'm';",
    lambda w, p: f"export {{ a as {w.fresh()}, default as {w.fresh()} }} from 'm';",
    Writer.statement,
    Writer.statement,
    Writer.statement,
)


@st.composite
def programs(draw: Callable[[st.SearchStrategy[object]], object]) -> str:
    """The text of a module of up to four statements."""
    writer, place = Writer(draw), Place(4)
    texts = [writer.pick(EXPORTS)(writer, place) for _ in range(1 + writer.count(3))]
    if writer.count(5) == 0:
        texts.append(f"export default {writer.pick(('', 'async '))}({writer.parameters(place)}) => {{}}")
    return "\n".join(texts) + "\n"
