"""The flow tree as text: every kind of node, built by hand."""

from __future__ import annotations

from analyzer.flow import tree as t
from analyzer.flow.dump import dump
from analyzer.source import Span

AT = Span("a.py", 0, 0)
A, B, C = (t.Name(name, AT) for name in "ABC")


def shown(*nodes: t.Node) -> list[str]:
    return dump(nodes).splitlines()


def test_nothing_is_shown_as_nothing() -> None:
    assert dump(()) == ""


def test_constants_are_told_apart() -> None:
    values = ["a\n\u00e9", 1, 1.5, True, None, t.Undefined.UNDEFINED]
    assert shown(*[t.Literal(value, AT) for value in values]) == [
        'Literal "a\\n\\u00e9"',
        "Literal 1",
        "Literal 1.5",
        "Literal true",
        "Literal null",
        "Literal undefined",
    ]


def test_keywords_stand_apart_from_arguments() -> None:
    keywords = t.Record((t.Entry(t.Literal("k", AT), B, AT), t.Spread(C, AT)), AT)
    assert shown(t.Call(A, (B,), keywords, False, AT)) == [
        "Call",
        "  Name A",
        "  Name B",
        "  keywords",
        "    Record",
        '      Entry "k"',
        "        Name B",
        "      Spread",
        "        Name C",
    ]


def test_statements_of_python() -> None:
    loop = t.Loop(t.LoopKind.FOR_AWAIT, t.Bind(A, None, t.BindKind.VAR, AT), B, None, (C,), None, (A,), "l", AT)
    manager = t.With(A, t.Bind(B, None, t.BindKind.VAR, AT), (C,), True, AT)
    handler = t.Handler(A, t.Bind(B, None, t.BindKind.VAR, AT), (C,), None, AT)
    attempt = t.Try((A,), (handler,), (B,), (), AT)
    assert shown(loop, manager, attempt) == [
        "Loop FOR_AWAIT l",
        "  iterable",
        "    Name B",
        "  target",
        "    Bind VAR",
        "      Name A",
        "  Name C",
        "  orelse",
        "    Name A",
        "With async",
        "  Name A",
        "  target",
        "    Bind VAR",
        "      Name B",
        "  Name C",
        "Try",
        "  Name A",
        "  Handler",
        "    test",
        "      Name A",
        "    target",
        "      Bind VAR",
        "        Name B",
        "    Name C",
        "  orelse",
        "    Name B",
        "  final",
    ]


def test_functions_show_how_they_start() -> None:
    params = (
        t.Param(A, None, t.ParamKind.KEYWORD_ONLY, t.Fields((("f", t.TypeName("T", (t.AnyShape(),))),)), AT),
        t.Param(B, C, t.ParamKind.KEYWORD_REST, None, AT),
    )
    function = t.Function("f", params, t.Body(lambda: (A,)), t.Start.ON_AWAIT, True, "self", (C,), AT)
    assert shown(function) == [
        "Function f async ON_AWAIT receiver=self",
        "  decorators",
        "    Name C",
        "  Param KEYWORD_ONLY: {f: T<?>}",
        "    Name A",
        "  Param KEYWORD_REST",
        "    Name B",
        "    default",
        "      Name C",
        "  Name A",
    ]


def test_declarations_are_one_line() -> None:
    declaration = t.TypeDeclaration("T", ("U", "V"), t.TypeName("W", ()), AT)
    star, effect = t.Import("m", "*", "*", False, AT), t.Import("m", "*", None, True, AT)
    exports = (t.Export("a", "b", None, AT), t.Export("*", "*", "m", AT))
    assert shown(declaration, star, effect, *exports) == [
        "Type T<U, V> = W",
        'Import * from "m" as *',
        'Import type * from "m"',
        "Export a = b",
        'Export * = * from "m"',
    ]


def test_a_deep_tree_is_shown_without_endless_indentation() -> None:
    node: t.Node = A
    for _ in range(5_000):
        node = t.Await(node, AT)
    lines = shown(node)
    assert len(lines) == 5_001
    assert lines[100] == "  " * 100 + "Await"
    assert lines[-1] == "  " * 100 + "5000: Name A"
