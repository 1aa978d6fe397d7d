"""Which module-level names a file assigns or changes, and by which text a span is shown; the same by both parsers."""

from __future__ import annotations

import pytest

from analyzer.flow.module import Effects, Module
from analyzer.frontends import estree, javascript
from analyzer.source import Language, SourceFile, Span


def modules(text: str) -> list[Module]:
    source = SourceFile("t.jsx", text, Language.JAVASCRIPT)
    return [javascript.read(source), estree.read(source)]


def texts(text: str, replacements: tuple[tuple[Span, str], ...] = ()) -> list[str]:
    """How both show a whole source."""
    return [module.text(Span("t.jsx", 0, len(text)), replacements) for module in modules(text)]


EFFECTS = [
    # assigned: after the declaration, from anywhere in the file
    ("let a = 1, b = 2; a = 3", "a", ""),
    ("let a; function f() { a++ }", "a", ""),
    ("let a, b, c; const f = () => { [a, { x: b = 1 }] = g(); ({ ...c } = h()) }", "a b c", ""),
    ("let a, b; for (a of x) ; for ([b] in y) ;", "a b", ""),
    ("let a; a ??= 1", "a", ""),
    ("let a, b; (a) = 1; ((b))++", "a b", ""),
    ("import { a } from 'm'; function f() { a = 1 }", "a", ""),
    ("function f() {} f = null; class C {} C = null", "f C", ""),
    ("{ var a; } a = 1", "a", ""),
    ("const a = 1; b = 2", "", ""),
    # mutated: members written or deleted, methods that change their receiver
    ("const a = {}; a.x = 1", "", "a"),
    ("const a = {}; function f() { a.x.y[z] += 1 }", "", "a"),
    ("const a = {}, b = {}; delete a?.x; b[x].y++", "", "a b"),
    ("const a = []; class C { m() { a.push(1) } }", "", "a"),
    ("const a = {}; a.list?.sort()", "", "a"),
    ("const a = []; a.map(f); a.slice(1); f(a)", "", ""),
    ("const a = {}; Object.assign(a, b); Object.defineProperty(a.b, 'c', {})", "", "a"),
    ("const a = {}, b = {}; Object.defineProperty(a, 'x', {}); Reflect.defineProperty(b, 'x', {})", "", "a b"),
    ("const a = {}; f.defineProperty(a, 'x', {}); assign(a, {})", "", ""),
    ("const a = {}; [a.x, b] = c; for (a.y of z) ;", "", "a"),
    ("const a = {}; a['push'](1); a.b().push(1)", "", ""),
    # shadowed: an inner scope has a name of its own
    ("let a; function f(a) { a = 1; a.x = 2 }", "", ""),
    ("let a; function f({ b: [a = 1] }, ...c) { a = 1 }", "", ""),
    ("let a; function f() { a = 1; var a }", "", ""),
    ("let a; function f() { { var a } a = 1 }", "", ""),
    ("let a; function f() { { let a } a = 1 }", "a", ""),
    ("let a; for (let a of b) { a = 1 }", "", ""),
    ("let a; try {} catch (a) { a = 1 }", "", ""),
    ("let a; try {} catch { a = 1 }", "a", ""),
    ("let a; const f = function a() { a = 1 }", "", ""),
    ("let a; { class a {} a = 1 }", "", ""),
    ("let a; { function a() {} a = 1 }", "", ""),
    ("let a; const f = (a) => () => { a = 1 }", "", ""),
    ("let a; class C { static { let a; a = 1 } }", "", ""),
    ("let a; switch (x) { case 1: let a; a = 1 }", "", ""),
    ("let a; function f(b = a = 1) {}", "a", ""),
]


@pytest.mark.parametrize(("text", "assigned", "mutated"), EFFECTS, ids=[text for text, _, _ in EFFECTS])
def test_effects(text: str, assigned: str, mutated: str) -> None:
    expected = Effects(frozenset(assigned.split()), frozenset(mutated.split()))
    assert [module.effects() for module in modules(text)] == [expected, expected]


TEXTS = [
    ("a   +\n\tb", "a + b"),
    ("a /* no */ + b // no", "a + b"),
    ("a/**/in/* x */b", "a in b"),
    ("f('two  spaces  // yes', `a  ${ b  +  c }  d`)", "f('two  spaces  // yes', `a  ${ b + c }  d`)"),
    ("x = /[/]  \\/\\/ /  .test(y)", "x = /[/]  \\/\\/ / .test(y)"),
    ("a\r\n&&  b", "a && b"),
    ("x = <p>two  spaces // yes</p>", "x = <p>two  spaces // yes</p>"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text for text, _ in TEXTS])
def test_texts(text: str, expected: str) -> None:
    assert texts(text) == [expected, expected]


def test_a_text_with_replacements() -> None:
    text = "(await  step.do('a b', async () => { x })) /* c */ > 0"
    replaced = (Span("t.jsx", text.index("step"), text.index("})") + 2), 'step("a b")')
    shown = '(await step("a b")) > 0'
    assert texts(text, (replaced,)) == [shown, shown]
