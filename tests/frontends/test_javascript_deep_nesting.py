"""Sources nested 5,000 deep give a tree that is at most about 150 deep, and need little of Python's stack."""

from __future__ import annotations

import sys

import pytest
from javascript_sources_read import nodes, read

from analyzer.flow.dump import dump
from analyzer.flow.tree import Branch, Function, Ignorance, Name, Node, Opaque, Operation
from analyzer.flow.walk import children, inside
from analyzer.frontends.ecmascript.build import MAX_DEPTH

N = 5_000

FLAT = {
    "parentheses": "(" * N + "1" + ")" * N,
    "else ifs": "if (a) { b }" + "else if (c) { d }" * N + "else { e }",
    "a sum": " + ".join(["a"] * N),
    "a sequence": ", ".join(["a"] * N),
    "callbacks": 'await s.do("x", async () => {' * N + "1" + "})" * N,
    "arrows": "a => " * N + "1",
    "functions": "function f() {" * N + "a" + "}" * N,
    "methods": "x = { m() {" * N + "1" + "} }" * N,
    "casts in TypeScript": "x" + " as A" * N,
    "elements": "<a>" * N + "x" + "</a>" * N,
}
CUT = {
    "calls": "f(" * N + "1" + ")" * N,
    "calls of members": "a(b.c(" * N + "1" + "))" * N,
    "a chain of calls": "x" + ".a()" * N,
    "a chain of promises": "x" + ".then(() => { y })" * N,
    "a chain of elements": "x" + "[0]" * N,
    "tags": "a" + "`x`" * N,
    "a conjunction": " && ".join(["a"] * N),
    "mixed operators": "a" + " + b - c" * N,
    "powers": " ** ".join(["a"] * N),
    "comparisons": "a" + " === b" * N,
    "ternaries": "a ? b : " * N + "c",
    "blocks": "{" * N + "a" + "}" * N,
    "arrays": "[" * N + "a" + "]" * N,
    "objects": "x = " + "{ a: " * N + "1" + "}" * N,
    "negations": "!" * N + "a",
    "awaits": "await " * N + "a",
    "assignments": "a = " * N + "1",
    "templates": "`${" * N + "1" + "}`" * N,
    "constructors": "new X(" * N + "1" + ")" * N,
    "labels": "".join(f"l{index}: " for index in range(N)) + "a",
    "ifs": "if (a) {" * N + "b" + "}" * N,
    "elses": "if (a) {} else {" * N + "b" + "}" * N,
    "fors": "for (let i = 0; ; ) {" * N + "b" + "}" * N,
    "whiles": "while (a) {" * N + "b" + "}" * N,
    "tries": "try {" * N + "b" + "} finally {}" * N,
    "switches": "switch (a) { case 1: " * N + "b" + "}" * N,
    "classes": "class A { static x = " * N + "1" + "}" * N,
    "patterns": "const " + "[" * N + "a" + "]" * N + " = b",
    "object patterns": "const " + "{ a: " * N + "a" + "}" * N + " = b",
    "defaults": "function f(a = " * N + "1" + ") {}" * N,
    "spreads": "f(" + "...[" * N + "a" + "]" * N + ")",
    "JSX": "<a>{" * N + "x" + "}</a>" * N,
    "calls in parentheses": "f((" * N + "1" + "))" * N,
    "namespaces in TypeScript": "namespace A {" * N + "}" * N,
}
TYPES = {
    "type arguments": "let x: " + "A<" * N + "B" + ">" * N,
    "type literals": "class A extends B<" + "{ a: " * N + "C" + "}" * N + "> {}",
    "unions": "function f(a: " + " | ".join(["A"] * N) + ") {}",
}


def depth(body: tuple[Node, ...]) -> int:
    """The deepest nesting of nodes in one function body."""
    deepest = 0
    stack = [(node, 1) for node in body]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        below = 0 if isinstance(node, Function) else level
        stack.extend((part, below + 1) for part in (inside(node) if isinstance(node, Function) else children(node)))
    return deepest


def path_of(name: str) -> str:
    return "a.ts" if "Type" in name or name in TYPES else "a.jsx"


@pytest.mark.parametrize(("name", "text"), (FLAT | CUT | TYPES).items(), ids=lambda text: text[:25])
def test_the_tree_is_not_deep(name: str, text: str) -> None:
    module = read(text, path_of(name))
    assert depth(module.body) <= MAX_DEPTH + 5
    assert module.problems == ()
    assert dump(module.body)
    assert module.effects() is not None


@pytest.mark.parametrize("name", FLAT)
def test_what_is_flat_is_read_in_full(name: str) -> None:
    assert not [node for node in nodes(read(FLAT[name], path_of(name))) if getattr(node, "reason", None) is Ignorance.DEPTH]


@pytest.mark.parametrize("name", CUT)
def test_what_is_cut_off_is_opaque(name: str) -> None:
    cut = [node for node in nodes(read(CUT[name], path_of(name))) if isinstance(node, Opaque)]
    assert Ignorance.DEPTH in {node.reason for node in cut}


def test_every_callback_of_a_long_chain_is_kept() -> None:
    functions = [node for node in nodes(read(CUT["a chain of promises"], "a.js")) if isinstance(node, Function)]
    assert len(functions) == N
    assert all([isinstance(part, Name) for part in function.body.nodes] == [True] for function in functions)


def test_chains_of_one_operator_are_one_node() -> None:
    (total,) = read(FLAT["a sum"], "a.js").body
    assert isinstance(total, Operation)
    assert len(total.operands) == N


def test_else_ifs_are_arms() -> None:
    (branch,) = read(FLAT["else ifs"], "a.js").body
    assert isinstance(branch, Branch)
    assert len(branch.arms) == N + 2


def frames() -> int:
    """How many calls are running."""
    frame, count = sys._getframe(), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1  # type: ignore[assignment]
    return count


@pytest.mark.parametrize("name", (FLAT | CUT).keys())
def test_reading_takes_six_hundred_frames_at_most(name: str) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(frames() + 640)
    try:
        module = read((FLAT | CUT)[name], path_of(name))
        assert nodes(module)
    finally:
        sys.setrecursionlimit(limit)
