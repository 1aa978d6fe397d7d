"""Spans are offsets in code points, whatever the source holds."""

from __future__ import annotations

import pytest
from javascript_sources_read import nodes, read

from analyzer.flow.tree import Arm, Branch, Call, Function, Member


def texts(source: str, path: str = "a.js") -> list[str]:
    module = read(source, path)
    return [module.source.slice(node.span) for node in nodes(module)]


@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_characters_of_any_width_count_one(path: str) -> None:
    assert texts('"😀é"; a.b("𐐷", /* ü */ c)', path) == ['"😀é"', 'a.b("𐐷", /* ü */ c)', "a.b", "a", "b", '"𐐷"', "c"]


@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_names_may_hold_any_letter(path: str) -> None:
    source = "const größe = 𐐷.été; ж(größe, 变量)"
    expected = ["größe = 𐐷.été", "𐐷.été", "𐐷", "été", "größe", "ж(größe, 变量)", "ж", "größe", "变量"]
    assert texts(source, path) == expected
    assert read(source, path).problems == ()


def test_a_byte_order_mark_and_strange_spaces_are_spaces() -> None:
    module = read("\ufeffa\u00a0=\u3000b", "a.js")
    assert [module.source.slice(node.span) for node in module.body] == ["a\u00a0=\u3000b"]
    assert module.problems == ()


def test_parentheses_casts_and_semicolons_are_no_part() -> None:
    assert texts("((a)); (b as C)!;", "a.ts") == ["a", "b"]
    assert texts("f((a), (b));", "a.js") == ["f((a), (b))", "f", "a", "b"]


def test_comments_behind_a_block_are_no_part() -> None:
    source = "if (a) { b } // c\nconst d = function () {} /* e */ // f\ng = () => {} // }\nh"
    module = read(source, "a.js")
    assert [module.source.slice(node.span) for node in module.body] == [
        "if (a) { b }",
        "d = function () {}",
        "g = () => {}",
        "h",
    ]


def test_a_condition_is_what_stands_in_the_brackets() -> None:
    module = read("if ((a as B) /* c */) {} else if (((d))) {} e ? f : g; switch (h) { case (i): }", "a.ts")
    arms: list[Arm] = [arm for node in module.body if isinstance(node, Branch) for arm in node.arms]
    assert [arm.condition and module.source.slice(arm.condition) for arm in arms] == ["a as B", "d", "e", None, "i"]


def test_the_name_of_a_method_has_a_place() -> None:
    (call,) = read("a\n  .b<T>(c)", "a.ts").body
    assert isinstance(call, Call)
    assert isinstance(call.callee, Member)
    assert (call.callee.key.span.start, call.callee.key.span.end) == (5, 6)


def test_a_function_body_has_places_too() -> None:
    (function,) = read("async (é) => { await f(é) }", "a.js").body
    assert isinstance(function, Function)
    (waiting,) = function.body.nodes
    assert (waiting.span.start, waiting.span.end) == (15, 25)
    assert waiting.span.path == "a.js"
