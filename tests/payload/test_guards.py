"""Guards: the rest of a block belongs to the one outcome that goes on (SEMANTICS section 4)."""

from __future__ import annotations

from payload_notation import (
    again,
    attempt,
    back,
    block,
    choice,
    do,
    drawn,
    join,
    kept,
    leave,
    loop,
    scope,
    switch,
    throw,
    together,
)


def test_the_whole_rest_belongs_to_the_null_branch() -> None:
    assert drawn(choice(x=(back(),)), do("a"), do("b")) == "if(x: | else: a b)"
    assert drawn(do("z"), choice(x=(do("r"), back())), do("a"), do("b")) == "z if(x: r | else: a b)"


def test_consecutive_guards_are_one_if() -> None:
    assert drawn(choice(x=(back(),)), choice(y=(back(),)), do("a")) == "if(x: | y: | else: a)"
    guards = (choice(x=(do("r"), back())), choice(y=(back(),), z=(throw(),)), choice(w=(back(),)))
    assert drawn(*guards, do("a")) == "if(x: r | y: | w: | else: a)"


def test_a_step_in_the_next_guards_test_forces_nesting() -> None:
    guards = (choice(x=(back(),)), do("t"), choice(y=(back(),)))
    assert drawn(*guards, do("a")) == "if(x: | else: t if(y: | else: a))"


def test_a_plain_if_behind_a_guard_is_not_merged() -> None:
    assert drawn(choice(x=(back(),)), choice(y=(do("a"),))) == "if(x: | else: if(y: a))"
    assert drawn(choice(x=(back(),)), choice(y=(do("a"),), else_=(do("b"),))) == "if(x: | else: if(y: a | else: b))"


def test_the_rest_goes_to_an_explicit_else() -> None:
    assert drawn(choice(x=(do("r"), back()), else_=(do("e"),)), do("a")) == "if(x: r | else: e a)"


def test_the_rest_goes_to_the_branch_that_goes_on_whichever_it_is() -> None:
    assert drawn(choice(ok=(do("a"),), else_=(back(),)), do("b")) == "if(ok: a b | else:)"
    assert drawn(choice(x=(back(),), y=(do("a"),), else_=(back(),)), do("b")) == "if(x: | y: a b | else:)"


def test_guards_inside_the_else_take_the_rest_with_them() -> None:
    inner = (do("e"), choice(y=(back(),)))
    assert drawn(choice(x=(back(),), else_=inner), do("a")) == "if(x: | else: e if(y: | else: a))"


def test_several_outcomes_that_go_on_keep_the_rest_behind() -> None:
    graph = (choice(x=(do("r"), back()), y=(do("s"),)), do("a"))
    assert drawn(*graph) == "if(x: r ^return | y: s) a"


def test_all_outcomes_leave() -> None:
    assert drawn(choice(x=(do("a"), back()), else_=(do("b"), back()))) == "if(x: a | else: b)"


def test_what_stands_behind_a_jump_is_dropped() -> None:
    assert drawn(do("a"), back(), do("b")) == "a"
    assert drawn(choice(x=(do("a"), back()), else_=(back(),)), do("b")) == "if(x: a | else:)"
    assert drawn(loop("l", do("a"), endless=True), do("b")) == "loop{a}"


def test_a_branch_that_only_throws_leaves_no_trace() -> None:
    assert drawn(choice(x=(throw(),)), do("a")) == "a"
    assert drawn(choice(x=(throw(),), else_=(do("e"),)), do("a")) == "e a"
    assert drawn(choice(x=(throw(),), y=(do("b"),), else_=(do("c"),)), do("a")) == "if(y: b | else: c) a"
    assert drawn(choice(x=(do("b"),), else_=(throw(),)), do("a")) == "if(x: b) a"
    assert drawn(choice(x=(choice(y=(throw(),), else_=(throw(),)),)), do("a")) == "a"


def test_a_guard_that_throws_after_a_step_is_a_guard() -> None:
    assert drawn(choice(x=(do("r"), throw())), do("a")) == "if(x: r | else: a)"


def test_a_guard_that_guards_nothing_is_pruned() -> None:
    assert drawn(do("a"), choice(x=(back(),))) == "a"
    assert drawn(do("a"), choice(x=(back(),)), back()) == "a"
    assert drawn(choice(x=(do("a"), back())), choice(y=(back(),)), back()) == "if(x: a)"


def test_guards_in_loops() -> None:
    assert drawn(loop("l", choice(x=(again("l"),)), do("a"), do("b"))) == "loop{if(x: | else: a b)}"
    assert drawn(loop("l", choice(x=(leave("l"),)), do("a"))) == "loop{if(x: ^break | else: a)}"
    assert drawn(loop("l", choice(x=(back(),)), do("a"))) == "loop{if(x: ^return | else: a)}"


def test_guards_in_an_inlined_function_hold_its_rest_only() -> None:
    assert drawn(scope("s", choice(x=(back("s"),)), do("a"), do("b")), do("c")) == "if(x: | else: a b) c"


def test_guards_in_try_blocks_and_handlers() -> None:
    body = (choice(x=(back(),)), do("a"), do("b"))
    assert drawn(attempt(body, body), do("c")) == "try{if(x: ^return | else: a b)}catch{if(x: ^return | else: a b)} c"


def test_the_terminating_jump_of_a_case_stays_its_last_node() -> None:
    case = (choice(y=(do("a"), leave("s"))), do("b"), leave("s"))
    assert drawn(switch("s", one=case)) == "switch s(one: if(y: a | else: b) ^break)"
    falls = (choice(y=(do("a"), leave("s"))), do("b"))
    assert drawn(switch("s", one=falls, two=(do("c"),))) == "switch s(one: if(y: a ^break | else: b) | two: c)"


def test_a_guard_between_start_and_join_keeps_the_rest_behind() -> None:
    graph = (kept("p"), choice(x=(back(),)), do("a"), join("p"), do("b"))
    assert drawn(*graph) == "all[p@1-3 block{if(x: ^return) a@1-2}] b"


def test_a_guard_in_a_loop_between_start_and_join_keeps_the_rest_behind() -> None:
    turn = loop("l", choice(x=(again("l"),)), do("a"), do("b"))
    assert drawn(kept("p"), turn, join("p")) == "all[p@1-4 loop{if(x: ^break) a@1-2 b@2-3}]"


def test_a_guard_behind_the_join_nests() -> None:
    assert drawn(kept("p"), join("p"), choice(x=(back(),)), do("a")) == "all[p@1-2] if(x: | else: a)"


def test_a_guard_that_waits_itself_nests_if_nothing_waits_behind_it() -> None:
    assert drawn(kept("p"), choice(x=(join("p"), back())), do("a")) == "all[p@1-2 if(x: | else: a@1-2)]"


def test_a_guard_in_a_block_does_not_care_for_promises_around_it() -> None:
    inner = block("q", choice(x=(back(),)), do("a"), do("b"))
    assert drawn(kept("p"), together(inner), join("p", "q")) == "all[p@1-2 if(x: | else: a b)]"


def test_a_combinator_awaited_on_the_spot_does_not_keep_guards_flat() -> None:
    graph = (together(kept("a"), kept("b")), join("a", "b"), choice(x=(back(),)), do("c"))
    assert drawn(*graph) == "all[a@1-2 b@1-2] if(x: | else: c)"


def test_ten_thousand_guards_are_one_if() -> None:
    guards = [choice(**{f"x{index}": (back(),)}) for index in range(10_000)]
    assert drawn(*guards, do("a")).count("|") == 10_000


def test_steps_between_ten_thousand_guards() -> None:
    nodes = [node for index in range(10_000) for node in (choice(x=(back(),)), do(f"a{index}"))]
    payload = drawn(*nodes)
    assert all(f"a{index}" in payload for index in (0, 47, 48, 9_999))
    assert payload.count("if(x: |") == 48
    assert payload.count("if(x: ^return)") == 9_952
