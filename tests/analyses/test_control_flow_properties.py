"""Whatever a graph's interpreter does, its control-flow graph accepts, and the relations read off it hold."""

from random import Random

from graph_interpreter import Interpreter, Maker
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analyzer.analyses.acceptance import accepts
from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.precedence import precedence_of
from analyzer.analyses.traces import Ended, Started

SEEDS = st.integers(0, 2**32)


def _made(seed, size=2):
    flow = control_flow(Maker(Random(seed)).workflow(size))
    return flow, Interpreter(flow, Random(seed + 1)).run()


@given(SEEDS)
@example(10_392)  # what ended threads had started went round in a circle
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_the_interpreter_does_is_a_path(seed):
    flow, trace = _made(seed)
    verdict = accepts(flow, trace)
    assert verdict.accepted, verdict.refused_at
    assert all(flow.graph.has_edge(*edge) for edge in verdict.edges)


@given(SEEDS)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_the_interpreter_does_keeps_the_relations(seed):
    flow, trace = _made(seed)
    relations = precedence_of(flow)
    nodes = {event.call: flow.promises[next(iter(event.points))].id for event in trace.events if isinstance(event, Started)}
    over, running, inside = set(), {}, {}
    for event in trace.events:
        match event:
            case Ended(call=call):
                over.add(nodes[call])
                del running[call]
            case Started(call=call, inside=outer):
                inside[call] = outer
                preceding = {id_ for id_ in relations.preceding(nodes[call]) if flow.is_step(flow.starts[id_])}
                assert preceding <= over
                around = set(_around(inside, call))
                assert all(relations.is_inside(nodes[call], nodes[one]) for one in around)
                assert all(relations.may_overlap(nodes[one], nodes[call]) for one in running if one not in around)
                running[call] = None


def _around(inside, call):
    while (call := inside[call]) is not None:
        yield call


def test_the_interpreter_does_something():
    traces = [_made(seed)[1] for seed in range(40)]
    assert sum(len(trace.events) for trace in traces) > 400
    assert len({trace.outcome for trace in traces}) == 2
