"""What must precede what, what may overlap and what is inside what, for graphs written by hand."""

from workflow_graphs import (
    CONTINUE,
    FLOATING,
    KEPT,
    RETURN,
    block,
    call,
    case,
    do,
    if_,
    join,
    jump,
    loop,
    new_id,
    together,
    try_,
    workflow,
)

from analyzer.analyses.precedence import precedence
from analyzer.graph import model


def relations(*body, **functions):
    """Must-precede pairs, may-overlap pairs (once each, in alphabetical order) and inside pairs of steps, by name."""
    found = precedence(workflow(*body, **functions))
    names = {id_: node.name for id_, node in found.nodes.items() if hasattr(node, "config")}
    before = {names[a] + names[b] for a, b in found.must_precede_pairs() if a in names and b in names}
    overlap = {"".join(sorted(names[a] + names[b])) for a, b in found.may_overlap_pairs() if a in names and b in names}
    inside = {names[a] + names[b] for a, b in found.inside_pairs() if a in names and b in names}
    return before, overlap, inside


def test_a_sequence_is_ordered():
    assert relations(do("a"), do("b"), do("c")) == ({"ab", "ac", "bc"}, set(), set())


def test_what_a_branch_does_precedes_nothing_behind_it():
    branch = if_(case("x", do("a")), case(None, do("b")))
    assert relations(do("z"), branch, do("c")) == ({"za", "zb", "zc"}, set(), set())


def test_a_guard_that_leaves_keeps_the_order():
    assert relations(do("a"), if_(case("x", jump(RETURN))), do("b"))[0] == {"ab"}


def test_a_loop_may_not_run_unless_it_must():
    assert relations(loop(do("a")), do("b"))[0] == set()
    assert relations(loop(do("a"), once=True), do("b"))[0] == {"ab"}


def test_a_turn_that_continues_early_does_less():
    id_ = new_id()
    skip = if_(case("x", jump(CONTINUE, id_)))
    assert relations(loop(do("a"), skip, do("b"), once=True, id_=id_), do("c"))[0] == {"ab", "ac"}


def test_a_handler_may_run_before_anything_of_its_block_has_ended():
    before, _, _ = relations(do("z"), try_([do("a"), do("b")], [do("h")], [do("f")]), do("c"))
    assert before == {"za", "zb", "zh", "zf", "zc", "ab", "fc"}


def test_a_kept_step_overlaps_what_stands_before_its_join():
    p = do("p", started=KEPT)
    assert relations(do("z"), p, do("m"), join(p), do("a")) == ({"zp", "zm", "za", "pa", "ma"}, {"mp"}, set())


def test_the_elements_of_a_combinator_overlap():
    a, b, c = (do(name, started=KEPT) for name in "abc")
    before, overlap, _ = relations(*together(a, b, c), do("z"))
    assert (before, overlap) == ({"az", "bz", "cz"}, {"ab", "ac", "bc"})


def test_losers_of_a_race_overlap_what_follows_until_they_are_joined():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    before, overlap, _ = relations(*together(a, b, kind=model.JoinKind.RACE), do("m"), join(b), do("z"))
    assert before == {"mz", "bz"}
    assert overlap == {"ab", "am", "bm", "az"}


def test_what_else_a_failed_join_waits_for_overlaps_the_handler_and_what_follows():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    _, overlap, _ = relations(try_([*together(a, b), do("m")], [do("h")]), do("z"))
    assert overlap == {"ab", "ah", "bh", "az", "bz"}


def test_a_settling_join_leaves_nothing_open():
    a, b = do("a", started=KEPT), do("b", started=KEPT)
    before, overlap, _ = relations(*together(a, b, kind=model.JoinKind.SETTLED), do("z"))
    assert (before, overlap) == ({"az", "bz"}, {"ab"})


def test_a_floating_step_overlaps_everything_behind_it():
    assert relations(do("z"), do("f", started=FLOATING), do("a"), do("b"))[1] == {"af", "bf"}


def test_steps_pushed_in_a_loop_overlap_each_other_until_the_join():
    p = do("p", started=KEPT)
    before, overlap, _ = relations(loop(p, do("m")), join(p), do("z"))
    assert overlap == {"pp", "mp"}
    assert before == set()


def test_a_join_of_each_turn_leaves_earlier_turns_open_only_if_they_may_be():
    p = do("p", started=KEPT)
    assert relations(loop(p, do("m"), join(p)), do("z"))[1] == {"mp"}
    id_ = new_id()
    skip = if_(case("x", jump(CONTINUE, id_)))
    assert relations(loop(p, skip, do("m"), join(p), id_=id_), do("z"))[1] == {"mp", "pp", "pz"}


def test_what_a_block_runs_overlaps_as_the_block_does():
    b = block(do("i"), do("k"))
    before, overlap, inside = relations(b, do("m"), join(b), do("z"))
    assert before == {"ik", "iz", "kz", "mz"}
    assert overlap == {"im", "km"}
    assert inside == set()


def test_blocks_of_a_loop_overlap_themselves():
    b = block(do("i"), do("k"))
    assert relations(loop(b), join(b), do("z"))[1] == {"ii", "ik", "kk"}


def test_what_a_function_leaves_running_overlaps_what_follows_its_call():
    before, overlap, _ = relations(call("f"), do("z"), f=[do("a"), do("l", started=FLOATING)])
    assert (before, overlap) == ({"al", "az"}, {"lz"})


def test_a_function_called_twice_knows_what_both_calls_know():
    before, _, _ = relations(do("a"), call("f"), do("b"), call("f"), do("c"), f=[do("i")])
    assert before == {"ab", "ac", "ai", "bc", "ib", "ic"}


def test_a_function_called_beside_others_overlaps_with_them():
    f = call("f", started=KEPT)
    _, overlap, _ = relations(f, do("m"), join(f), call("f"), do("z"), f=[do("i")])
    assert overlap == {"im"}


def test_recursion_is_settled():
    before, overlap, _ = relations(call("f"), do("z"), f=[do("a"), if_(case("x", jump(RETURN))), call("f"), do("b")])
    assert (before, overlap) == ({"az", "ab"}, set())
    left, right = call("f", started=KEPT), call("f", started=KEPT)
    before, overlap, _ = relations(
        call("f"), do("z"), f=[if_(case("x", jump(RETURN))), left, right, join(left, right), do("a")]
    )
    assert overlap == {"aa"}
    assert before == set()


def test_steps_of_a_callback_are_inside_their_step():
    p = do("p", started=KEPT)
    before, overlap, inside = relations(p, do("o", do("i"), do("k", do("n"))), join(p), do("z"))
    assert inside == {"io", "ko", "no", "nk"}
    assert overlap == {"op", "ip", "kp", "np"}
    assert before == {"ik", "in", "iz", "kz", "nz", "oz", "pz"}


def test_what_a_callback_leaves_running_overlaps_its_next_attempt_and_what_follows():
    _, overlap, _ = relations(do("o", do("l", started=FLOATING), do("i")), do("z"))
    assert overlap == {"il", "ll", "lz"}


def test_a_promise_joined_only_on_some_paths_precedes_nothing_certainly():
    p = do("p", started=KEPT)
    before, overlap, _ = relations(if_(case("x", p)), do("m"), join(p), do("z"))
    assert before == {"mz"}
    assert overlap == {"mp"}


def test_large_graphs_are_settled_quickly():
    nodes = []
    for _ in range(300):
        p = do("p", started=KEPT)
        nodes += [p, if_(case("x", do("a")), case(None, do("b"))), join(p)]
    found = precedence(workflow(*nodes))
    first, last = nodes[0].id, nodes[-3].id
    assert found.must_precede(first, last)
    assert not found.may_overlap(first, last)
