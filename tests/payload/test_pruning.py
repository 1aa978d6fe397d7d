"""What the payload leaves out, and how deep it goes."""

from __future__ import annotations

import pytest
from payload_notation import (
    attempt,
    back,
    block,
    call,
    choice,
    do,
    drawn,
    id_of,
    join,
    kept,
    leave,
    loop,
    switch,
    together,
    workflow,
)

from analyzer.graph import model
from analyzer.payload.convert import to_payload
from analyzer.payload.text import canonical
from analyzer.payload.validation import validate_payload


@pytest.mark.parametrize(
    "node",
    [
        loop("l"),
        choice(x=(), else_=()),
        switch("s", one=(leave("s"),)),
        attempt((), (), ()),
        together(()),
        block("p", started=model.Started.FLOATING),
        loop("l", choice(x=(leave("l"),))),
        choice(x=(loop("l", join("nothing")),)),
    ],
)
def test_what_holds_no_step_is_pruned(node: model.Node) -> None:
    assert drawn(node, do("a")) == "a"


def test_branches_without_nodes_stay() -> None:
    assert drawn(choice(a=(do("x"),), b=(), c=(do("z"),))) == "if(a: x | b: | c: z)"
    assert drawn(choice(a=(), else_=(do("x"),))) == "if(a: | else: x)"
    assert drawn(switch("s", one=(), two=(do("x"),), else_=())) == "switch s(one: | two: x | default:)"


def test_blocks_of_a_try_without_nodes_are_null() -> None:
    assert drawn(attempt((do("a"),))) == "try{a}"
    assert drawn(attempt((), (do("b"),))) == "catch{b}"
    assert drawn(attempt((do("a"),), (), (do("c"),))) == "try{a}finally{c}"
    assert to_payload(workflow(attempt((), (do("b"),)))).document["workflow"]["nodes"] == [
        {
            "type": "try",
            "try_block": None,
            "catch_block": {"type": "block", "nodes": to_payload(workflow(do("b"))).document["workflow"]["nodes"]},
            "finally_block": None,
        }
    ]


def test_functions_without_steps_and_their_calls_are_left_out() -> None:
    graph = workflow(call("empty"), call("deep"), call("absent"), empty=(loop("l"),), deep=(call("low"),), low=(do("a"),))
    payload = to_payload(graph).document["workflow"]
    assert [node["type"] for node in payload["nodes"]] == ["function_call"]
    assert list(payload["functions"]) == ["deep", "low"]
    assert drawn(choice(x=(call("empty"),)), do("a"), empty=()) == "a"


def test_recursion_is_kept_and_a_cycle_without_steps_is_not() -> None:
    assert drawn(call("f"), f=(do("a"), call("f"))) == "f()"
    assert drawn(call("f"), f=(call("g"),), g=(call("f"),)) == ""


def test_an_empty_workflow_has_no_nodes() -> None:
    assert canonical(to_payload(workflow(back())).document) == (
        '{"version":1,"workflow":{"class_name":"W","functions":{},"nodes":[]}}'
    )


def _nested(depth: int) -> model.Node:
    node: model.Node = do("inmost")
    for _ in range(depth):
        node = loop("l", node)
    return node


def test_as_deep_as_the_limit() -> None:
    assert drawn(_nested(48)) == "loop{" * 48 + "inmost" + "}" * 48
    assert to_payload(workflow(_nested(48))).notes == ()


@pytest.mark.parametrize("depth", [49, 64, 65, 1000, 20_000])
def test_deeper_parts_are_flat(depth: int) -> None:
    projection = to_payload(workflow(_nested(depth)))
    assert drawn(_nested(depth)) == "loop{" * 48 + "inmost" + "}" * 48
    assert [(note.code, "48 structures" in note.message) for note in projection.notes] == [("SG906", True)]
    assert validate_payload(projection.document) == []


def test_what_is_flat_keeps_its_steps_in_order() -> None:
    parts = (
        choice(x=(do("a"), back()), else_=(do("b"),)),
        attempt((do("c"),), (do("d"),)),
        do("e", do("f")),
        together(kept("g"), kept("h")),
        join("g", "h"),
        block("p", do("i"), do("k")),
        join("p"),
    )
    node: model.Node = loop("l", *parts)
    for _ in range(47):
        node = loop("l", node)
    assert "{a b c d e f g@1-2 h@1-2 i k}" in drawn(node)


def test_guards_count_as_structures() -> None:
    graph: list[model.Node] = []
    for index in range(60):
        graph += [do(f"s{index}"), choice(x=(back(),))]
    payload = drawn(*graph, do("end"))
    assert payload.count("if(x: |") == 48
    assert payload.count("if(x: ^return)") == 12
    assert [note.code for note in to_payload(workflow(*graph, do("end"))).notes] == ["SG906"]


def test_deep_bodies_of_steps_and_blocks() -> None:
    node: model.Node = do("inmost")
    for index in range(200):
        node = do("outer", node) if index % 2 else together(block(f"p{index}", node, do("beside")))
    projection = to_payload(workflow(node))
    assert validate_payload(projection.document) == []
    text = canonical(projection.document)
    assert '"name":"inmost"' in text
    assert text.count('"name":"beside"') == 100


def test_ids_may_repeat() -> None:
    same = id_of("same")
    nodes = (kept("same"), kept("same"), model.Join((same, same), model.JoinKind.ALL), kept("same"))
    assert drawn(*nodes) == "all[same@1] all[same@1-2] all[same@2]"
