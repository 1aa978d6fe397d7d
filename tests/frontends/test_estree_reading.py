"""How files are read: places, errors, other parsers of the name esprima, unknown syntax, depth."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import esprima
import pytest
from flow_nodes import AT, block, call, lit, name, names, op, opaque
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import MissingExtraError
from analyzer.flow.dump import dump
from analyzer.flow.module import Module
from analyzer.flow.tree import Call, Ignorance, Loop, LoopKind, Member, Node, Opaque, Operation
from analyzer.frontends.estree import read
from analyzer.frontends.estree.lowering import Lowering
from analyzer.source import Language, SourceFile, Span

x, y, f = names("x y f")


def module(text: str) -> Module:
    return read(SourceFile("t.js", text, Language.JAVASCRIPT))


def texts(text: str) -> list[str]:
    read_module = module(text)
    return [read_module.source.slice(node.span) for node in read_module.body]


def test_spans_count_code_points() -> None:
    assert texts("'\N{GRINNING FACE}'; x\r\n/* \N{GRINNING FACE} */ f(y)") == ["'\N{GRINNING FACE}'", "x", "f(y)"]


def test_spans_behind_a_byte_order_mark() -> None:
    assert texts("\ufefff(x)") == ["f(x)"]


def test_the_span_of_parentheses_is_that_of_what_is_inside() -> None:
    assert texts("((x));\n(f)(y)") == ["x", "(f)(y)"]


def test_a_member_key_has_the_span_of_its_token() -> None:
    read_module = module("await step\n  .do('a')")
    (node,) = read_module.body
    match node:
        case _ if type(callee := node.value.callee) is Member:  # type: ignore[union-attr]
            assert read_module.source.slice(callee.key.span) == "do"
            assert read_module.source.position(callee.key.span.start) == (2, 4)


def test_the_text_of_a_template_has_a_span_without_its_marks() -> None:
    read_module = module("`ab${x}cd${y}ef`")
    (node,) = read_module.body
    parts = [read_module.source.slice(part.span) for part in node.parts]  # type: ignore[union-attr]
    assert parts == ["ab", "x", "cd", "y", "ef"]


def test_a_method_has_the_span_of_its_definition() -> None:
    read_module = module("class A { async run(x) { f } }")
    (node,) = read_module.body
    (member,) = node.value.members  # type: ignore[union-attr]
    assert read_module.source.slice(member.span) == "async run(x) { f }"
    assert read_module.source.slice(member.value.span) == "async run(x) { f }"


def test_a_syntax_error_is_one_problem_and_no_body() -> None:
    read_module = module("x;\ny = ;\n")
    assert read_module.body == ()
    (problem,) = read_module.problems
    assert read_module.source.position(problem.span.start) == (2, 5)
    assert problem.message == "Unexpected token ;"


def test_an_early_error_is_a_problem_and_the_body_is_kept() -> None:
    read_module = module("let x = 1; let x = 2; f(x)")
    assert [problem.message for problem in read_module.problems] == ["Identifier 'x' has already been declared"]
    assert read_module.body[-1] == call(f, x)


def test_what_only_a_script_may_hold_is_read_as_a_script() -> None:
    read_module = module("with (x) y; var await = 1")
    assert read_module.problems == ()
    assert read_module.body[0] == opaque(x, block(y), reason=Ignorance.UNKNOWN_SYNTAX)


def test_a_hashbang_and_directives() -> None:
    read_module = module("#!/usr/bin/env node\n'use strict'\nx")
    assert read_module.problems == ()
    assert read_module.body == (lit("use strict"), x)


def test_an_empty_file() -> None:
    assert module("").body == ()
    assert module(" // nothing").problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000 + ")" * 3000,
        "[" * 3000,
        "{" * 3000,
        "f(" * 500 + ")" * 500,
        "x => " * 2000 + "x",
        "if (x) y; else " * 2000 + "y",
        "`${" * 1000,
        "<a>" * 1000,
        "class { m() { return " * 500,
        "!" * 5000 + "x",
    ],
    ids=lambda text: text[:12],
)
def test_nesting_beyond_the_parser_is_a_problem(text: str) -> None:
    read_module = module(text)
    assert len(read_module.problems) >= 1
    assert read_module.body == ()


@pytest.mark.parametrize("text", ["\0", "\\", "\ud800x", "#", "@", "`", "'", "/*", "1" * 6000 + "n", "a.#b", "<a>"])
def test_noise_never_raises(text: str) -> None:
    assert type(module(text)) is Module


PROGRAM = (Path(__file__).with_name("javascript_sources") / "program_streams.js").read_text(encoding="utf-8")


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.integers(0, len(PROGRAM)), st.integers(0, 40), st.sampled_from(["", "}", "(", "`", "/*", "'", "class ", "=> {"]))
def test_a_broken_program_never_raises(start: int, length: int, inserted: str) -> None:
    read_module = module(PROGRAM[:start] + inserted + PROGRAM[start + length :])
    assert read_module.problems or read_module.body
    assert dump(read_module.body).count("\n") >= len(read_module.body)
    assert read_module.effects().assigned <= {"memo", "slow", "lines", "pipe", "Range", "compute"}
    for problem in read_module.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(read_module.source.text)


def test_a_long_sum_is_one_operation() -> None:
    (node,) = module(" + ".join(["x"] * 600)).body
    assert node == op("+", *[x] * 600)


def depth_of(node: object) -> int:
    deepest, stack = 0, [(node, 1)]
    while stack:
        at, depth = stack.pop()
        deepest = max(deepest, depth)
        inner: tuple[Node, ...] = ()
        match at:
            case Call(callee=callee, args=args):
                inner = (callee, *args)
            case Member(object=target):
                inner = (target,)
            case Operation(operands=operands):
                inner = operands
            case Opaque(parts=parts):
                inner = parts
        stack.extend((each, depth + 1) for each in inner)
    return deepest


def test_a_long_chain_is_cut() -> None:
    (node,) = module("x" + "".join(f".a(n{i})" for i in range(300))).body
    assert 100 < depth_of(node) <= 200


# Other parsers of the name esprima


def utf16(node: object, text: str) -> None:
    """Counts all ranges of a tree in UTF-16 units instead."""
    for part in _nodes(node):
        part.range = [len(text[:offset].encode("utf-16-le")) // 2 for offset in part.range]


def _nodes(node: object) -> Iterator[SimpleNamespace]:
    stack: list[object] = [node]
    seen: set[int] = set()
    while stack:
        at = stack.pop()
        if type(at) is list:
            stack.extend(at)
        elif hasattr(at, "__dict__") and id(at) not in seen:
            seen.add(id(at))
            if hasattr(at, "range") and at.range:
                yield at  # type: ignore[misc]
            stack.extend(vars(at).values())


def fake(monkeypatch: pytest.MonkeyPatch, parse: object) -> None:
    other = ModuleType("esprima")
    other.parse = parse  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "esprima", other)


def test_a_parser_that_counts_utf16_units(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(text: str, options: dict[str, object]) -> object:
        program = esprima.parse(text, options)
        utf16(program, text)
        return program

    fake(monkeypatch, parse)
    assert texts("'\N{GRINNING FACE}'; x = '\N{GRINNING FACE}\N{GRINNING FACE}'; f(y)") == [
        "'\N{GRINNING FACE}'",
        "x = '\N{GRINNING FACE}\N{GRINNING FACE}'",
        "f(y)",
    ]


def test_no_esprima(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "esprima", None)
    with pytest.raises(
        MissingExtraError, match=r"esprima is not installed; install it with: pip install 'stepgraph\[esprima\]'"
    ):
        module("x")


def test_an_old_esprima(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(text: str, options: dict[str, object]) -> object:
        return esprima.parse(text, {**options, "ecmaVersion": 2017})

    fake(monkeypatch, parse)
    with pytest.raises(MissingExtraError, match="cannot read ES2022"):
        module("x")


def test_a_module_of_that_name_that_is_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "esprima", ModuleType("esprima"))
    with pytest.raises(MissingExtraError, match="cannot read ES2022"):
        module("x")


def test_a_parser_that_breaks_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(text: str, options: dict[str, object]) -> object:
        if "break" in text:
            raise ZeroDivisionError
        return esprima.parse(text, options)

    fake(monkeypatch, parse)
    read_module = module("break")
    assert read_module.body == ()
    assert [problem.message for problem in read_module.problems] == ["ZeroDivisionError"]


# Trees of any shape


def lowering() -> Lowering:
    from analyzer.frontends.estree import EXPRESSIONS, STATEMENTS

    return Lowering("t.js", "x" * 10, lambda offset: offset, EXPRESSIONS, STATEMENTS)


def identifier(text: str, start: int) -> SimpleNamespace:
    return SimpleNamespace(type="Identifier", name=text, range=[start, start + 1])


def test_an_unknown_kind_runs_its_parts_in_source_order() -> None:
    node = SimpleNamespace(
        type="PipelineExpression",
        steps=[identifier("f", 5)],
        head=SimpleNamespace(type="Mystery", deep=[identifier("x", 0)], range=[0, 1]),
        label="no node",
        leadingComments=[SimpleNamespace(type="Line", range=[0, 0])],
        range=[0, 6],
    )
    unknown = opaque(opaque(name("x"), reason=Ignorance.UNKNOWN_SYNTAX), name("f"), reason=Ignorance.UNKNOWN_SYNTAX)
    assert lowering().expression(node, 1) == unknown
    assert lowering().statement(node, 1) == (unknown,)


def test_a_part_that_recovery_left_out_is_a_syntax_error() -> None:
    node = SimpleNamespace(type="AwaitExpression", argument=None, range=[3, 9])
    (lowered,) = lowering().statement(node, 1)
    assert lowered.value == opaque(reason=Ignorance.SYNTAX_ERROR)  # type: ignore[union-attr]


def test_a_tree_deeper_than_any_stack_is_cut() -> None:
    node: object = identifier("x", 0)
    for _ in range(50_000):
        node = SimpleNamespace(type="AwaitExpression", argument=node, range=[0, 1])
    at: object = lowering().expression(node, 1)
    depth = 0
    while type(at) is not Opaque:
        at, depth = at.value, depth + 1  # type: ignore[attr-defined]
    assert at == opaque(reason=Ignorance.DEPTH)
    assert 100 < depth <= 150


def test_spellings_of_other_parsers() -> None:
    # esprima2 6.0: the mark in the name of a private member, a block in a static block, no mark of a big integer.
    private = SimpleNamespace(type="PrivateIdentifier", name="#x", range=[2, 4])
    member = SimpleNamespace(type="MemberExpression", object=identifier("o", 0), property=private, computed=False, range=[0, 4])
    assert lowering().expression(member, 1) == Member(name("o"), lit("#x"), False, AT)
    big = SimpleNamespace(type="Literal", value=10, raw="10n", range=[0, 3])
    assert lowering().expression(big, 1) == opaque()
    loop = SimpleNamespace(
        type="ForAwaitStatement", left=identifier("x", 0), right=identifier("y", 1), body=identifier("f", 2), range=[0, 3]
    )
    (node,) = lowering().statement(loop, 1)
    assert type(node) is Loop
    assert node.kind is LoopKind.FOR_AWAIT
    inner = SimpleNamespace(type="BlockStatement", body=[identifier("f", 1)], range=[0, 3])
    static = SimpleNamespace(type="StaticBlock", body=inner, range=[0, 3])
    body = SimpleNamespace(type="ClassBody", body=[static], range=[0, 3])
    made = lowering().expression(SimpleNamespace(type="ClassExpression", id=None, body=body, range=[0, 3]), 1)
    assert made.members[0].value.body.nodes == (f,)  # type: ignore[union-attr]


def test_template_texts_without_marks_in_their_range() -> None:
    node = SimpleNamespace(
        type="TemplateLiteral",
        quasis=[
            SimpleNamespace(value=SimpleNamespace(raw="a", cooked="a"), tail=False, range=[1, 2]),
            SimpleNamespace(value=SimpleNamespace(raw="", cooked=""), tail=True, range=[6, 6]),
        ],
        expressions=[identifier("x", 4)],
        range=[0, 7],
    )
    template = lowering().expression(node, 1)
    assert [part.span for part in template.parts] == [Span("t.js", 1, 2), Span("t.js", 4, 5)]  # type: ignore[union-attr]
