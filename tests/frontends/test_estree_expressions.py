"""What each kind of ESTree expression becomes, worked out from the docstrings of ``flow.tree``."""

from __future__ import annotations

import pytest
from flow_nodes import (
    UNDEFINED,
    arm,
    arrow,
    await_,
    bind,
    branch,
    call,
    default,
    entry,
    exit_,
    function,
    items,
    lit,
    member,
    name,
    names,
    op,
    opaque,
    param,
    record,
    spread,
    subscript,
    template,
    write,
    yield_,
)

from analyzer.flow.tree import BranchKind, ExitKind, Function, Node, ParamKind, Start
from analyzer.frontends.estree import read
from analyzer.source import Language, SourceFile

x, y, z, o, f = names("x y z o f")
RETURN = ExitKind.RETURN


def lowered(text: str) -> Node:
    module = read(SourceFile("t.js", text, Language.JAVASCRIPT))
    assert module.problems == ()
    (node,) = module.body
    return node


CONSTANTS: list[tuple[str, Node]] = [
    ("1.0", lit(1)),
    ("0x1F", lit(31)),
    ("1_000", lit(1000)),
    ("2.5e-1", lit(0.25)),
    ("1e3", lit(1000)),
    ("9007199254740993", lit(9007199254740992)),
    ("1e999", lit(float("inf"))),
    ("'a\\n\\u{1F600}\\x41'", lit("a\n\N{GRINNING FACE}A")),
    ("'\\ud83d\\ude00'", lit("\N{GRINNING FACE}")),
    ("true", lit(True)),
    ("null", lit(None)),
    ("undefined", UNDEFINED),
    ("void 0", UNDEFINED),
    ("10n", opaque()),
    ("/a[/]b/g", opaque()),
    ("`plain`", lit("plain")),
    ("``", lit("")),
    ("`a${x}b${y}`", template(lit("a"), x, lit("b"), y)),
    ("`${x}`", template(x)),
    ("`\\u0041${x}`", template(lit("A"), x)),
    ("tag`a${x}`", call(name("tag"), template(lit("a"), x))),
    ("tag`a`", call(name("tag"), lit("a"))),
]

OPERATORS: list[tuple[str, Node]] = [
    ("-x", op("-", x)),
    ("typeof x", op("typeof", x)),
    ("void x", op("void", x)),
    ("x + y + z", op("+", x, y, z)),
    ("(x + y) + z", op("+", x, y, z)),
    ("x + (y + z)", op("+", x, op("+", y, z))),
    ("x - y + z", op("+", op("-", x, y), z)),
    ("x ** y ** z", op("**", x, op("**", y, z))),
    ("x < y", op("<", x, y)),
    ("x === y", op("===", x, y)),
    ("x, y, z", op(",", x, y, z)),
    ("x && y", branch(BranchKind.AND, x, arm(None, y))),
    ("x || y || z", branch(BranchKind.OR, branch(BranchKind.OR, x, arm(None, y)), arm(None, z))),
    ("x ?? y", branch(BranchKind.NULLISH, x, arm(None, y))),
    ("x ? y : z", branch(BranchKind.TERNARY, None, arm(x, y), arm(None, z))),
    ("await x", await_(x)),
    ("delete o.x", write(member(o, "x"), None)),
    ("delete o?.x", write(member(o, "x"), None)),
    ("delete f()", op("delete", call(f))),
]

ASSIGNMENTS: list[tuple[str, Node]] = [
    ("x = y", bind(x, y)),
    ("x += y", bind(x, op("+", x, y))),
    ("x **= y", bind(x, op("**", x, y))),
    ("x >>>= y", bind(x, op(">>>", x, y))),
    ("x++", bind(x, op("+", x, lit(1)))),
    ("--x", bind(x, op("-", x, lit(1)))),
    ("x &&= y", branch(BranchKind.AND, x, arm(None, bind(x, y)))),
    ("o.x = y", write(member(o, "x"), y)),
    ("o[x] += y", write(subscript(o, x), op("+", subscript(o, x), y))),
    ("o.x--", write(member(o, "x"), op("-", member(o, "x"), lit(1)))),
    ("o.x ??= y", branch(BranchKind.NULLISH, member(o, "x"), arm(None, write(member(o, "x"), y)))),
    ("[x, , ...y] = z", bind(items(x, UNDEFINED, spread(y)), z)),
    (
        "({ x, y: o.y, [f]: z = 1, ...o } = f)",
        bind(record(entry("x", x), entry("y", member(o, "y")), entry(f, default(z, lit(1))), spread(o)), f),
    ),
]

ACCESS: list[tuple[str, Node]] = [
    ("this.x", member(name("this"), "x")),
    ("o['x']", subscript(o, lit("x"))),
    ("o?.x?.[y]?.(z)", call(subscript(member(o, "x"), y), z)),
    ("(o?.x).y", member(member(o, "x"), "y")),
    ("(f)(x, ...y)", call(f, x, spread(y))),
    ("new f", call(f, new=True)),
    ("new o.f(x)", call(member(o, "f"), x, new=True)),
    ("import('m')", call(name("import"), lit("m"))),
    ("import.meta.url", member(opaque(), "url")),
]

DISPLAYS: list[tuple[str, Node]] = [
    ("[x, , ...y]", items(x, UNDEFINED, spread(y))),
    ("({ x, 'a b': y, 1: z, [f]: o, ...o })", record(entry("x", x), entry("a b", y), entry(1, z), entry(f, o), spread(o))),
    (
        "({ async m(x) { return x } })",
        record(entry("m", function(exit_(RETURN, x), name="m", params=(param(x),), is_async=True))),
    ),
    ("({ get m() { x } })", record(entry("m", opaque(function(x, name="m"))))),
    ("({ [x]() {} })", record(entry(x, function()))),
    ("({ __proto__: x })", record(entry("__proto__", x))),
]

FUNCTIONS: list[tuple[str, Node]] = [
    ("(x) => y", arrow(exit_(RETURN, y), params=(param(x),))),
    ("async x => { await y }", arrow(await_(y), params=(param(x),), is_async=True)),
    ("() => ({ x })", arrow(exit_(RETURN, record(entry("x", x))))),
    (
        "(function f(x = 1, { y }, ...z) {})",
        function(name="f", params=(param(x, lit(1)), param(record(entry("y", y))), param(z, kind=ParamKind.REST))),
    ),
    (
        "(function* () { yield; yield x; yield* y })",
        function(yield_(None), yield_(x), yield_(y, delegate=True), start=Start.ON_ITERATION),
    ),
    ("(async function* () {})", function(start=Start.ON_ITERATION, is_async=True)),
    ("(function () { 'use strict'; new.target })", function(lit("use strict"), opaque())),
]
JSX: list[tuple[str, Node]] = [
    ("<a/>", opaque()),
    ("<a b='c' d={x}>text {y}{/* nothing */}<b e={z}/></a>", opaque(x, y, z)),
    ("<>{f(<i g={x}/>)}</>", opaque(call(f, opaque(x)))),
    ("<a b=<c d={x}/>/>", opaque(x)),
]

CASES = [*CONSTANTS, *OPERATORS, *ASSIGNMENTS, *ACCESS, *DISPLAYS, *FUNCTIONS, *JSX]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_an_expression_becomes(text: str, expected: Node) -> None:
    assert lowered(text) == expected


def test_true_is_not_one() -> None:
    # Equality of flow trees cannot tell them apart, since Python's True == 1.
    assert repr(lowered("[true, 1]")) == repr(items(lit(True), lit(1)))


def test_a_body_is_lowered_when_asked_for() -> None:
    node = lowered("() => { f() }")
    assert type(node) is Function
    assert node.body._thunk is not None
    assert node.body.nodes == (call(f),)
    assert node.body._thunk is None
