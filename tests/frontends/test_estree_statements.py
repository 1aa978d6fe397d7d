"""What each kind of ESTree statement and declaration becomes, worked out from the docstrings of ``flow.tree``."""

from __future__ import annotations

import pytest
from flow_nodes import (
    AT,
    UNDEFINED,
    arm,
    bind,
    block,
    branch,
    call,
    default,
    entry,
    exit_,
    function,
    items,
    lit,
    loop,
    member,
    name,
    names,
    op,
    opaque,
    param,
    record,
    spread,
)

from analyzer.flow.tree import (
    BindKind,
    BranchKind,
    Class,
    ClassMember,
    ExitKind,
    Export,
    Handler,
    Ignorance,
    Import,
    LoopKind,
    MemberKind,
    Node,
    Try,
)
from analyzer.frontends.estree import read
from analyzer.source import Language, SourceFile

x, y, z, o, f = names("x y z o f")
CONST, LET, VAR, HOISTED = BindKind.CONST, BindKind.LET, BindKind.VAR, BindKind.HOISTED
BREAK, CONTINUE, RETURN, THROW = ExitKind.BREAK, ExitKind.CONTINUE, ExitKind.RETURN, ExitKind.THROW


def lowered(text: str) -> tuple[Node, ...]:
    return read(SourceFile("t.js", text, Language.JAVASCRIPT)).body


def inside(text: str) -> tuple[Node, ...]:
    """The nodes of a function body."""
    (node,) = lowered(f"(function () {{ {text} }})")
    return node.body.nodes  # type: ignore[union-attr]


def catch(target: Node | None, *nodes: Node) -> Handler:
    return Handler(None, None if target is None else bind(target, None, CONST), nodes, None, AT)


def cls(*members: ClassMember, own: str | None = None, base: Node | None = None) -> Class:
    return Class(own, () if base is None else (base,), members, ())


def mem(key: Node, value: Node | None, kind: MemberKind, *, static: bool = False) -> ClassMember:
    return ClassMember(key, value, kind, static, (), AT)


STATEMENTS: list[tuple[str, tuple[Node, ...]]] = [
    ("x; ;; debugger; y", (x, y)),
    ("{ x } y", (block(x), y)),
    ("if (x) y", (branch(BranchKind.IF, None, arm(x, y)),)),
    (
        "if (x) { y; z } else if (o) f(); else { if (z) x }",
        (
            branch(
                BranchKind.IF,
                None,
                arm(x, y, z),
                arm(o, call(f)),
                arm(None, branch(BranchKind.IF, None, arm(z, x))),
            ),
        ),
    ),
    ("if (x) { { y } } else ;", (branch(BranchKind.IF, None, arm(x, block(y)), arm(None)),)),
    (
        "switch (x) { case 1: case 2: y; default: z }",
        (branch(BranchKind.SWITCH, x, arm(lit(1)), arm(lit(2), y), arm(None, z)),),
    ),
    ("try { x } catch { y }", (Try((x,), (catch(None, y),), (), None, AT),)),
    ("try { x } catch (z) { y } finally { o }", (Try((x,), (catch(z, y),), (), (o,), AT),)),
    ("try {} catch ({ z }) {} finally {}", (Try((), (catch(record(entry("z", z))),), (), (), AT),)),
    ("return", (exit_(RETURN),)),
    ("return x", (exit_(RETURN, x),)),
    ("throw x", (exit_(THROW, x),)),
    ("with (o) { x }", (opaque(o, block(x), reason=Ignorance.UNKNOWN_SYNTAX),)),
    ("l: { break l }", (block(exit_(BREAK, label="l"), label="l"),)),
    ("l: if (x) break l", (block(branch(BranchKind.IF, None, arm(x, exit_(BREAK, label="l"))), label="l"),)),
]

LOOPS: list[tuple[str, tuple[Node, ...]]] = [
    ("while (x) { y; break }", (loop(LoopKind.WHILE, y, exit_(BREAK), test=x),)),
    ("do y; while (x)", (loop(LoopKind.DO_WHILE, y, test=x),)),
    ("for (;;) continue", (loop(LoopKind.FOR, exit_(CONTINUE)),)),
    (
        "for (let x = 0, y; x < z; x++) f()",
        (
            block(
                bind(x, lit(0), LET),
                bind(y, None, LET),
                loop(LoopKind.FOR, call(f), test=op("<", x, z), update=bind(x, op("+", x, lit(1)))),
            ),
        ),
    ),
    ("for (f(); x;) ;", (block(call(f), loop(LoopKind.FOR, test=x)),)),
    ("for (const x of y) z", (loop(LoopKind.FOR_OF, z, target=bind(x, None, CONST), iterable=y),)),
    (
        "for (var [x, z = 1] of y) ;",
        (loop(LoopKind.FOR_OF, target=bind(items(x, default(z, lit(1))), None, VAR), iterable=y),),
    ),
    ("for (let x in y) ;", (loop(LoopKind.FOR_IN, target=bind(x, None, LET), iterable=y),)),
    ("for (x of y) ;", (loop(LoopKind.FOR_OF, target=bind(x, None), iterable=y),)),
    ("for (o.x of y) ;", (loop(LoopKind.FOR_OF, target=bind(member(o, "x"), None), iterable=y),)),
    (
        "l: for (;;) { for (;;) continue l }",
        (loop(LoopKind.FOR, loop(LoopKind.FOR, exit_(CONTINUE, label="l")), label="l"),),
    ),
    ("l: for (let x;;) ;", (block(bind(x, None, LET), loop(LoopKind.FOR, label="l")),)),
    ("k: l: while (x) ;", (block(loop(LoopKind.WHILE, test=x, label="l"), label="k"),)),
]

DECLARATIONS: list[tuple[str, tuple[Node, ...]]] = [
    ("var x, y = 1", (bind(x, None, VAR), bind(y, lit(1), VAR))),
    ("let x = y", (bind(x, y, LET),)),
    ("const { x, y: [z], ...o } = f", (bind(record(entry("x", x), entry("y", items(z)), spread(o)), f, CONST),)),
    ("const [, x] = y", (bind(items(UNDEFINED, x), y, CONST),)),
    ("function f(undefined) {}", (bind(f, function(name="f", params=(param(name("undefined")),)), HOISTED),)),
    ("class x extends y {}", (bind(x, cls(own="x", base=y), CONST),)),
    (
        "x = class { a = 1; #b; static 'c' = y; [z] = 2; static { f() } }",
        (
            bind(
                x,
                cls(
                    mem(lit("a"), lit(1), MemberKind.FIELD),
                    mem(lit("#b"), None, MemberKind.FIELD),
                    mem(lit("c"), y, MemberKind.FIELD, static=True),
                    mem(z, lit(2), MemberKind.FIELD),
                    mem(lit("static"), function(call(f)), MemberKind.STATIC_BLOCK, static=True),
                ),
            ),
        ),
    ),
    (
        "x = class y { constructor() { super() } get a() { return this.#p } set a(x) {} static async m() {} #p() {} [z]() {} }",
        (
            bind(
                x,
                cls(
                    mem(lit("constructor"), function(call(name("super")), name="constructor"), MemberKind.METHOD),
                    mem(lit("a"), function(exit_(RETURN, member(name("this"), "#p")), name="a"), MemberKind.GETTER),
                    mem(lit("a"), function(name="a", params=(param(x),)), MemberKind.SETTER),
                    mem(lit("m"), function(name="m", is_async=True), MemberKind.METHOD, static=True),
                    mem(lit("#p"), function(name="#p"), MemberKind.METHOD),
                    mem(z, function(), MemberKind.METHOD),
                    own="y",
                ),
            ),
        ),
    ),
    (
        "class x { #a; m(o) { return #a in o } }",
        (
            bind(
                x,
                cls(
                    mem(lit("#a"), None, MemberKind.FIELD),
                    mem(
                        lit("m"),
                        function(exit_(RETURN, op("in", lit("#a"), o)), name="m", params=(param(o),)),
                        MemberKind.METHOD,
                    ),
                    own="x",
                ),
                CONST,
            ),
        ),
    ),
]


def imported(specifier: str, export: str, local: str | None) -> Import:
    return Import(specifier, export, local, False, AT)


def exported(export: str, local: str, specifier: str | None = None) -> Export:
    return Export(export, local, specifier, AT)


DEFAULT = name("*default*")

MODULES: list[tuple[str, tuple[Node, ...]]] = [
    ("import 'm'", (imported("m", "*", None),)),
    (
        "import d, { a, b as c, default as e, 's t' as g } from 'm' with { type: 'json' }",
        (
            imported("m", "default", "d"),
            imported("m", "a", "a"),
            imported("m", "b", "c"),
            imported("m", "default", "e"),
            imported("m", "s t", "g"),
        ),
    ),
    ("import d, * as n from 'm'", (imported("m", "default", "d"), imported("m", "*", "n"))),
    (
        "export { x as y, z as 's t' }; let x, z",
        (exported("y", "x"), exported("s t", "z"), bind(x, None, LET), bind(z, None, LET)),
    ),
    (
        "export { a, default, b as default } from 'm'",
        (exported("a", "a", "m"), exported("default", "default", "m"), exported("default", "b", "m")),
    ),
    ("export * from 'm'", (exported("*", "*", "m"),)),
    ("export * as n from 'm'", (exported("n", "*", "m"),)),
    (
        "export const { x, o: [y = 1] } = f, z = 1",
        (
            bind(record(entry("x", x), entry("o", items(default(y, lit(1))))), f, CONST),
            exported("x", "x"),
            exported("y", "y"),
            bind(z, lit(1), CONST),
            exported("z", "z"),
        ),
    ),
    ("export function f() {}", (bind(f, function(name="f"), HOISTED), exported("f", "f"))),
    ("export class x {}", (bind(x, cls(own="x"), CONST), exported("x", "x"))),
    ("export default x", (bind(DEFAULT, x, CONST), exported("default", "*default*"))),
    ("export default function f() {}", (bind(f, function(name="f"), HOISTED), exported("default", "f"))),
    ("export default function () {}", (bind(DEFAULT, function(), CONST), exported("default", "*default*"))),
    ("export default class x {}", (bind(x, cls(own="x"), CONST), exported("default", "x"))),
    ("export default class extends y {}", (bind(DEFAULT, cls(base=y), CONST), exported("default", "*default*"))),
    ("export default (function f() {})", (bind(DEFAULT, function(name="f"), CONST), exported("default", "*default*"))),
]


@pytest.mark.parametrize(("text", "expected"), [*STATEMENTS, *LOOPS], ids=[text for text, _ in [*STATEMENTS, *LOOPS]])
def test_a_statement_becomes(text: str, expected: tuple[Node, ...]) -> None:
    assert inside(text) == expected


def test_for_await_is_told_apart() -> None:
    assert lowered("for await (const x of y) z") == (loop(LoopKind.FOR_AWAIT, z, target=bind(x, None, CONST), iterable=y),)


CASES = [*DECLARATIONS, *MODULES]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_declaration_becomes(text: str, expected: tuple[Node, ...]) -> None:
    assert lowered(text) == expected
