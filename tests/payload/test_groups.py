"""Parallels: what stands side by side (SEMANTICS section 5, grouping)."""

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
    floating,
    join,
    kept,
    leave,
    loop,
    scope,
    switch,
    together,
)

from analyzer.graph.model import JoinKind, Started


@pytest.mark.parametrize("kind", JoinKind)
def test_inline_combinator_is_a_parallel_of_its_kind(kind: JoinKind) -> None:
    graph = (together(kept("a"), kept("b"), kind=kind), join("a", "b", kind=kind), do("c"))
    assert drawn(*graph) == f"{kind.value}[a@1-2 b@1-2] c"


def test_a_combinator_nothing_waits_for() -> None:
    assert drawn(together(floating("a"), floating("b")), do("c")) == "all[a@1 b@1] c"


def test_an_element_of_several_nodes_is_a_block() -> None:
    graph = (together(block("p", do("a"), do("b")), kept("c")), join("p", "c"))
    assert drawn(*graph) == "all[block{a b} c@1-2]"


def test_an_element_that_is_a_block_of_one_node_is_that_node() -> None:
    assert drawn(together(block("p", do("a"))), join("p")) == "all[a@1-2]"
    assert drawn(together(block("p", choice(x=(do("a"),)))), join("p")) == "all[if(x: a)]"
    assert drawn(together(block("p", loop("l", do("a")))), join("p")) == "all[loop{a}]"


def test_an_element_without_nodes_is_none() -> None:
    assert drawn(together((), kept("a"), block("p", loop("l"))), join("a", "p")) == "all[a@1-2]"
    assert drawn(together(block("p", join("z"))), join("p"), do("a")) == "a"


def test_conditional_elements() -> None:
    elements = together(choice(x=(kept("a"),), else_=(kept("b"),)), choice(y=(kept("c"),), else_=()))
    assert drawn(elements, join("a", "b", "c")) == "all[if(x: a@1-2 | else: b@1-2) if(y: c@1-2 | else:)]"


def test_a_callback_for_each_element() -> None:
    assert drawn(together(loop("l", kept("a"))), join("a"), do("b")) == "all[loop{a@1-2}] b"
    assert drawn(together(loop("l", kept("a")), kept("b")), join("a", "b")) == "all[loop{a@1-2} b@1-2]"
    assert drawn(together(loop("l", block("p", do("a"), do("b")))), join("p"), do("c")) == "all[loop{a b}] c"
    one_step = together(loop("l", block("p", do("a"))))
    assert drawn(one_step, join("p")) == "all[loop{a@1-2}]"


def test_calls_in_a_combinator() -> None:
    graph = (together(call("f", Started.KEPT, "f1"), call("f", Started.KEPT, "f2")), join("f1", "f2"))
    assert drawn(*graph, f=(do("a"),)) == "all[f()@1-2 f()@1-2]"


def test_kept_and_joined_at_once_stands_alone() -> None:
    assert drawn(kept("a"), join("a"), do("b")) == "all[a@1-2] b"


def test_half_open_spans_do_not_overlap() -> None:
    assert drawn(kept("a"), join("a"), kept("b"), join("b")) == "all[a@1-2] all[b@2-3]"


def test_overlapping_spans_merge_with_everything_between() -> None:
    graph = (kept("a"), do("x"), kept("b"), join("a"), do("y"), join("b"), do("z"))
    assert drawn(*graph) == "all[a@1-3 x@1-2 b@2-5 y@3-4] z"


def test_kind_of_the_join_of_every_child() -> None:
    race = join("a", "b", kind=JoinKind.RACE)
    assert drawn(kept("a"), kept("b"), race) == "race[a@1-2 b@1-2]"
    assert drawn(kept("a"), kept("b"), do("c"), race) == "all[a@1-3 b@1-3 c@1-2]"
    assert drawn(kept("a"), kept("b"), floating("c"), race) == "all[a@1-2 b@1-2 all[c@1]]"
    arms = choice(x=(kept("c"),), else_=(kept("d"),))
    assert drawn(kept("a"), arms, join("a", "c", "d", kind=JoinKind.ANY)) == "any[a@1-2 if(x: c@1-2 | else: d@1-2)]"
    assert drawn(loop("l", kept("a")), join("a", kind=JoinKind.SETTLED)) == "all_settled[loop{a@1-2}]"


def test_a_combinator_of_kept_and_inline_elements() -> None:
    both = (together(kept("b"), kind=JoinKind.RACE), join("a", "b", kind=JoinKind.RACE))
    assert drawn(kept("a"), *both, do("c")) == "race[a@1-2 b@1-2] c"
    assert drawn(kept("a"), do("x"), *both, do("c")) == "all[a@1-3 x@1-2 race[b@2-3]] c"


def test_a_combinator_awaited_beside_a_promise_is_nested() -> None:
    graph = (kept("a"), together(kept("b"), kept("c")), join("b", "c"), join("a"))
    assert drawn(*graph) == "all[a@1-3 all[b@1-2 c@1-2]]"


def test_a_started_combinator_is_nested() -> None:
    graph = (together(kept("a"), kept("b"), kind=JoinKind.RACE), do("c"), join("a", "b", kind=JoinKind.RACE), do("d"))
    assert drawn(*graph) == "all[race[a@1-3 b@1-3] c@1-2] d"


def test_a_combinator_of_a_started_combinator_keeps_it_nested() -> None:
    graph = (together(kept("a"), kept("b"), kind=JoinKind.RACE), together(kept("c")), join("a", "b", "c"))
    assert drawn(*graph) == "all[race[a@1-2 b@1-2] c@1-2]"


def test_a_structure_among_them_makes_a_block_of_what_is_awaited_on_the_spot() -> None:
    assert drawn(kept("a"), choice(x=(do("b"),)), join("a")) == "all[a@1-3 if(x: b@1-2)]"
    assert drawn(kept("a"), loop("l", do("b")), do("c"), join("a"), do("d")) == "all[a@1-4 block{loop{b@1-2} c@2-3}] d"
    graph = (kept("a"), do("b"), choice(x=(do("c"),)), kept("d"), do("e"), join("a", "d"))
    assert drawn(*graph) == "all[a@1-5 block{b@1-2 if(x: c@2-3) e@3-4} d@3-5]"


def test_a_combinator_awaited_on_the_spot_is_in_that_block() -> None:
    graph = (kept("a"), choice(x=(do("b"),)), together(kept("c")), join("c"), join("a"))
    assert drawn(*graph) == "all[a@1-4 block{if(x: b@1-2) all[c@2-3]}]"
    with_kept = (kept("a"), choice(x=(do("b"),)), together(kept("c")), join("a", "c"))
    assert drawn(*with_kept) == "all[a@1-3 block{if(x: b@1-2) all[c@2-3]}]"


def test_a_kept_block_is_a_structure() -> None:
    graph = (block("p", do("a"), do("b")), do("c"), do("d"), join("p"))
    assert drawn(*graph) == "all[block{a b} block{c@1-2 d@2-3}]"


def test_what_a_structure_leaves_open_stands_beside() -> None:
    graph = (loop("l", kept("a")), do("b"), do("c"), join("a"))
    assert drawn(*graph) == "all[loop{a@1-4} block{b@1-2 c@2-3}]"


def test_what_a_structure_joins_itself_is_not_left_open() -> None:
    assert drawn(choice(x=(kept("a"), do("b"), join("a"))), do("c")) == "if(x: all[a@1-3 b@1-2]) c"
    assert drawn(attempt((kept("a"), do("b")), None, (join("a"),)), do("c")) == "try{all[a@1-3 b@1-2]} c"
    assert drawn(attempt((kept("a"),), None, (join("a"), do("b"))), do("c")) == "try{all[a@1-2]}finally{b} c"


def test_a_structure_that_holds_the_join_belongs_to_the_group() -> None:
    assert drawn(kept("a"), do("b"), choice(x=(join("a"), do("c")), else_=(join("a"),))) == (
        "all[a@1-3 block{b@1-2 if(x: c | else:)}]"
    )


def test_started_in_a_loop_and_still_open_at_the_end_of_a_turn() -> None:
    assert drawn(loop("l", kept("a")), do("b"), join("a")) == "all[loop{a@1-3} b@1-2]"
    assert drawn(loop("l", loop("m", kept("a"))), join("a")) == "all[loop{loop{a@1-2}}]"
    assert drawn(loop("l", kept("a"), do("b")), join("a")) == "all[loop{all[a@1-3 b@1-2]}]"


def test_joined_in_the_same_turn() -> None:
    assert drawn(loop("l", kept("a"), do("b"), join("a"))) == "loop{all[a@1-3 b@1-2]}"


def test_control_nodes_run_inside_the_parallel_they_overlap() -> None:
    graph = (kept("a"), loop("l", do("b"), do("c")), switch("s", one=(do("d"), leave("s"))), join("a"))
    assert drawn(*graph) == "all[a@1-5 block{loop{b@1-2 c@2-3} switch s(one: d@3-4 ^break)}]"


def test_floating_stands_alone_wherever_it_is() -> None:
    assert drawn(loop("l", floating("a"))) == "loop{all[a@1]}"
    assert drawn(choice(x=(floating("a"),)), do("b")) == "if(x: all[a@1]) b"
    assert drawn(kept("a"), floating("b"), do("c"), join("a")) == "all[a@1-3 all[b@1] c@1-2]"
    assert drawn(kept("a"), loop("l", floating("b")), join("a")) == "all[a@1-2 loop{all[b@1]}]"


def test_a_floating_block() -> None:
    started = Started.FLOATING
    assert drawn(block("p", do("a"), do("b"), started=started), do("c")) == "all[block{a b}] c"
    assert drawn(block("p", do("a"), started=started), do("c")) == "all[a@1] c"
    assert drawn(loop("l", block("p", do("a"), do("b"), started=started)), do("c")) == "loop{a b} c"
    assert drawn(loop("l", block("p", do("a"), started=started)), do("c")) == "loop{a} c"
    with_promise = block("p", kept("a"), do("b"), join("a"), started=started)
    assert drawn(loop("l", with_promise)) == "loop{all[a@1-3 b@1-2]}"


def test_a_block_kept_in_a_branch_is_flat_there() -> None:
    assert drawn(choice(x=(block("p", do("a"), do("b")),)), do("c"), join("p")) == "all[if(x: a b) c@1-2]"


def test_what_an_inlined_function_starts_belongs_to_the_sequence() -> None:
    inlined = scope("s", kept("a"), choice(x=(back("s"),)), do("b"))
    assert drawn(inlined, do("c"), join("a")) == "all[a@1-4 block{if(x: ^break) b@1-2 c@2-3}]"


def test_a_leaving_break_stands_behind_the_group() -> None:
    assert drawn(loop("l", kept("a"), do("b"), leave("l")), join("a")) == "all[loop{all[a@1-3 b@1-2] ^break}]"


def test_branches_with_numbers_of_their_own_body_only() -> None:
    graph = (do("outer", kept("a"), do("b"), join("a")), do("c"))
    assert drawn(*graph) == "outer{all[a@1-3 b@1-2]} c"
