"""Clocks: ``starts`` and ``resolves`` (SEMANTICS section 5, rules 1 to 9)."""

from __future__ import annotations

from payload_notation import (
    again,
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
    text,
    together,
    workflow,
)

from analyzer.graph.model import JoinKind, Started
from analyzer.payload.convert import to_payload


def test_worked_example() -> None:
    branch_a = (kept("a"), kept("b"), do("c"), do("d"), join("a", "b", returned=True), back())
    branch_b = (kept("e"), kept("f"), join("e", "f", returned=True), back())
    calls = together(call("branchA", Started.KEPT), call("branchB", Started.KEPT))
    graph = workflow(calls, join("branchA", "branchB"), do("final"), branchA=branch_a, branchB=branch_b)
    payload = to_payload(graph).document["workflow"]
    assert text(payload["nodes"]) == "all[branchA()@1-2 branchB()@1-2] final"
    assert {name: text(function["nodes"]) for name, function in payload["functions"].items()} == {
        "branchA": "all[a@1-3 b@1-3 c@1-2 d@2-3]",
        "branchB": "all[e@1-2 f@1-2]",
    }


def test_awaited_while_nothing_is_open_has_no_numbers() -> None:
    assert drawn(do("a"), do("b")) == "a b"


def test_kept_and_joined_later() -> None:
    assert drawn(kept("a"), do("b"), join("a"), do("c")) == "all[a@1-3 b@1-2] c"


def test_three_waves() -> None:
    graph = (kept("a"), kept("b"), join("a"), kept("c"), join("b"), join("c"), do("d"))
    assert drawn(*graph) == "all[a@1-2 b@1-3 c@2-4] d"


def test_clock_goes_on_behind_a_group() -> None:
    graph = (
        together(kept("a"), kept("b")),
        join("a", "b"),
        do("c"),
        together(kept("d"), kept("e"), kind=JoinKind.RACE),
        join("d", "e", kind=JoinKind.RACE),
    )
    assert drawn(*graph) == "all[a@1-2 b@1-2] c race[d@2-3 e@2-3]"


def test_return_of_a_promise_kept_earlier_stops_the_clock() -> None:
    assert drawn(kept("a"), join("a", returned=True), back()) == "all[a@1-2]"
    assert drawn(kept("a"), do("b"), do("c"), join("a", returned=True), back()) == "all[a@1-3 b@1-2 c@2-3]"


def test_return_at_once_counts_as_awaited_on_the_spot() -> None:
    assert drawn(kept("a"), join("a", returned=True, at_once=True), back()) == "a"
    combinator = (together(kept("a"), kept("b")), join("a", "b", returned=True, at_once=True), back())
    assert drawn(*combinator) == "all[a@1-2 b@1-2]"
    started = block("p", do("a"), do("b"))
    assert drawn(started, join("p", returned=True, at_once=True), back()) == "a b"


def test_floating_starts_only_and_is_not_open() -> None:
    assert drawn(floating("a"), do("b"), do("c")) == "all[a@1] b c"
    assert drawn(do("b"), floating("a")) == "b all[a@1]"
    assert drawn(floating("a"), floating("b")) == "all[a@1] all[b@1]"


def test_kept_but_joined_in_no_body_of_its_own_is_floating() -> None:
    assert drawn(kept("a"), do("b")) == "all[a@1] b"


def test_awaiting_what_is_closed_changes_nothing() -> None:
    assert drawn(kept("a"), join("a"), join("a"), kept("b"), join("b")) == "all[a@1-2] all[b@2-3]"


def test_arms_begin_with_the_clock_at_the_branch_and_the_greatest_goes_on() -> None:
    arms = choice(x=(do("b"), do("c")), else_=(do("d"),))
    assert drawn(kept("a"), arms, do("e"), join("a")) == "all[a@1-5 block{if(x: b@1-2 c@2-3 | else: d@1-2) e@3-4}]"


def test_arm_that_leaves_does_not_move_the_clock_behind_the_branch() -> None:
    arms = choice(x=(do("b"), do("c"), back()))
    assert drawn(kept("a"), arms, do("d"), join("a")) == "all[a@1-3 block{if(x: b@1-2 c@2-3 ^return) d@1-2}]"


def test_joined_in_every_arm_is_closed_behind_the_branch() -> None:
    arms = choice(x=(join("a"), do("b")), else_=(do("c"), join("a")))
    assert drawn(kept("a"), arms, do("d")) == "all[a@1-3 if(x: b | else: c@1-2)] d"


def test_joined_in_one_arm_stays_open_and_a_later_join_overwrites() -> None:
    assert drawn(kept("a"), choice(x=(join("a"),)), do("b"), join("a")) == "all[a@1-4 b@2-3]"


def test_joined_in_one_arm_only_what_follows_is_numbered() -> None:
    assert drawn(kept("a"), choice(x=(join("a"),)), do("b"), do("c")) == "all[a@1-2] all[b@2-3] all[c@3-4]"


def test_started_in_every_arm_and_joined_behind() -> None:
    arms = choice(x=(kept("a"),), else_=(kept("b"),))
    assert drawn(arms, do("c"), join("a", "b")) == "all[if(x: a@1-3 | else: b@1-3) c@1-2]"


def test_race_closes_its_elements() -> None:
    race = join("a", "b", kind=JoinKind.RACE)
    assert drawn(kept("a"), kept("b"), race, do("c")) == "race[a@1-2 b@1-2] c"


def test_loser_of_a_race_that_is_awaited_again_stays_open_until_then() -> None:
    race = join("a", "b", kind=JoinKind.RACE)
    assert drawn(kept("a"), kept("b"), race, do("c"), join("a"), do("d")) == "all[a@1-4 b@1-2 c@2-3] d"
    assert drawn(kept("a"), kept("b"), race, do("c"), join("a", "b")) == "all[a@1-4 b@1-4 c@2-3]"


def test_block_has_a_clock_of_its_own() -> None:
    inner = block("p", kept("a"), do("b"), join("a"))
    assert drawn(inner, do("c"), join("p")) == "all[all[a@1-3 b@1-2] c@1-2]"


def test_step_callback_has_a_clock_of_its_own() -> None:
    inner = do("outer", kept("a"), do("b"), join("a"))
    assert drawn(kept("p"), inner, join("p")) == "all[p@1-3 outer@1-2{all[a@1-3 b@1-2]}]"


def test_promise_awaited_inside_a_block_is_joined_where_the_block_is() -> None:
    then = block("q", join("p"), do("b"))
    assert drawn(kept("p"), then, do("c"), join("q"), do("d")) == "all[p@1-3 b@1-3 c@1-2] d"


def test_promise_awaited_inside_a_step_is_joined_where_the_step_is() -> None:
    assert drawn(kept("p"), do("outer", join("p"), do("b")), do("c")) == "all[p@1-2 outer@1-2{b}] c"


def test_join_in_a_loop_is_taken_to_happen() -> None:
    assert drawn(kept("a"), loop("l", join("a"), do("b")), do("c")) == "all[a@1-2 loop{b}] c"


def test_started_in_a_loop_and_joined_behind_it() -> None:
    assert drawn(loop("l", kept("a")), join("a"), do("b")) == "all[loop{a@1-2}] b"


def test_states_of_jumps_meet_behind_the_loop() -> None:
    early = choice(x=(kept("a"), leave("l")))
    assert drawn(loop("l", early, do("b")), do("c"), join("a")) == "all[loop{if(x: a@1-3 ^break | else: b)} c@1-2]"
    turn = choice(x=(kept("a"), again("l")))
    assert drawn(loop("l", turn, do("b")), do("c"), join("a")) == "all[loop{if(x: a@1-3 | else: b)} c@1-2]"


def test_states_of_returns_meet_behind_the_scope() -> None:
    early = choice(x=(kept("a"), back("s")))
    assert drawn(scope("s", early, do("b")), do("c"), join("a")) == "all[if(x: a@1-3 | else: b) c@1-2]"


def test_case_that_falls_through_goes_on_with_its_clock() -> None:
    cases = switch("s", one=(do("b"),), two=(do("c"), leave("s")), else_=(do("d"),))
    assert drawn(kept("a"), cases, do("e"), join("a")) == (
        "all[a@1-5 block{switch s(one: b@1-2 | two: c@2-3 ^break | default: d@1-2) e@3-4}]"
    )


def test_handler_goes_on_with_the_clock_of_its_block() -> None:
    graph = (kept("a"), attempt((do("b"),), (do("c"),), (do("d"),)), join("a"), do("e"))
    assert drawn(*graph) == "all[a@1-5 try{b@1-2}catch{c@2-3}finally{d@3-4}] e"


def test_handler_behind_a_block_that_waits_for_its_promises_has_no_numbers() -> None:
    graph = attempt((kept("a"), kept("b"), join("a", "b")), (do("c"),))
    assert drawn(graph, do("d")) == "try{all[a@1-2 b@1-2]}catch{c} d"
