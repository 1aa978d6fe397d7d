"""Python nested too deeply, or written in chains too long, for a stack, for libcst, or for anyone."""

from __future__ import annotations

import sys
import threading

import pytest
from python_reading import nodes, problems, read

from analyzer.flow.dump import dump
from analyzer.flow.tree import Branch, Ignorance, Node, Opaque, Operation
from analyzer.flow.walk import children

LONG = {
    "sum": "x = " + " + ".join(["a"] * 450),
    "sums and differences": "x = " + " + a - ".join(["b"] * 220),
    "and": "x = " + " and ".join(["a"] * 400),
    "comparison": "x = " + " < ".join(["a"] * 400),
    "calls in calls": "x = " + "f(" * 190 + "a" + ")" * 190,
    "a chain of calls": "x = a" + ".b(c)" * 240,
    "a chain of subscripts": "x = a" + "[0]" * 240,
    "lists": "x = " + "[" * 199 + "a" + "]" * 199,
    "dictionaries": "x = " + "{1: " * 199 + "a" + "}" * 199,
    "brackets": "x = " + "(" * 199 + "a" + ")" * 199,
    "prefixes": "x = " + "not " * 400 + "a",
    "powers": "x = " + "**".join(["a"] * 300),
    "lambdas": "x = " + "lambda: " * 400 + "a",
    "conditionals": "x = " + "a if b else " * 200 + "c",
    "strings": "x = (" + "'a' " * 2_000 + ")",
    "strings in holes": "x = " + "f'{" * 140 + "1" + "}'" * 140,
    "clauses": "x = [a " + "for b in c " * 200 + "]",
    "targets": "a = " * 300 + "1",
    "items": "with " + ", ".join(["a as b"] * 300) + ": pass",
    "blocks": "".join([" " * level + "if a:\n" for level in range(98)]) + " " * 98 + "b",
    "functions": "".join([" " * level + "def f():\n" for level in range(98)]) + " " * 98 + "b",
    "classes": "".join([" " * level + "class A:\n" for level in range(98)]) + " " * 98 + "b",
    "branches": "if a:\n  b\n" + "elif c:\n  d\n" * 3_000,
    "decorators": "@a\n" * 1_000 + "def f(): pass",
    "walrus": "x = " + "(a := " * 150 + "1" + ")" * 150,
}
REFUSED = {
    "brackets": ("(" * 202 + "a" + ")" * 202, "brackets nested more than 200 deep"),
    "a chain": ("a" + ".b()" * 5_000, "an expression of more than 500 operators in a chain"),
    "prefixes": ("-" * 30_000 + "a", "an expression of more than 500 operators in a chain"),
    "a chain in brackets": (
        "[" * 100 + " + ".join(["a"] * 450) + "]" * 100,
        "an expression of more than 500 operators in a chain",
    ),
    "chains": ("[" + ", ".join([" + ".join(["a"] * 450)] * 40) + "]", "an expression of more than 500 operators in a chain"),
}


def depth(roots: tuple[Node, ...]) -> int:
    """How deeply nodes are nested, functions begun anew."""
    deepest = 0
    stack = [(node, 1) for node in roots]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        below = 1 if type(node).__name__ == "Function" else level + 1
        stack.extend([(child, below) for child in children(node)])
    return deepest


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_nothing_is_nested_deeper_than_some_150_nodes(text: str) -> None:
    module = read(text + "\nafter\n")
    assert module.problems == ()
    assert depth(module.body) <= 155
    assert dump(module.body).endswith("Name after\n")
    module.effects()


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_what_libcst_is_not_given(text: str, words: str) -> None:
    source = f"before\nx = {text}\nafter\n"
    ((row, _, message),) = problems(source)
    assert (row, message) == (2, words)
    assert dump(read(source).body) == "Name before\nOpaque SYNTAX_ERROR\nName after\n"


def test_a_pattern_that_would_cost_exponential_time() -> None:
    source = "match a:\n  case b: c\n  case " + "[" * 30 + "d" + "]" * 30 + ":\n    e\nafter\n"
    assert problems(source) == [(3, 3, "a pattern nested more than 12 deep")]
    assert "Name e" in dump(read(source).body)


def test_too_many_indents() -> None:
    text = "".join([" " * level + "if a:\n" for level in range(150)]) + " " * 150 + "b\nafter\n"
    assert problems(text)[0][2] == "more than 99 levels of indentation"
    assert dump(read(text).body).endswith("Name after\n")


def test_a_hundred_thousand_branches_and_one() -> None:
    text = "if a: b\n" + "elif a: b\n" * 100_001
    assert problems(text) == [(1, 1, "more than 100,000 times `elif`")]


def test_a_long_chain_is_one_operation() -> None:
    (operation,) = [node for node in nodes(LONG["sum"]) if type(node) is Operation]
    assert len(operation.operands) == 450


def test_branches_are_arms_of_one_branch() -> None:
    (branch,) = [node for node in read(LONG["branches"]).body if type(node) is Branch]
    assert len(branch.arms) == 3_001


def test_the_arguments_of_a_chain_that_is_cut_are_kept() -> None:
    text = "x = a" + "".join([f".b(c{number})" for number in range(240)])
    words = dump(read(text).body).split()
    assert [number for number in range(240) if f"c{number}" not in words] == []
    assert sum(type(node) is Opaque and node.reason is Ignorance.DEPTH for node in nodes(text)) >= 1


def test_bodies_are_lowered_near_the_end_of_the_stack() -> None:
    module = read("def f():\n  x = " + " + a - ".join(["b"] * 60))

    def dig(left: int) -> int:
        return dig(left - 1) if left else len(nodes_of_body())

    def nodes_of_body() -> tuple[Node, ...]:
        (bind,) = module.body
        return bind.value.body.nodes  # type: ignore[union-attr]

    frames = len(sys._current_frames()) and _frames()
    assert dig(sys.getrecursionlimit() - frames - 60) == 1


def test_limits_of_the_process_are_left_as_they_were() -> None:
    before = sys.getrecursionlimit(), threading.stack_size()
    read(LONG["branches"])
    read(LONG["sum"])
    assert (sys.getrecursionlimit(), threading.stack_size()) == before


def _frames() -> int:
    frame = sys._getframe()
    count = 0
    while frame is not None:
        count, frame = count + 1, frame.f_back  # type: ignore[assignment]
    return count
