"""From a payload back to a graph, and forth again (SEMANTICS section 9)."""

from __future__ import annotations

import pytest
from payload_notation import (
    Nodes,
    again,
    attempt,
    back,
    block,
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
    together,
    workflow,
)

from analyzer.graph import model
from analyzer.payload.convert import from_payload, to_payload
from analyzer.payload.document import GraphDocument, NodeDocument
from analyzer.source import Language

CONFIG = {"retries": {"limit": 5, "delay": 1000, "backoff": "exponential"}, "timeout": 10000}


def _document(*nodes: object, functions: object = None) -> GraphDocument:
    return {  # type: ignore[typeddict-item]
        "version": 1,
        "workflow": {"class_name": "W", "functions": functions or {}, "nodes": list(nodes)},
    }


def _step(name: str, **numbers: int) -> NodeDocument:
    return {"type": "step_do", "name": name, "config": CONFIG, "nodes": [], **numbers}  # type: ignore[return-value, misc]


RACE = join("a", "b", kind=model.JoinKind.RACE)
BODIES: dict[str, Nodes] = {
    "sequence": (do("a"), do("b", do("c"))),
    "branches": (choice(x=(do("a"),), y=(), else_=(do("b"),)), do("c")),
    "guard": (choice(x=(do("r"), back())), do("a"), do("b")),
    "loop": (loop("l", do("a"), choice(x=(leave("l"),)), do("b"), choice(y=(back(),))), do("c")),
    "switch": (switch("s", one=(do("a"), leave("s")), two=(), three=(do("b"), back()), else_=(do("c"),)), do("d")),
    "try": (attempt((do("a"),), (do("b"),), (do("c"),)), attempt((), (do("d"),))),
    "kept": (kept("a"), do("b"), join("a"), do("c")),
    "worked example": (kept("a"), kept("b"), do("c"), do("d"), join("a", "b", returned=True), back()),
    "three waves": (kept("a"), kept("b"), join("a"), kept("c"), join("b"), join("c"), do("d")),
    "combinator": (together(kept("a"), kept("b"), kind=model.JoinKind.ANY), join("a", "b", kind=model.JoinKind.ANY), do("c")),
    "two combinators": (together(kept("a")), join("a"), do("x"), together(kept("b")), join("b")),
    "elements": (together(block("p", do("a"), do("b")), kept("c"), loop("l", kept("d"))), join("p", "c", "d")),
    "callbacks": (together(loop("l", block("p", do("a"), do("b")))), join("p"), do("c")),
    "floating": (floating("a"), do("b"), loop("l", floating("c"))),
    "race, then the loser": (kept("a"), kept("b"), RACE, do("c"), join("a"), do("d")),
    "structure beside a promise": (kept("a"), loop("l", do("b")), choice(x=(do("c"),)), do("d"), join("a"), do("e")),
    "guard while open": (kept("a"), choice(x=(back(),)), do("b"), join("a"), do("c")),
    "nested combinator": (kept("a"), together(kept("b"), kept("c")), join("b", "c"), join("a")),
    "started combinator": (together(kept("a"), kept("b")), do("c"), join("a", "b"), do("d")),
    "open behind a loop": (loop("l", kept("a")), do("b"), join("a")),
    "calls": (call("f"), together(call("f", model.Started.KEPT, "f1"), call("g", model.Started.KEPT)), join("f1", "g")),
}
FUNCTIONS: dict[str, Nodes] = {"f": (do("x"), call("g")), "g": (kept("y"), do("z"), join("y"))}


@pytest.mark.parametrize("name", BODIES)
def test_there_and_back_draws_the_same(name: str) -> None:
    document = to_payload(workflow(*BODIES[name], **FUNCTIONS)).document
    rebuilt = from_payload(document)
    assert to_payload(rebuilt).document == document


def test_a_rebuilt_graph_is_not_exact_and_has_no_places() -> None:
    graph = from_payload(to_payload(workflow(do("a"))).document, Language.PYTHON)
    assert not graph.exact
    assert graph.language is Language.PYTHON
    assert [node.span for node in graph.body] == [None]


def test_values_equal_to_defaults_count_as_left_out_and_sentinels_as_not_static() -> None:
    unknown = model.Unknown.NOT_STATIC
    steps: Nodes = (
        model.StepDo("a", model.Config(3, "1 day", "linear", 5)),
        model.StepDo("b", model.Config()),
        model.StepDo("c", model.Config(delay=unknown, timeout=unknown)),
        model.StepSleep("d", unknown),
        model.StepSleep("e", 5),
        model.StepSleepUntil("f", None),
        model.StepWaitForEvent("g", model.WaitOptions("t", None), model.ObjectShape((("x", model.UnknownShape()),))),
        model.StepWaitForEvent("h", model.WaitOptions("t", unknown)),
        model.StepWaitForEvent("i", None),
    )
    assert from_payload(to_payload(workflow(*steps)).document).body == steps


def test_jumps_aim_at_the_innermost_loop_or_switch() -> None:
    inner = loop("i", choice(x=(leave("o"),)), do("a"))
    graph = from_payload(to_payload(workflow(loop("o", inner, do("b")))).document)
    loops = [node for node in model.walk(graph.body) if isinstance(node, model.Loop)]
    (jump,) = (node for node in model.walk(graph.body) if isinstance(node, model.Jump))
    assert jump.kind is model.JumpKind.BREAK
    assert jump.target == loops[1].id
    cases = from_payload(to_payload(workflow(loop("o", switch("s", one=(do("a"), again("o")), two=(do("b"),))))).document)
    (switched,) = (node for node in model.walk(cases.body) if isinstance(node, model.Switch))
    (jump,) = (node for node in model.walk(cases.body) if isinstance(node, model.Jump))
    assert jump.target == switched.id


def test_one_join_for_each_resolves_before_what_starts_then() -> None:
    document = _document(
        {
            "type": "parallel",
            "kind": "all",
            "nodes": [_step("a", starts=1, resolves=2), _step("b", starts=1, resolves=3), _step("c", starts=2, resolves=4)],
        }
    )
    nodes = from_payload(document).body
    assert [node.name if isinstance(node, model.StepDo) else type(node).__name__ for node in nodes] == [
        "a",
        "b",
        "Join",
        "c",
        "Join",
        "Join",
    ]
    ids = {node.name: node.id for node in nodes if isinstance(node, model.StepDo)}
    joined = [node.members for node in nodes if isinstance(node, model.Join)]
    assert joined == [(ids["a"],), (ids["b"],), (ids["c"],)]


def test_the_join_of_a_combinator_has_its_kind() -> None:
    nodes = [_step("a", starts=1, resolves=2), _step("b", starts=1, resolves=2)]
    parallel, joined = from_payload(_document({"type": "parallel", "kind": "race", "nodes": nodes})).body
    assert isinstance(parallel, model.Parallel)
    assert isinstance(joined, model.Join)
    assert joined.kind is model.JoinKind.RACE
    assert len(joined.members) == 2


def test_numbers_outside_a_parallel_are_joined_at_the_end_of_their_body() -> None:
    graph = from_payload(_document({"type": "loop", "nodes": [_step("a", starts=1, resolves=2)]}, _step("b")))
    assert [type(node).__name__ for node in graph.body] == ["Loop", "StepDo", "Join"]


def test_children_of_a_parallel_without_numbers_are_started_together() -> None:
    graph = from_payload(_document({"type": "parallel", "kind": "all", "nodes": [_step("a"), _step("b")]}, _step("c")))
    assert text(to_payload(graph).document["workflow"]["nodes"]) == "all[a@1-2 b@1-2] c"


def test_start_and_function_def_nodes_are_read() -> None:
    start = {
        "type": "start",
        "class_name": "W",
        "functions": {"f": {"name": "f", "nodes": [_step("x")], "type": "function_def"}},
        "nodes": [_step("a"), {"type": "function_call", "name": "f"}],
    }
    definition = {"type": "function_def", "name": "f", "nodes": [_step("y")]}
    payload = to_payload(from_payload(_document(start, definition))).document["workflow"]
    assert text(payload["nodes"]) == "a f() f#2()"
    assert {name: text(function["nodes"]) for name, function in payload["functions"].items()} == {"f": "x", "f#2": "y"}


def test_a_block_in_a_sequence_is_its_nodes() -> None:
    graph = from_payload(_document({"type": "block", "nodes": [_step("a"), _step("b")]}, _step("c")))
    assert text(to_payload(graph).document["workflow"]["nodes"]) == "a b c"


@pytest.mark.parametrize("kind", ["loop", "parallel", "block", "step_do", "start"])
def test_what_is_too_deep_is_left_out(kind: str) -> None:
    node: object = _step("inmost")
    for _ in range(5000):
        extra = {"kind": "all", "name": "f", "config": CONFIG, "class_name": "W", "functions": {}}
        node = {"type": kind, "nodes": [node], **extra}
    graph = from_payload(_document(_step("a"), node))
    assert next(step.name for step in model.walk(graph.body) if isinstance(step, model.StepDo)) == "a"
    assert "inmost" not in repr(graph)
