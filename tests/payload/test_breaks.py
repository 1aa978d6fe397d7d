"""``break`` nodes: where, with the statement deleted, a different step could come next (SEMANTICS section 4)."""

from __future__ import annotations

from payload_notation import (
    again,
    attempt,
    back,
    block,
    choice,
    do,
    drawn,
    floating,
    leave,
    loop,
    scope,
    switch,
    throw,
    together,
)


def test_the_last_return_of_a_function_has_none() -> None:
    assert drawn(do("a"), back()) == "a"
    assert drawn(choice(x=(do("a"), back()), else_=(do("b"), back()))) == "if(x: a | else: b)"
    assert drawn(choice(x=(do("a"),), else_=(do("b"), back())), back()) == "if(x: a | else: b)"


def test_a_loop_that_would_go_on() -> None:
    assert drawn(loop("l", do("a"), leave("l"), endless=True)) == "loop{a ^break}"
    assert drawn(loop("l", do("a"), back())) == "loop{a ^return}"
    assert drawn(loop("l", do("a"), choice(q=(back(),)))) == "loop{a if(q: ^return)}"
    assert drawn(loop("l", do("a"), again("l"))) == "loop{a}"


def test_a_loop_that_runs_once_would_not_go_on() -> None:
    assert drawn(loop("l", do("a"), leave("l"), turns=1)) == "loop{a}"
    assert drawn(loop("l", do("a"), leave("l"), turns=2)) == "loop{a ^break}"


def test_break_and_continue_are_kind_break_return_is_kind_return() -> None:
    cases = choice(x=(do("a"), leave("l")), y=(do("b"), again("l")), z=(do("c"), back()), w=(do("d"),))
    assert drawn(loop("l", cases, do("e"))) == "loop{if(x: a ^break | y: b ^break | z: c ^return | w: d) e}"


def test_continue_where_the_turn_ends_anyway_has_none() -> None:
    cases = choice(x=(do("a"), again("l")), y=(do("b"),))
    assert drawn(loop("l", cases)) == "loop{if(x: a | y: b)}"


def test_a_jump_to_where_control_falls_anyway_has_none() -> None:
    inner = loop("i", do("a"), choice(x=(again("o"),)))
    assert drawn(loop("o", inner)) == "loop{loop{a}}"
    assert drawn(loop("o", inner, do("b"))) == "loop{loop{a if(x: ^break)} b}"


def test_the_same_steps_by_another_way_are_no_difference() -> None:
    cases = choice(x=(do("a"), again("l")), y=(do("b"),))
    assert drawn(loop("l", cases, do("c"))) == "loop{if(x: a ^break | y: b) c}"
    assert drawn(loop("l", cases, choice(z=(do("c"),)))) == "loop{if(x: a | y: b) if(z: c)}"


def test_labelled_blocks_and_scopes() -> None:
    cases = choice(x=(do("a"), leave("s")), y=(do("b"),))
    assert drawn(scope("s", cases, do("c")), do("d")) == "if(x: a ^break | y: b) c d"
    returns = choice(x=(do("a"), back("s")), y=(do("b"),))
    assert drawn(scope("s", returns, do("c")), do("d")) == "if(x: a ^break | y: b) c d"


def test_return_from_an_inlined_function_is_kind_break() -> None:
    retry = scope("s", loop("l", do("t"), choice(ok=(back("s"),)), do("w")))
    assert drawn(retry, do("a")) == "loop{t if(ok: ^break | else: w)} a"


def test_a_jump_at_the_end_of_an_inlined_function_is_not_written_for_those_who_left_it_early() -> None:
    retry = scope("s", loop("l", do("t"), choice(ok=(back("s"),)), do("w")), throw())
    assert drawn(retry, do("a")) == "loop{t if(ok: ^break | else: w)} a"
    assert drawn(loop("o", do("z"), retry)) == "loop{z loop{t if(ok: ^break | else: w)}}"


def test_a_cases_terminating_jump_always_has_one() -> None:
    cases = switch("s", one=(leave("s"),), two=(do("a"), leave("s")), three=(do("b"), back()), else_=())
    assert drawn(cases) == "switch s(one: ^break | two: a ^break | three: b ^return | default:)"


def test_a_case_without_one_falls_through() -> None:
    cases = switch("s", one=(), two=(do("a"),), three=(do("b"), leave("s")), else_=(do("c"),))
    assert drawn(cases, do("d")) == "switch s(one: | two: a | three: b ^break | default: c) d"


def test_a_case_that_continues_or_throws_does_not_fall_through() -> None:
    cases = switch("s", one=(do("a"), again("l")), two=(throw(),), three=(do("b"), throw()), else_=(do("c"),))
    assert drawn(loop("l", cases, do("d"))) == (
        "loop{switch s(one: a ^break | two: ^return | three: b ^return | default: c) d}"
    )
    assert drawn(switch("s", one=(do("a"), leave("s")), else_=(throw(),))) == "switch s(one: a ^break | default:)"


def test_a_nested_jump_out_of_a_case() -> None:
    inner = choice(x=(do("a"), leave("s")), else_=(do("b"), leave("s")))
    assert drawn(switch("s", one=(inner,), two=(do("c"),))) == "switch s(one: if(x: a ^break | else: b ^break) | two: c)"
    assert drawn(switch("s", one=(do("c"), leave("s")), two=(inner,))) == "switch s(one: c ^break | two: if(x: a | else: b))"


def test_throw_only_after_steps_of_its_own_branch() -> None:
    cases = choice(x=(do("a"), throw()), y=(do("b"),))
    assert drawn(cases, do("c")) == "if(x: a ^return | y: b) c"
    assert drawn(loop("l", do("a"), choice(y=(do("b"), throw())), do("c"))) == "loop{a if(y: b ^return | else: c)}"


def test_throw_that_a_handler_catches_has_none() -> None:
    cases = choice(x=(do("a"), throw()), y=(do("b"),))
    assert drawn(attempt((cases, do("c")), (do("h"),))) == "try{if(x: a | y: b) c}catch{h}"
    assert drawn(attempt((cases, do("c")), ())) == "try{if(x: a | y: b) c}"
    assert drawn(attempt((cases, do("c")), None, (do("f"),))) == "try{if(x: a ^return | y: b) c}finally{f}"
    in_handler = attempt((do("t"),), (cases, do("c")))
    assert drawn(in_handler) == "try{t}catch{if(x: a ^return | y: b) c}"


def test_throw_that_ends_the_function_anyway_has_none() -> None:
    assert drawn(attempt((do("a"), back()), (do("c"), throw()))) == "try{a}catch{c}"
    assert drawn(do("a"), throw()) == "a"


def test_return_out_of_a_try_is_seen_behind_it() -> None:
    assert drawn(attempt((do("a"), back()), (do("c"),)), do("b")) == "try{a ^return}catch{c} b"
    assert drawn(attempt((do("a"),), (do("c"), back())), do("b")) == "try{a}catch{c ^return} b"


def test_return_through_a_final_block() -> None:
    assert drawn(attempt((do("a"), back()), None, (do("f"),))) == "try{a}finally{f}"
    early = (choice(x=(do("a"), back())),)
    optional = (choice(x=(do("f"),)),)
    assert drawn(attempt(early, None, optional), do("b")) == "try{if(x: a ^return)}finally{if(x: f)} b"
    assert drawn(attempt(early, None, (do("f"),)), do("b")) == "try{if(x: a)}finally{f} b"


def test_retry_loop() -> None:
    turn = attempt((do("t"), leave("l")), (do("w"),))
    assert drawn(loop("l", turn)) == "loop{try{t ^break}catch{w}}"


def test_a_break_alone_keeps_only_an_if() -> None:
    assert drawn(loop("l", choice(x=(leave("l"),)), do("a"), choice(y=(leave("l"),)))).endswith("a if(y: ^break))}")
    assert drawn(attempt((do("a"),), (back(),)), do("b")) == "try{a} b"
    assert drawn(loop("l", loop("i", choice(x=(leave("l"),))), do("a"))) == "loop{a}"
    assert drawn(loop("l", switch("s", one=(leave("l"),)), do("a"))) == "loop{a}"


def test_jumps_of_a_block_end_the_block() -> None:
    inner = block("q", choice(x=(do("a"), back("q")), y=(do("b"),)), do("c"))
    assert drawn(together(inner, floating("z"))) == "all[block{if(x: a ^return | y: b) c} z@1]"


def test_jumps_of_a_callback_end_the_callback() -> None:
    body = (choice(x=(do("a"), back()), y=(do("b"),)), do("c"))
    assert drawn(do("outer", *body), do("d")) == "outer{if(x: a ^return | y: b) c} d"


def test_a_jump_without_a_known_target_leaves_the_body() -> None:
    assert drawn(loop("l", do("a"), leave("nowhere"))) == "loop{a ^break}"
    assert drawn(do("a"), leave("nowhere")) == "a"
