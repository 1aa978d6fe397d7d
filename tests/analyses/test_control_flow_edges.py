"""The control-flow graph of each kind of node, edge by edge."""

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
    errors,
    flow_of,
    if_,
    join,
    jump,
    loop,
    new_id,
    scope,
    sleep,
    switch,
    together,
    try_,
    wait,
    ways,
    workflow,
)

from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.flow_graph import EdgeKind, PointKind
from analyzer.graph import model
from analyzer.records import replace


def test_steps_in_sequence_go_on_at_their_ends_and_fail_at_their_starts():
    assert ways(flow_of(do("a"), wait("b"), sleep("s"))) == {
        "run[ NEXT a(",
        "a( NEXT a)",
        "a( FAIL run!",
        "a) NEXT b(",
        "b( NEXT b)",
        "b( FAIL run!",
        "b) NEXT s(",
        "s( NEXT s)",
        "s) NEXT run]",
    }


def test_code_between_steps_may_raise():
    flow = flow_of(do("a"), sleep("s"))
    assert errors(flow, "a)") == {"run!"}
    assert errors(flow, "run[") == {"run!"}
    assert errors(flow, "s(") == {"run!"}
    assert errors(flow, "a(") == set()


def test_an_if_without_else_can_be_skipped():
    assert ways(flow_of(if_(case("x", do("a"))), do("b")), EdgeKind.FAIL) == {
        "run[ NEXT branch",
        "branch CASE case x",
        "branch SKIP b(",
        "case x NEXT a(",
        "a( NEXT a)",
        "a) NEXT b(",
        "b( NEXT b)",
        "b) NEXT run]",
    }


def test_an_if_with_else_cannot():
    found = ways(flow_of(if_(case("x", do("a")), case(None)), do("b")))
    assert "branch SKIP b(" not in found
    assert "case None NEXT b(" in found


def test_a_switch_falls_through_until_it_breaks():
    id_ = new_id()
    cases = case("1", do("a")), case("2", do("b"), jump(BREAK, id_)), case(None, do("c"))
    found = ways(flow_of(switch(*cases, id_=id_), do("d")), EdgeKind.FAIL)
    assert {"a) FALL case 2", "break JUMP d(", "c) NEXT d("} <= found
    assert {f"branch CASE case {which}" for which in ("1", "2", "None")} <= found
    assert not any(way.startswith(("break FALL", "b) FALL", "branch SKIP")) for way in found)


def test_a_switch_without_default_can_be_skipped():
    id_ = new_id()
    found = ways(flow_of(switch(case("1", do("a"), jump(BREAK, id_)), id_=id_), do("d")))
    assert "branch SKIP d(" in found


def test_a_loop_turns_back_and_ends_at_its_head():
    assert ways(flow_of(loop(do("a")), do("b")), EdgeKind.FAIL) == {
        "run[ NEXT loop",
        "loop ENTER turn",
        "loop DONE b(",
        "turn NEXT a(",
        "a( NEXT a)",
        "a) NEXT loop",
        "b( NEXT b)",
        "b) NEXT run]",
    }


def test_a_loop_that_runs_at_least_once_has_a_certain_first_turn():
    found = ways(flow_of(loop(do("a"), once=True), do("b")))
    assert "run[ NEXT turn" in found
    assert "run[ NEXT loop" not in found
    assert "loop DONE b(" in found


def test_an_endless_loop_ends_only_by_jumps():
    id_ = new_id()
    found = ways(flow_of(loop(if_(case("x", jump(BREAK, id_))), do("a"), endless=True, id_=id_), do("b")))
    assert "loop DONE b(" not in found
    assert "break JUMP b(" in found


def test_what_stands_behind_an_endless_loop_without_jumps_is_not_drawn():
    flow = flow_of(loop(do("a"), endless=True), do("b"))
    assert len([point for point in flow.points if point.kind is PointKind.START]) == 1


def test_jumps_name_the_loop_they_leave_or_go_on_with():
    outer, inner = new_id(), new_id()
    body = loop(
        loop(if_(case("x", jump(CONTINUE, outer)), case("y", jump(BREAK, inner))), do("a"), id_=inner),
        do("b"),
        id_=outer,
    )
    flow = flow_of(body)
    outer_head, inner_head = (
        next(p.index for p in flow.points if p.kind is PointKind.LOOP and p.node.id == id_) for id_ in (outer, inner)
    )
    targets = {
        flow.points[source].node.kind: target
        for source, target, data in flow.graph.edges(data=True)
        if data["kind"] is EdgeKind.JUMP
    }
    assert targets[CONTINUE] == outer_head
    assert flow.points[targets[BREAK]].node == do("b")
    assert flow.graph.edges[inner_head, targets[BREAK]]["kind"] is EdgeKind.DONE


def test_a_return_leaves_its_function_and_a_scope_if_it_names_it():
    id_ = new_id()
    inner = scope(if_(case("x", jump(RETURN, id_))), do("a"), id_=id_)
    assert "return JUMP b(" in ways(flow_of(inner, do("b")))
    assert "return JUMP run]" in ways(flow_of(if_(case("x", jump(RETURN))), do("a")))


def test_a_handler_catches_failures_throws_and_any_code_of_its_block():
    flow = flow_of(try_([do("a"), if_(case("x", jump(THROW)))], [do("c")]), do("d"))
    found = ways(flow)
    assert {"a( FAIL catch", "throw THROW catch", "catch NEXT c(", "branch SKIP d(", "c) NEXT d("} <= found
    assert {"c( FAIL run!", "d( FAIL run!"} <= found
    assert errors(flow, "try") == errors(flow, "a)") == {"catch"}
    assert errors(flow, "catch") == errors(flow, "c)") == {"run!"}


def test_a_throw_without_handler_ends_the_body():
    assert "throw THROW run!" in ways(flow_of(do("a"), jump(THROW)))


def test_each_way_through_a_finally_has_its_own_resume():
    flow = flow_of(loop(try_([if_(case("x", jump(RETURN))), do("a")], None, [do("f")])), do("b"))
    diverts = [point for point in flow.points if point.kind is PointKind.DIVERT]
    resumes = {point.part: point.index for point in flow.points if point.kind is PointKind.RESUME}
    assert len(diverts) == 3  # normally, by an error, by the return
    assert resumes.keys() == {point.index for point in diverts}
    goals = {flow.points[target].kind for resume in resumes.values() for target in flow.graph.succ[resume]}
    assert goals == {PointKind.LOOP, PointKind.RAISED, PointKind.EXIT}
    found = ways(flow)
    assert {"a( FAIL divert", "return JUMP divert", "a) NEXT divert", "f) NEXT finally_end"} <= found
    assert "f( FAIL run!" in found
    assert [point.finals for point in flow.points if point.kind in (PointKind.FINALLY, PointKind.FINALLY_END)] == [1, 1]


def test_a_jump_out_of_two_tries_runs_both_finals_inside_out():
    inner = try_([jump(RETURN)], None, [do("f")])
    flow = flow_of(try_([inner], None, [do("g")]))
    by_part = {point.part: point.index for point in flow.points if point.kind is PointKind.RESUME}
    jumped = next(target for source, target, data in flow.graph.edges(data=True) if data["kind"] is EdgeKind.JUMP)
    (second,) = flow.graph.succ[by_part[jumped]]
    assert flow.points[second].kind is PointKind.DIVERT
    (end,) = flow.graph.succ[by_part[second]]
    assert end == flow.bodies[0].exit


def test_a_final_sequence_that_always_leaves_has_no_resume():
    flow = flow_of(try_([do("a")], None, [do("f"), jump(RETURN)]), do("b"))
    assert not [point for point in flow.points if point.kind in (PointKind.RESUME, PointKind.FINALLY_END)]
    assert "return JUMP run]" in ways(flow)


def test_calls_lead_into_functions_and_back():
    flow = flow_of(try_([call("f"), call("f")], [do("c")]), f=[do("a")])
    found = ways(flow)
    assert {"f( CALL f[", "f] RETURN f)", "f! RETURN f?", "f? FAIL catch", "f[ NEXT a(", "a( FAIL f!"} <= found
    assert len(flow.bodies) == 2
    assert set(flow.inner.values()) == {1}
    assert len(flow.failures) == 2


def test_a_call_of_an_unknown_function_may_do_anything():
    assert {"g( NEXT g)", "g( FAIL run!"} <= ways(flow_of(call("g")))


def test_a_callback_with_steps_is_run_inside_its_step_and_again_after_an_error():
    found = ways(flow_of(do("o", do("i")), do("b")))
    assert {"o( CALL o[", "o[ NEXT i(", "i) NEXT o]", "o] RETURN o)", "o! RETRY o[", "i( FAIL o!", "o( FAIL run!"} <= found
    assert "o( NEXT o)" not in found


def test_started_steps_go_on_at_once_and_settle_their_joins():
    p = do("p", started=KEPT)
    found = ways(flow_of(p, do("m"), join(p), do("b")), EdgeKind.FAIL)
    assert {"p( NEXT m(", "p( FORK p)", "p) SETTLE join", "m) NEXT join", "join NEXT joined", "joined NEXT b("} <= found
    assert "p) NEXT m(" not in found


def test_the_error_of_a_started_step_surfaces_at_the_join():
    p = do("p", started=KEPT)
    flow = flow_of(p, try_([join(p)], [do("c")]))
    found = ways(flow)
    assert "join FAIL catch" in found
    assert not any(way.startswith("p( FAIL") for way in found)


def test_a_join_that_settles_cannot_fail():
    found = ways(flow_of(*together(do("a", started=KEPT), do("b", started=KEPT), kind=model.JoinKind.SETTLED)))
    assert {"a( NEXT b(", "b( NEXT join", "a) SETTLE join", "b) SETTLE join"} <= found
    assert not any(way.startswith("join FAIL") for way in found)


def test_blocks_and_unawaited_calls_run_beside_the_rest():
    b = block(do("i"))
    f = call("f", started=FLOATING)
    found = ways(flow_of(b, f, do("m"), join(b), f=[do("a")]))
    assert {"block( FORK block[", "block( NEXT f(", "block] RETURN block)", "block! RETURN block)"} <= found
    assert {"f( FORK f[", "f( NEXT m(", "f] RETURN f)", "f! RETURN f)"} <= found
    assert "i( FAIL block!" in found


def test_returns_of_a_block_leave_the_block_only():
    id_ = new_id()
    b = model.Block((if_(case("x", jump(RETURN, id_))), do("i")), KEPT, id_)
    assert "return JUMP block]" in ways(flow_of(b, join(b), do("z")))


def test_a_promise_returned_from_a_try_is_waited_for_behind_it():
    p = do("p", started=KEPT)
    flow = flow_of(try_([p, join(p, returned=True), jump(RETURN)], [do("c")], [do("f")]))
    found = ways(flow)
    assert {"p( NEXT return", "return JUMP divert", "resume JUMP join", "joined NEXT run]"} <= found
    assert {way for way in found if way.startswith("join FAIL")} == {"join FAIL run!"}


def test_joins_know_whether_every_turn_started_one():
    pushed, each_turn = do("p", started=KEPT), do("q", started=KEPT)
    behind, within = join(pushed), join(each_turn)
    flow = flow_of(loop(pushed, each_turn, do("m"), within), behind)
    joins = {flow.points[index].node.members[0]: index for index, _ in enumerate(flow.points) if _is_join(flow, index)}
    assert flow.every_turn == {(joins[pushed.id], pushed.id)}


def _is_join(flow, index):
    return flow.points[index].kind is PointKind.JOIN


def test_functions_that_reach_themselves_are_recursive():
    flow = flow_of(call("f"), f=[call("g")], g=[if_(case("x", call("f"))), call("h")], h=[do("a")])
    assert {flow.bodies[body].owner.name for body in flow.recursive} == {"f", "g"}


def test_size_is_linear_and_depth_does_not_matter():
    def deep(levels):
        node = do("a")
        for level in range(levels):
            node = if_(case("x", node)) if level % 3 else try_([loop(node)], [do("b")], [do("c")])
        return control_flow(workflow(node)).graph

    small, large = deep(300), deep(3000)
    assert large.number_of_nodes() < 10.5 * small.number_of_nodes()
    assert large.number_of_edges() < 10.5 * small.number_of_edges()


def test_a_loop_decides_behind_its_test_and_goes_on_with_its_update():
    id_ = new_id()
    body = do("t"), if_(case("x", jump(CONTINUE, id_))), do("a"), do("u")
    flow = flow_of(replace(loop(*body, id_=id_), test=1, update=1), do("z"))
    assert ways(flow, EdgeKind.FAIL) == {
        "run[ NEXT test",
        "test NEXT t(",
        "t( NEXT t)",
        "t) NEXT loop",
        "loop ENTER turn",
        "loop DONE z(",
        "turn NEXT branch",
        "branch CASE case x",
        "branch SKIP a(",
        "case x NEXT continue",
        "continue JUMP u(",
        "a( NEXT a)",
        "a) NEXT u(",
        "u( NEXT u)",
        "u) NEXT test",
        "z( NEXT z)",
        "z) NEXT run]",
    }


def test_an_exhaustive_switch_cannot_be_skipped():
    id_ = new_id()
    node = replace(switch(case("f", do("a"), jump(BREAK, id_)), case("g", do("b"), jump(BREAK, id_)), id_=id_), exhaustive=True)
    assert not any("SKIP" in way for way in ways(flow_of(node, do("d"))))
