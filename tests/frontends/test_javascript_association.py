"""tree-sitter mis-associates types and operators (R1 to R7); what is read is what the same source without types says."""

from __future__ import annotations

import pytest
from javascript_sources_read import nodes, read, tree

from analyzer.flow.dump import dump

PREFIXES = (  # R1
    ("await step.do<T>(x)", "await step.do(x)"),
    ("!f<T>(x)", "!f(x)"),
    ("await a.b<T>(c).d()", "await a.b(c).d()"),
    ("void a<T>(x).b<U>(y)", "void a(x).b(y)"),
    ("!await f<T>(x)", "!await f(x)"),
    ("typeof a.b<T>(x)", "typeof a.b(x)"),
    ("delete a<T>(x).b", "delete a(x).b"),
    ("await f<T>(x)!.y", "await f(x).y"),
    ("await (step as any).do<T>('x')", "await (step).do('x')"),
    ("(await f)<T>(x)", "(await f)(x)"),
    ("-x! + y", "-x + y"),
    ("++a!.b", "++a.b"),
    ("await <A>f<T>(x)", "await f(x)"),
    ("async () => await f<T>(x) ? 1 : 2", "async () => await f(x) ? 1 : 2"),
    ("g(...f<T>(x))", "g(...f(x))"),
    ("await f?.<T>(x)", "await f?.(x)"),
)
CASTS = (  # R3, R5
    ("await r.json() as T", "await r.json()"),
    ("!x as boolean", "!x"),
    ("(await r.json() as T).x", "(await r.json()).x"),
    ("x as A.B.C", "x"),
    ("a as unknown as B.C.D", "a"),
    ("f(a as B.C.D, b)", "f(a, b)"),
    ("await x as A.B.C", "await x"),
    ("x as A.B.C | D", "x"),
    ("x as A.B.C | D && y", "x && y"),
    ("await x as A.B.C | D", "await x"),
    ("a || x as A.B.C | D", "a || x"),
    ("a + b as A.B.C", "a + b"),
    ("x satisfies A.B.C", "x"),
    ("a as B.C.D ?? d", "a ?? d"),
)
OPERATORS = (  # R4
    ("a || b!", "a || b"),
    ("x + y!.z", "x + y.z"),
    ("a + b! * c", "a + b * c"),
    ("a * b + c!.d", "a * b + c.d"),
    ("a - b!.x * c - d", "a - b.x * c - d"),
    ("a || b!.x || c!.y && d", "a || b.x || c.y && d"),
    ("a && b! || c", "a && b || c"),
    ("a ?? b?.c!", "a ?? b?.c"),
    ("a + await f<T>(x)", "a + await f(x)"),
    ("a.b<T>(x) + c.d<T>(y)", "a.b(x) + c.d(y)"),
    ("a + b.c<T>(x) * d", "a + b.c(x) * d"),
    ("a || await f<T>(x).g!.h", "a || await f(x).g.h"),
    ("a ?? b!(c)[d]", "a ?? b(c)[d]"),
    ("a ** b! ** c", "a ** b ** c"),
    ("a < b! && c > d!", "a < b && c > d"),
    ("x = y || z!.w", "x = y || z.w"),
    ("f(a || b!, c)", "f(a || b, c)"),
    ("`${a || b!}`", "`${a || b}`"),
    ("a ? b || c! : d", "a ? b || c : d"),
    ("i++ + y!", "i++ + y"),
    ("a || (b + c!.d)", "a || (b + c.d)"),
    ("(a || b)!.c", "(a || b).c"),
    ("a || b + c!.d - e", "a || b + c.d - e"),
    ("a || !b!.c", "a || !b.c"),
    ("a || b as A && c", "a || b && c"),
    ("a && b as A || c", "a && b || c"),
    ("x ?? y as Z", "x ?? y"),
    ("a === b as A", "a === b"),
)
TAGS = (  # R6
    ("sql<T>`a`", "sql`a`"),
    ("await this.sql<A.B>`x`", "await this.sql`x`"),
    ("const [r] = await db.sql<{ a: string }>`x`.first()", "const [r] = await db.sql`x`.first()"),
    ("sql<A[]>`${x}`", "sql`${x}`"),
    ("sql<string | null>`x`", "sql`x`"),
    ("a + sql<A, B>`x`", "a + sql`x`"),
    ("`a<b ${x} c>`", "`a<b ${x} c>`"),
)
DISPOSALS = (  # R7
    ("await using x = f(), y = g()", "const x = f(), y = g()"),
    ("using x = f()", "const x = f()"),
    ("for (await using x of y) {}", "for (const x of y) {}"),
    ("for (using x of y) {}", "for (const x of y) {}"),
    ("using(x); using.y = using", "xsing(x); xsing.y = xsing"),
)
TYPES = (
    ("new Foo<T>(x).bar<U>(y)", "new Foo(x).bar(y)"),
    ("a! = b", "a = b"),
    ("(a as any) = b", "a = b"),
    ("(a as any).b = c", "a.b = c"),
    ("a!++", "a++"),
    ("for (const x of y!.z as W[]) {}", "for (const x of y.z) {}"),
    ("if (a < (b as number) && c) {}", "if (a < (b) && c) {}"),
    ("throw <Error>e", "throw e"),
    ("f(<T>x, y!)", "f(x, y)"),
    ("try {} catch (e: unknown) {}", "try {} catch (e) {}"),
)
AWAITS = (  # R2, in JavaScript
    ("await (await x).y()", "Await\n  Call\n    Member .y\n      Await\n        Name x\n"),
    (
        "await (a ?? b)(c)",
        "Await\n  Call\n    Branch NULLISH\n      subject\n        Name a\n      Arm\n        Name b\n    Name c\n",
    ),
    ("await (a, b).c", "Await\n  Member .c\n    Operation ,\n      Name a\n      Name b\n"),
    ("await [a, b][0]", "Await\n  Member []\n    Items LIST\n      Name a\n      Name b\n    Literal 0\n"),
    ("await `x`.y()", 'Await\n  Call\n    Member .y\n      Literal "x"\n'),
    ("!await (x)(y)", "Operation !\n  Await\n    Call\n      Name x\n      Name y\n"),
    ("await(x)", "Await\n  Name x\n"),
    ("await (async () => {})()", "Await\n  Call\n    Function async\n"),
)


@pytest.mark.parametrize(("typed", "untyped"), [*PREFIXES, *CASTS, *OPERATORS, *TAGS, *DISPOSALS, *TYPES])
def test_types_change_nothing(typed: str, untyped: str) -> None:
    module, expected = read(typed, "a.ts"), read(untyped, "a.js")
    assert dump(module.body) == dump(expected.body).replace("xsing", "using")
    assert (module.problems, expected.problems) == ((), ())


@pytest.mark.parametrize(("source", "expected"), AWAITS)
@pytest.mark.parametrize("path", ["a.js", "a.ts", "a.tsx"])
def test_an_await_of_brackets_is_an_await(source: str, expected: str, path: str) -> None:
    assert tree(source, path) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("await step.do<T>(x)", ["await step.do<T>(x)", "step.do<T>(x)", "step.do", "step", "do", "x"]),
        ("a || b!.c", ["a || b!.c", "a", "b!.c", "b", "c"]),
        ("a + b! * c", ["a + b! * c", "a", "b! * c", "b", "c"]),
        ("x as A.B", ["x"]),
        ("await (y as any).z as B", ["await (y as any).z", "(y as any).z", "y", "z"]),
        ("sql<T>`a${b}`", ["sql<T>`a${b}`", "sql", "`a${b}`", "a", "b"]),
    ],
)
def test_places_are_those_of_the_text(source: str, expected: list[str]) -> None:
    module = read(source, "a.ts")
    assert [module.source.slice(node.span) for node in nodes(module)] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("const f = () => {\n}\n[a, b].c()", 2),
        ("const f = async () => {} // d\n\n// e\n(g)()", 2),
        ("const f = () => {}//d\n`e`.f()", 2),
        ("const f = function () {}\n(a)", 1),
        ("const f = () => {}\n/ a", 1),
    ],
)
def test_a_line_behind_an_arrow_function_is_a_statement(source: str, expected: int) -> None:
    assert len(read(source, "a.js").body) == expected
    assert len(read(source, "a.ts").body) == expected
