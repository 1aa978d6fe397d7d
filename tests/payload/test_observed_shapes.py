"""Graphs by hand of observed sources: their payloads have the shape the platform's parser gave (fixtures/reference).

Left aside, as knowingly different (SEMANTICS section 8): numbers, ``break`` nodes outside a switch, the ``type`` of functions
and of the blocks of a ``try``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from payload_notation import (
    Nodes,
    again,
    attempt,
    back,
    call,
    choice,
    do,
    floating,
    join,
    kept,
    leave,
    loop,
    switch,
    text,
    throw,
    together,
    workflow,
)

from analyzer.graph import model
from analyzer.payload.convert import to_payload

OBSERVED = Path(__file__).parents[2] / "fixtures" / "reference" / "observed.jsonl"
RACE, ANY, SETTLED = model.JoinKind.RACE, model.JoinKind.ANY, model.JoinKind.SETTLED
KEPT = model.Started.KEPT


def _wait(name: str) -> model.StepWaitForEvent:
    return model.StepWaitForEvent(name, model.WaitOptions("t", None), None, KEPT, ord(name))


def _sleep(name: str) -> model.StepSleep:
    return model.StepSleep(name, "1 day", KEPT, ord(name))


def _joined(*names: str, kind: model.JoinKind) -> model.Join:
    return model.Join(tuple(map(ord, names)), kind)


def _if(*cases: tuple[str | None, Nodes]) -> model.If:
    return model.If(tuple(model.Case(condition, body) for condition, body in cases))


SHARED: dict[str, Nodes] = {
    "loops-09": (loop("l", do("a"), leave("l"), endless=True),),
    "loops-11": (loop("l", do("a"), again("l"), endless=True),),
    "loops-12": (loop("o", loop("i", do("a"), leave("o"))),),
    "loops-14": (loop("l"), do("a")),
    "loops-24": (loop("l", together(loop("m", kept("a"))), join("a")),),
    "branches-01": (_if(("a>1", (do("x"),))),),
    "branches-02": (_if(("a>1", ()), (None, (do("x"),))),),
    "branches-03": (_if(("a>1", ())), do("x")),
    "branches-08": (_if(("!a", (throw(),))), do("x")),
    "branches-10": (choice(a=(do("x"),), b=(), c=(do("z"),)),),
    "branches-17": (choice(cond=(do("t"),), else_=()),),
    "branches-20": (choice(cond=(), else_=(do("t"),)),),
    "branches-30": (
        model.Switch("x.y(1)", (model.Case("1", (leave("s"),)), model.Case("2", (do("a"), leave("s"))), model.Case(None, ()))),
    ),
    "branches-32": (switch("x", one=(leave("x"),)), do("x")),
    "branches-36": (attempt((), (do("c"),)),),
    "branches-39": (attempt((), ()), do("x")),
    "branches-40": (attempt((do("a"), back()), (do("c"), throw())),),
    "branches-41": (attempt((attempt((do("a"),), (do("b"),)),), (do("c"),)),),
    "branches-53": (floating("a"),),
    "promises-02": (together(kept("a"), kept("b")), join("a", "b"), together(kept("c"), kept("e")), join("c", "e")),
    "promises-04": (kept("a"), kept("b"), join("a", "b"), do("c"), do("e")),
    "promises-07": (kept("a"), do("b"), join("a"), do("c")),
    "promises-11": (do("b"), floating("a")),
    "promises-13": (kept("a"), kept("b"), join("a", "b", returned=True), back()),
    "promises-14": (
        together(kept("a"), _sleep("s"), kind=RACE),
        join("a", kind=RACE),
        _joined("s", kind=RACE),
        together(kept("b"), kept("c"), kind=ANY),
        join("b", "c", kind=ANY),
        together(kept("e"), kept("f"), kind=SETTLED),
        join("e", "f", kind=SETTLED),
    ),
    "promises-18": (together(loop("l", kept("a")), kept("b")), join("a", "b")),
    "promises-22": (together(), do("a")),
    "promises-31": (attempt((together(kept("a"), kept("b")), join("a", "b")), (do("c"),)),),
    "promises-36": (_wait("w"), do("a"), _joined("w", kind=model.JoinKind.ALL), do("b")),
    "promises-40": (kept("a"), kept("b"), join("a"), kept("c"), join("b"), join("c"), do("e")),
    "promises-47": (
        loop(
            "l",
            together(_wait("w"), _sleep("s"), kind=RACE),
            _joined("w", "s", kind=RACE),
            choice(r=(leave("l"),)),
            endless=True,
        ),
    ),
    "loops-22": (loop("l", model.StepDo("p ${...}", model.Config(), (), KEPT, 1)), model.Join((1,), model.JoinKind.ALL)),
    "loops-33": (loop("l", model.Block((do("a"),), model.Started.FLOATING, 1)), do("b")),
    "extra-01": (
        together(loop("l", model.Block((do("a"), do("b")), KEPT, 1))),
        model.Join((1,), model.JoinKind.ALL),
        do("z"),
    ),
    "extra-02": (together(loop("l", model.Block((do("a"),), KEPT, 1))), model.Join((1,), model.JoinKind.ALL)),
    "extra-05": (together(loop("l", kept("a")), kind=RACE), join("a", kind=RACE)),
    "extra-07": (together(loop("l", _if(("x.ok", (kept("a"),)), (None, (kept("b"),))))), join("a", "b")),
    "extra-10": (together(kept("a"), kept("b")), join("a", "b"), back()),
    "extra-40": (loop("l", do("poll"), _if(("!n", (model.StepSleep("backoff", "10 seconds"),))), once=True),),
    "extra-41": (loop("l", attempt((do("t"), leave("l")), (model.StepSleep("b", "1 minute"),))),),
    "interplay-31": (choice(x=(do("a"), back()), else_=(do("b"), back())),),
    "extra2-13": (loop("l", together(kept("a"), kept("b")), join("a", "b"), do("c")),),
    "extra2-15": (choice(x=(together(kept("a"), kept("b")), join("a", "b"), do("c"))), do("e")),
    "interplay-12": (call("a"), do("z")),
    "interplay-24": (call("f", KEPT), call("g", KEPT), join("f", "g"), do("c")),
    "extra2-22": (kept("p"), call("f"), join("p"), do("z")),
    "loops-34": (call("f"),),
}
FUNCTIONS: dict[str, dict[str, Nodes]] = {
    "interplay-12": {"a": (kept("p"), do("q"), join("p"))},
    "interplay-24": {"f": (do("fa"),), "g": (do("ga"),)},
    "extra2-22": {"f": (do("x"),)},
    "loops-34": {"f": (do("a"), _if(("n>0", (call("f"),))))},
}


def _observed() -> dict[str, Any]:
    lines = map(json.loads, OBSERVED.read_text(encoding="utf-8").splitlines())
    return {case["id"]: case["result"]["workflows"][0] for case in lines if case["result"]["workflows"]}


def _shape(nodes: list[Any], in_switch: bool = False) -> list[Any]:
    """Nodes without what is left aside; an ``if`` that only leaves goes with its breaks."""
    shapes = [_node_shape(node, in_switch) for node in nodes]
    return [shape for shape in shapes if shape is not None]


def _node_shape(node: Any, in_switch: bool) -> Any:
    kind = node["type"]
    if kind == "break":
        return node["kind"] if in_switch else None
    if kind in ("if", "switch"):
        branches = [(branch["condition"], _shape(branch["nodes"], kind == "switch")) for branch in node["branches"]]
        return (kind, node.get("discriminant"), branches) if any(nodes for _, nodes in branches) else None
    if kind == "try":
        return (kind, *(part and _shape(part["nodes"]) for part in (node[name] for name in TRY_BLOCKS)))
    return (kind, node.get("kind"), node.get("name"), _shape(node.get("nodes", [])))


TRY_BLOCKS = ("try_block", "catch_block", "finally_block")
PLATFORM = _observed()


@pytest.mark.parametrize("case", SHARED)
def test_shape_is_the_observed_one(case: str) -> None:
    ours = to_payload(workflow(*SHARED[case], **FUNCTIONS.get(case, {}))).document["workflow"]
    theirs = PLATFORM[case]
    assert _shape(list(ours["nodes"])) == _shape(theirs["nodes"])
    assert {name: _shape(list(function["nodes"])) for name, function in ours["functions"].items()} == {
        name: _shape(function["nodes"]) for name, function in theirs["functions"].items()
    }


DIFFERENT: dict[str, tuple[Nodes, str]] = {
    "branches-05": ((_if(("a>1", (do("y"), back()))), do("x"), do("z")), "if(a>1: y | else: x z)"),
    "branches-06": (
        (_if(("a>1", (do("y"), back())), (None, (do("e"),))), do("x")),
        "if(a>1: y | else: e x)",
    ),
    "branches-07": ((_if(("a>1", (do("y"), throw()))), do("x")), "if(a>1: y | else: x)"),
    "branches-37": ((attempt((do("a"),), None, (do("f"),)),), "try{a}finally{f}"),
    "promises-12": ((floating("a"), floating("b")), "all[a@1] all[b@1]"),
    "promises-33": ((kept("a"), choice(x=(do("b"),)), join("a")), "all[a@1-3 if(x: b@1-2)]"),
    "promises-38": ((kept("a"), join("a"), kept("b"), join("b")), "all[a@1-2] all[b@2-3]"),
    "interplay-42": (
        (switch("x", one=(choice(y=(do("a"), leave("x"))), do("b"), leave("x"))),),
        "switch x(one: if(y: a | else: b) ^break)",
    ),
    "interplay-32": ((choice(x=(back(),)), choice(y=(back(),)), do("a"), do("b")), "if(x: | y: | else: a b)"),
    "interplay-35": (
        (choice(x=(do("a"), back()), y=(do("b"), back())), do("c"), do("e")),
        "if(x: a | y: b | else: c e)",
    ),
    "interplay-34": (
        (loop("l", _if(("!i", (do("g"), back()))), do("a"), do("b")),),
        "loop{if(!i: g ^return | else: a b)}",
    ),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_shape_is_knowingly_another(case: str) -> None:
    graph, expected = DIFFERENT[case]
    ours = to_payload(workflow(*graph)).document["workflow"]["nodes"]
    assert text(ours) == expected
    assert _shape(list(ours)) != _shape(PLATFORM[case]["nodes"])
