"""What functions of a module do to its names, and where inner names hide them."""

from __future__ import annotations

import pytest
from javascript_sources_read import read

ASSIGNED = {
    "at the top": "let a; a = 1",
    "in a function": "let a = 1; function f() { a = 2 }",
    "in a method": "let a; class C { m() { a++ } }",
    "by an operator": "let a; () => { a += 1 }",
    "by a logical operator": "let a; () => { a ??= 1 }",
    "in a pattern": "let a; () => { [a, b] = c }",
    "in an object pattern": "let a; () => { ({ b: [a = 1] } = c) }",
    "by its short form": "let a; () => { ({ a } = c) }",
    "by a loop": "let a; () => { for (a of b); }",
    "by a loop over keys": "let a; () => { for (a in b); }",
    "of an import": "import { a } from 'm'; a = 1",
    "of a function": "function a() {} a = 1",
    "in a block of the module": "{ var a } a = 1",
    "beside an inner name of another function": "let a; function f() { let a; a = 1 } function g() { a = 1 }",
    "before the inner block": "let a; function f() { a = 1; { let a; a = 2 } }",
    "in a default": "let a; function f(b = a = 1) {}",
    "after a catch clause of that name": "let a; try {} catch (a) { a = 1 } a = 2",
    "in the expression of a loop that declares another": "let a; for (const b of a = c);",
}
NOT_ASSIGNED = {
    "only declared": "let a = 1; const { b } = a",
    "a parameter": "let a; function f(a) { a = 1 }",
    "a parameter of an arrow": "let a; a => { a = 1 }",
    "a parameter in a pattern": "let a; ({ b: [a] }, ...c) => { a = 1 }",
    "a default parameter": "let a; (a = 1) => { a = 2 }",
    "a local": "let a; function f() { a = 1; var a }",
    "a local of a block": "let a; function f() { { let a; a = 1 } }",
    "a var in a block": "let a; function f() { a = 1; if (b) { var a } }",
    "a local function": "let a; function f() { a = 1; function a() {} }",
    "a local class": "let a; function f() { class a {} a = 1 }",
    "the function's own name": "let a; (function a() { a = 1 })",
    "a catch parameter": "let a; try {} catch (a) { a = 1 }",
    "a loop's own name": "let a; for (let a = 0; ; a++);",
    "a loop's own name of": "let a; for (const a of b) { a = 1 }",
    "a variable of a switch": "let a; switch (b) { case 1: let a; a = 1 }",
    "a name of no declaration": "a = 1",
    "a member": "let a; b.a = 1",
    "a key": "let a; ({ a: b } = c)",
}
MUTATED = {
    "a member": "const a = {}; () => { a.b = 1 }",
    "a member of a member": "const a = {}; () => { a.b.c[d] = 1 }",
    "a deleted member": "const a = {}; delete a.b",
    "a counted member": "const a = {}; a.b++",
    "a member in a pattern": "const a = {}; [a.b] = c",
    "a member of a loop": "const a = {}; for (a.b of c);",
    "a method that changes its receiver": "const a = []; () => { a.push(b) }",
    "such a method of a member": "const a = {}; () => { a.b.c.set(d) }",
    "an optional one": "const a = []; a?.push(b)",
    "assign": "const a = {}; Object.assign(a, b)",
    "define": "const a = {}; Object.defineProperty(a, b, c)",
}
NOT_MUTATED = {
    "a method that changes nothing": "const a = []; a.map(b)",
    "a parameter": "const a = []; a => a.push(b)",
    "the result of a call": "const a = []; a.slice().sort()",
    "a later argument": "const a = {}; Object.assign({}, a)",
    "the method taken": "const a = []; a.push",
}


@pytest.mark.parametrize("text", ASSIGNED.values(), ids=ASSIGNED.keys())
@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_assigned(text: str, path: str) -> None:
    assert read(text, path).effects().assigned == {"a"}


@pytest.mark.parametrize("text", NOT_ASSIGNED.values(), ids=NOT_ASSIGNED.keys())
@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_not_assigned(text: str, path: str) -> None:
    assert read(text, path).effects().assigned == set()


@pytest.mark.parametrize("text", MUTATED.values(), ids=MUTATED.keys())
@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_mutated(text: str, path: str) -> None:
    effects = read(text, path).effects()
    assert (effects.mutated, effects.assigned) == ({"a"}, set())


@pytest.mark.parametrize("text", NOT_MUTATED.values(), ids=NOT_MUTATED.keys())
@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_not_mutated(text: str, path: str) -> None:
    assert read(text, path).effects().mutated == set()


def test_casts_are_seen_through() -> None:
    effects = read("let a: A, b = [], c; (a as any).x = 1; b!.push(1); (c as any) = 2").effects()
    assert (effects.assigned, effects.mutated) == ({"c"}, {"a", "b"})


def test_parameters_with_types_hide_names_too() -> None:
    assert read("let a, b; function f(a: A, b?: B) { a = 1; b = 2 }").effects().assigned == set()
    assert read("let a; enum A { B } function f() { enum a { B } a = 1 }").effects().assigned == set()
