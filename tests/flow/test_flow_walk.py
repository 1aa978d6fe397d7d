"""The one traversal: every node once, in the order in which it runs."""

from __future__ import annotations

from analyzer.flow.tree import Function, Literal, Name, Node
from analyzer.flow.walk import children, inside, walk
from analyzer.frontends import read
from analyzer.source import Language, SourceFile


def body(text: str, language: Language = Language.JAVASCRIPT) -> tuple[Node, ...]:
    return read(SourceFile("a.js" if language is Language.JAVASCRIPT else "a.py", text, language)).body


def names(text: str, *, into_functions: bool = True, language: Language = Language.JAVASCRIPT) -> str:
    found = [node for node in walk(body(text, language), into_functions=into_functions) if isinstance(node, Name)]
    return " ".join(node.name for node in found)


def test_operands_run_from_left_to_right() -> None:
    assert names("a.b[c](d, ...e) + `${f}${g}`") == "a c d e f g"
    assert names("({ [a]: b, ...c }); [d, e]") == "a b c d e"
    assert names("a ? b : c; d && e; new f(g); await h; i.j = k") == "a b c d e f g h i k"


def test_a_value_runs_before_its_name_is_bound() -> None:
    assert names("const a = b; [c = d] = e") == "b a e d c"


def test_statements_run_in_order() -> None:
    assert names("if (a) b; else if (c) d; else e; switch (f) { case g: h; default: i }") == "a b c d e f g h i"
    assert names("for (a = b; c; d()) e; for (const f of g) h") == "b a c e d g f h"
    assert names("while (i) j; do { k } while (l)") == "i j k l"
    assert names("try { a } catch (b) { c } finally { d } l: { e; throw f }") == "a b c d e f"


def test_python_has_more_statements() -> None:
    assert names("with a as b: c\n", language=Language.PYTHON) == "a b c"
    assert names("for a in b: c\nelse: d\n", language=Language.PYTHON) == "b a c d"
    assert names("f(a, k=b)\n", language=Language.PYTHON) == "f a b"


def test_functions_are_entered_if_asked_for() -> None:
    text = "(a = b) => c; (class extends d { [e] = f; @g h() { i } })"
    assert names(text, into_functions=False) == "d e f g"
    assert names(text) == "b a c d e f g i"


def test_what_is_in_a_function_is_not_among_its_children() -> None:
    (function,) = body("(a, b = c) => { d }")
    assert isinstance(function, Function)
    assert children(function) == ()
    assert [node.name for node in inside(function) if isinstance(node, Name)] == ["a", "c", "b", "d"]


def test_a_single_node_can_be_walked() -> None:
    (call,) = body("a(1)")
    assert [type(node) for node in walk(call, into_functions=False)] == [type(call), Name, Literal]


def test_deep_nesting_takes_no_stack() -> None:
    nested = body("f(() => {" * 3_000 + "x" + "})" * 3_000)
    assert sum(1 for _ in walk(nested, into_functions=True)) == 3 * 3_000 + 1
