"""JSON pointers from a payload to the graph."""

from __future__ import annotations

from payload_notation import attempt, back, block, call, choice, do, join, kept, loop, switch, together, workflow

from analyzer.graph import model
from analyzer.payload.convert import Projection, to_payload


def _resolved(document: object, pointer: str) -> object:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]  # type: ignore[index]
    return document


def _names(projection: Projection) -> list[tuple[str, str]]:
    return [(pointer, getattr(node, "name", type(node).__name__)) for pointer, node in projection.places]


def test_every_node_drawn_has_its_place_in_order() -> None:
    graph = workflow(
        do("a", do("inner")),
        choice(x=(do("b"), loop("l", do("c"))), else_=(do("d"),)),
        attempt((do("e"),), (do("f"),), (do("g"),)),
        switch("s", one=(do("h"), back())),
        call("fn"),
        fn=(do("i"),),
    )
    assert _names(to_payload(graph)) == [
        ("/workflow/functions/fn", "fn"),
        ("/workflow/functions/fn/nodes/0", "i"),
        ("/workflow/nodes/0", "a"),
        ("/workflow/nodes/0/nodes/0", "inner"),
        ("/workflow/nodes/1", "If"),
        ("/workflow/nodes/1/branches/0/nodes/0", "b"),
        ("/workflow/nodes/1/branches/0/nodes/1", "Loop"),
        ("/workflow/nodes/1/branches/0/nodes/1/nodes/0", "c"),
        ("/workflow/nodes/1/branches/1/nodes/0", "d"),
        ("/workflow/nodes/2", "Try"),
        ("/workflow/nodes/2/try_block/nodes/0", "e"),
        ("/workflow/nodes/2/catch_block/nodes/0", "f"),
        ("/workflow/nodes/2/finally_block/nodes/0", "g"),
        ("/workflow/nodes/3", "Switch"),
        ("/workflow/nodes/3/branches/0/nodes/0", "h"),
        ("/workflow/nodes/3/branches/0/nodes/1", "Jump"),
        ("/workflow/nodes/4", "fn"),
    ]


def test_what_the_projection_made_has_no_place() -> None:
    graph = workflow(kept("a"), loop("l", do("b")), do("c"), join("a"))
    assert _names(to_payload(graph)) == [
        ("/workflow/nodes/0/nodes/0", "a"),
        ("/workflow/nodes/0/nodes/1/nodes/0", "Loop"),
        ("/workflow/nodes/0/nodes/1/nodes/0/nodes/0", "b"),
        ("/workflow/nodes/0/nodes/1/nodes/1", "c"),
    ]


def test_combinators_and_blocks_have_places() -> None:
    graph = workflow(together(block("p", do("a"), do("b")), kept("c")), join("p", "c"))
    assert _names(to_payload(graph)) == [
        ("/workflow/nodes/0", "Parallel"),
        ("/workflow/nodes/0/nodes/0", "Block"),
        ("/workflow/nodes/0/nodes/0/nodes/0", "a"),
        ("/workflow/nodes/0/nodes/0/nodes/1", "b"),
        ("/workflow/nodes/0/nodes/1", "c"),
    ]


def test_places_follow_what_guards_nest() -> None:
    graph = workflow(choice(x=(back(),)), do("a"), choice(y=(back(),)), do("b"))
    names = _names(to_payload(graph))
    assert ("/workflow/nodes/0/branches/1/nodes/0", "a") in names
    assert ("/workflow/nodes/0/branches/1/nodes/1/branches/1/nodes/0", "b") in names


def test_names_of_functions_are_escaped() -> None:
    functions = (model.FunctionDef("a/b~c", (do("x"),)),)
    graph = model.Workflow("W", workflow().language, (model.FunctionCall("a/b~c"),), functions)
    projection = to_payload(graph)
    assert _names(projection)[0] == ("/workflow/functions/a~1b~0c", "a/b~c")
    assert all(_resolved(projection.document, pointer) for pointer, _ in projection.places)


def test_the_node_of_a_place_is_the_one_of_the_graph() -> None:
    first, second = do("same"), do("same")
    projection = to_payload(workflow(first, second))
    assert [node is expected for (_, node), expected in zip(projection.places, (first, second), strict=True)] == [True, True]
