"""Which traces are paths of a graph. Each trace is worked out by hand from the rules of the language."""

import pytest
from workflow_graphs import (
    BREAK,
    CONTINUE,
    FLOATING,
    KEPT,
    RETURN,
    THROW,
    block,
    call,
    case,
    do,
    flow_of,
    if_,
    join,
    jump,
    loop,
    new_id,
    run,
    scope,
    sleep,
    switch,
    together,
    trace,
    try_,
    wait,
    workflow,
)

from analyzer.analyses.acceptance import accepts
from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.traces import Outcome
from analyzer.graph import model
from analyzer.records import replace
from analyzer.source import Language

COMPLETE, ERRORED, UNKNOWN = Outcome.COMPLETE, Outcome.ERRORED, Outcome.UNKNOWN


def allowed(flow, words, outcome=COMPLETE):
    verdict = accepts(flow, trace(flow, words, outcome))
    assert verdict.decided
    return verdict.accepted


def test_a_sequence_is_accepted_in_its_order_only():
    flow = flow_of(do("a"), sleep("s"), do("b"))
    assert allowed(flow, run("a s b"))
    assert not allowed(flow, run("a b"))
    assert not allowed(flow, run("a b s"))
    assert not allowed(flow, run("a s"))
    assert allowed(flow, run("a s"), UNKNOWN)
    assert not allowed(flow, "+a +s -a -s +b -b")


def test_the_refused_event_is_named():
    flow = flow_of(do("a"), do("b"))
    verdict = accepts(flow, trace(flow, "+a -a +a -a"))
    assert (verdict.accepted, verdict.decided, verdict.refused_at) == (False, True, 2)
    assert accepts(flow, trace(flow, run("a"))).refused_at == 2


def test_a_failed_step_ends_the_run_unless_it_is_caught():
    flow = flow_of(do("a"), try_([do("b"), do("c")], [do("h")]), do("d"))
    assert allowed(flow, "+a !a", ERRORED)
    assert not allowed(flow, "+a !a")
    assert allowed(flow, run("a") + " +b !b " + run("h d"))
    assert not allowed(flow, run("a") + " +b !b " + run("d"))
    assert not allowed(flow, run("a") + " +b !b " + run("c d"))


def test_code_in_a_try_may_raise_anywhere_but_not_behind_it():
    flow = flow_of(try_([do("b"), do("c")], [do("h")]), do("d"))
    assert allowed(flow, run("h d"))
    assert allowed(flow, run("b h d"))
    assert allowed(flow, run("b c h d"))
    assert not allowed(flow, run("b c d h"))


@pytest.mark.parametrize("name", ["f", "f x"])
def test_every_way_through_a_finally_runs_it(name):
    final = [do(word) for word in name.split()]
    flow = flow_of(try_([if_(case("x", do("a"), jump(RETURN))), do("b")], None, final), do("c"))
    assert allowed(flow, run(f"a {name}"))
    assert allowed(flow, run(f"b {name} c"))
    assert allowed(flow, "+b !b " + run(name), ERRORED)
    assert not allowed(flow, run("a"))
    assert not allowed(flow, run(f"a {name} c"))
    assert not allowed(flow, run(f"b {name}"))
    assert not allowed(flow, "+b !b " + run(f"{name} c"))


def test_a_jump_out_of_a_finally_replaces_the_way_it_was_going():
    id_ = new_id()
    flow = flow_of(loop(try_([do("a"), jump(RETURN)], None, [do("f"), jump(BREAK, id_)]), id_=id_), do("z"))
    assert allowed(flow, run("a f z"))
    assert not allowed(flow, run("a f"))


def test_finals_inside_finals_keep_their_ways_apart():
    inner = try_([do("b")], None, [do("g")])
    flow = flow_of(try_([if_(case("x", jump(RETURN)))], None, [do("f"), inner]), do("z"))
    assert allowed(flow, run("f b g"))
    assert allowed(flow, run("f b g z"))
    assert allowed(flow, run("f") + " +b !b " + run("g"), ERRORED)
    assert not allowed(flow, run("f") + " +b !b " + run("g z"))


def test_loops_turn_break_and_continue():
    id_ = new_id()
    body = if_(case("x", jump(CONTINUE, id_))), do("a"), if_(case("y", jump(BREAK, id_))), do("b")
    flow = flow_of(loop(*body, id_=id_), do("z"))
    assert allowed(flow, run("z"))
    assert allowed(flow, run("a b a b z"))
    assert allowed(flow, run("a b a z"))
    assert not allowed(flow, run("b z"))
    assert not allowed(flow, run("a a z"))


def test_a_loop_that_runs_once_cannot_be_skipped():
    assert not allowed(flow_of(loop(do("a"), once=True), do("z")), run("z"))
    assert allowed(flow_of(loop(do("a"), once=True), do("z")), run("a z"))


def test_labels_break_scopes():
    id_ = new_id()
    flow = flow_of(scope(if_(case("x", jump(BREAK, id_))), do("a"), id_=id_), do("z"))
    assert allowed(flow, run("z"))
    assert allowed(flow, run("a z"))


def test_switch_cases_fall_through():
    id_ = new_id()
    flow = flow_of(switch(case("1", do("a")), case("2", do("b"), jump(BREAK, id_)), case(None, do("c")), id_=id_))
    assert allowed(flow, run("a b"))
    assert allowed(flow, run("b"))
    assert allowed(flow, run("c"))
    assert not allowed(flow, run("a"))
    assert not allowed(flow, run("b c"))
    assert not allowed(flow, "")


def test_a_throw_goes_to_the_handler():
    flow = flow_of(try_([do("a"), if_(case("x", jump(THROW)), case(None, do("b")))], [do("h")]))
    assert allowed(flow, run("a h"))
    assert allowed(flow, run("a b"))
    assert allowed(flow_of(do("a"), jump(THROW)), run("a"), ERRORED)
    assert not allowed(flow_of(do("a"), jump(THROW)), run("a"))


def test_calls_return_to_where_they_came_from():
    flow = flow_of(call("f"), do("a"), call("f"), do("b"), f=[do("i")])
    assert allowed(flow, run("i a i b"))
    assert not allowed(flow, run("i b"))
    assert not allowed(flow, run("i a i a i b"))


def test_errors_leave_functions_for_the_handler_of_their_caller():
    flow = flow_of(try_([call("f")], [do("h")]), call("f"), f=[do("i"), do("k")])
    assert allowed(flow, "+i !i " + run("h i k"))
    assert not allowed(flow, "+i !i " + run("i k"))
    assert allowed(flow, run("i k") + " +i !i", ERRORED)


def test_recursion_is_followed_without_bound():
    flow = flow_of(call("f"), do("z"), f=[if_(case("x", jump(RETURN))), do("a"), call("f"), do("b")])
    assert allowed(flow, run("a a a b b b z"))
    assert allowed(flow, run("z"))
    assert not allowed(flow, run("b z"))


def test_a_started_step_may_overlap_until_it_is_joined():
    p = do("p", started=KEPT)
    flow = flow_of(p, do("m"), join(p), do("z"))
    assert allowed(flow, "+p -p " + run("m z"))
    assert allowed(flow, "+p +m -m -p " + run("z"))
    assert not allowed(flow, "+p +m -m +z -p -z")
    assert not allowed(flow, "+p +m -p +z -m -z")


def test_a_started_step_is_not_awaited():
    awaited = flow_of(do("p"), do("m"))
    assert not allowed(awaited, "+p +m -p -m")


def test_the_error_of_a_started_step_is_met_at_the_join():
    p = do("p", started=KEPT)
    flow = flow_of(p, do("m"), try_([join(p), do("a")], [do("h")]))
    assert allowed(flow, "+p !p " + run("m h"))
    assert not allowed(flow, "+p !p " + run("m a"))


def test_the_rest_may_overlap_what_follows_a_failed_join():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    flow = flow_of(try_([*together(a, b)], [do("h")]), do("z"))
    assert allowed(flow, "+a +b !a +h -h +z -b -z")
    assert not allowed(flow, "+a +b -a +z -b -z")


def test_a_settling_join_waits_for_all_and_never_fails():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    flow = flow_of(*together(a, b, kind=model.JoinKind.SETTLED), do("z"))
    assert allowed(flow, "+a +b !a -b " + run("z"))
    assert not allowed(flow, "+a +b !a +z -b -z")


def test_losers_of_a_race_go_on_until_a_later_join():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    flow = flow_of(*together(a, b, kind=model.JoinKind.RACE), do("m"), join(b), do("z"))
    assert allowed(flow, "+a +b -a +m -m -b " + run("z"))
    assert not allowed(flow, "+a +b -a +m -m +z -b -z")


def test_a_floating_step_may_overlap_everything_after_it():
    flow = flow_of(do("f", started=FLOATING), do("a"), do("b"))
    assert allowed(flow, "+f +a -a +b -b")
    assert allowed(flow, "+f +a !f -a +b -b")


def test_steps_pushed_in_a_loop_are_all_joined():
    p = do("p", started=KEPT)
    flow = flow_of(loop(p), join(p), do("z"))
    assert allowed(flow, run("z"))
    assert allowed(flow, "+p +p +p -p#1 -p#0 -p#2 " + run("z"))
    assert not allowed(flow, "+p +p +p -p#1 -p#0 +z -z -p#2")


def test_a_join_in_the_loop_waits_for_the_latest():
    id_ = new_id()
    p = do("p", started=KEPT)
    flow = flow_of(loop(p, if_(case("x", jump(CONTINUE, id_))), do("m"), join(p), do("a"), id_=id_))
    assert allowed(flow, "+p +p +m -m -p#1 +a -a", UNKNOWN)
    assert not allowed(flow, "+p +p +m -m -p#0 +a -a", UNKNOWN)


def test_blocks_run_beside_the_rest_in_their_own_order():
    b = block(do("i"), do("k"))
    flow = flow_of(b, do("m"), join(b), do("z"))
    assert allowed(flow, "+i +m -i +k -k -m " + run("z"))
    assert allowed(flow, "+m -m +i -i +k -k " + run("z"))
    assert not allowed(flow, "+i +k -i -k " + run("m z"))
    assert not allowed(flow, run("i m z"))
    assert allowed(flow, "+i !i " + run("m"), ERRORED)


def test_blocks_of_a_loop_run_beside_each_other():
    b = block(do("i"), do("k"))
    flow = flow_of(loop(b), join(b), do("z"))
    assert allowed(flow, "+i +i +i -i#1 +k -i#0 +k -k#0 -k#1 -i#2 +k -k#2 " + run("z"))
    assert not allowed(flow, "+i +i -i#0 -i#1 +k -k " + run("z"))


def test_started_calls_are_joined_like_steps():
    f = call("f", started=KEPT)
    flow = flow_of(f, do("m"), join(f), do("z"), f=[do("i"), do("k")])
    assert allowed(flow, "+i +m -i +k -m -k " + run("z"))
    assert not allowed(flow, "+i -i " + run("m z"))


def test_a_block_may_wait_for_what_its_surroundings_started():
    p = do("p", started=KEPT)
    b = block(join(p), do("i"))
    flow = flow_of(p, b, do("m"), join(b), do("z"))
    assert allowed(flow, "+p +m -p +i -i -m " + run("z"))
    assert not allowed(flow, "+p +m +i -i -p -m " + run("z"))


def test_recursive_blocks_end_before_their_join():
    left, right = call("f", started=KEPT), call("f", started=KEPT)
    flow = flow_of(call("f"), f=[if_(case("x", jump(RETURN))), left, right, join(left, right), do("a")])
    assert allowed(flow, run("a a a"))
    assert allowed(flow, "+a +a -a#0 -a#1 +a -a")


def test_nested_steps_are_started_inside_their_step():
    flow = flow_of(do("o", do("i"), do("k")), do("z"))
    assert allowed(flow, "+o +i/o -i +k/o -k -o " + run("z"))
    assert not allowed(flow, "+o +i -i +k -k -o " + run("z"))
    assert not allowed(flow, "+o +i/o -i -o " + run("z"))
    assert not allowed(flow, "+o -o " + run("i k z"))


def test_a_callback_that_raises_is_run_again():
    flow = flow_of(do("o", do("i"), do("k")))
    assert allowed(flow, "+o +i/o !i +i/o -i +k/o -k -o")
    assert allowed(flow, "+o +i/o -i +i/o -i !o", ERRORED)
    assert not allowed(flow, "+o +i/o -i +k/o -k +k/o -k -o")


def test_nesting_is_not_asked_of_a_trace_that_did_not_observe_it():
    flow = flow_of(do("o", do("i")))
    observed = replace(trace(flow, "+o +i -i -o"), nested=False)
    assert accepts(flow, observed).accepted


def test_a_promise_returned_from_a_try_passes_its_handler():
    p = do("p", started=KEPT)
    flow = flow_of(try_([p, join(p, returned=True), jump(RETURN)], [do("h")], [do("f")]))
    assert allowed(flow, "+p +f -f -p")
    assert allowed(flow, "+p +f -f !p", ERRORED)
    assert not allowed(flow, "+p !p " + run("f h"), UNKNOWN)


def test_the_path_and_its_matches_are_told():
    flow = flow_of(if_(case("x", do("a")), case(None, do("b"))))
    verdict = accepts(flow, trace(flow, run("b")))
    (start,) = [start for start, node in flow.promises.items() if node.name == "b"]
    assert verdict.matched == ((0, start),)
    assert (start, flow.ends[start]) in verdict.edges
    assert all(flow.graph.has_edge(*edge) for edge in verdict.edges)


def test_waits_time_out():
    flow = flow_of(try_([wait("w")], [do("h")]))
    assert allowed(flow, "+w !w " + run("h"))
    assert not allowed(flow, "+w !w")


def test_what_would_need_too_much_is_not_decided():
    maybe = [if_(case("x", block(if_(case("y", do(f"a{index}"))), started=FLOATING))) for index in range(18)]
    verdict = accepts(flow := flow_of(*maybe, do("z"), do("y")), trace(flow, run("z z")))
    assert (verdict.accepted, verdict.decided, verdict.refused_at) == (True, False, None)


def test_a_loop_ends_behind_the_steps_of_its_test():
    flow = flow_of(replace(loop(do("t"), do("a")), test=1), do("z"))
    assert allowed(flow, run("t z"))
    assert allowed(flow, run("t a t z"))
    assert not allowed(flow, run("t a z"))
    assert not allowed(flow, run("z"))


def test_a_continue_does_not_skip_the_update():
    id_ = new_id()
    body = if_(case("x", jump(CONTINUE, id_))), do("a"), do("u")
    flow = flow_of(replace(loop(*body, id_=id_), update=1), do("z"))
    assert allowed(flow, run("u a u z"))
    assert not allowed(flow, run("a z"))
    once = flow_of(replace(loop(*body, id_=id_, once=True), update=1), do("z"))
    assert allowed(once, run("u z"))
    assert not allowed(once, run("z"))


def test_a_race_is_over_when_one_has_ended():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    race, over = together(a, b, kind=model.JoinKind.RACE)
    flow = flow_of(try_([race, over], [do("h")]), do("z"))
    assert not allowed(flow, "+a +b +z -a -b -z")
    assert allowed(flow, "+a +b !b +h -h +z -z -a")
    assert not allowed(flow, "+a +b !b +z -z -a")
    others = flow_of(try_([race, replace(over, others=True)], [do("h")]), do("z"))
    assert allowed(others, "+a +b +z -a -b -z")


def test_failures_do_not_win_an_any():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    flow = flow_of(try_([*together(a, b, kind=model.JoinKind.ANY)], [do("h")]), do("z"))
    assert allowed(flow, "+a +b !b -a +z -z")
    assert not allowed(flow, "+a +b !b +z -z -a")
    assert allowed(flow, "+a +b !b !a " + run("h z"))


def python_flow(*body):
    return control_flow(replace(workflow(*body), language=Language.PYTHON))


def test_a_python_task_begins_when_its_maker_waits():
    p = do("p", started=KEPT)
    flow = python_flow(p, do("m"), join(p), do("z"))
    assert allowed(flow, "+p +m -m -p " + run("z"))
    assert allowed(flow, "+m +p -m -p " + run("z"))
    assert allowed(flow, run("m p z"))
    assert not allowed(flow, run("m z p"))
    assert not allowed(flow, run("m z"))
    assert not allowed(flow_of(p, do("m"), join(p), do("z")), run("m p z"))


def test_python_tasks_of_a_loop_begin_in_any_order_and_are_all_joined():
    p = do("p", started=KEPT)
    flow = python_flow(loop(p), do("m"), join(p), do("z"))
    assert allowed(flow, "+m +p +p -m -p#0 -p#1 " + run("z"))
    assert not allowed(flow, "+m +p +p -m -p#0 +z -z -p#1")


def test_python_races_hand_over_what_has_failed():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    flow = python_flow(*together(a, b, kind=model.JoinKind.RACE), do("z"))
    assert allowed(flow, "+a +b !a +z -z -b")
    assert not allowed(flow, "+a +b +z !a -z -b")


def test_a_promise_awaited_twice_fails_twice():
    p = do("p", started=KEPT)
    flow = flow_of(p, try_([join(p)], [do("h")]), join(p), do("z"))
    assert allowed(flow, "+p !p " + run("h"), ERRORED)
    assert allowed(flow, "+p -p " + run("z"))


def test_what_a_step_leaves_running_after_its_failure_may_go_on():
    flow = flow_of(try_([do("o", do("i"))], [do("h")]))
    assert allowed(flow, "+o +i/o !o +h -h -i")
