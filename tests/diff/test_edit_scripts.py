"""Edit scripts: what they make of OLD is NEW, and they are short."""

from __future__ import annotations

from cProfile import Profile
from random import Random

from applying import applied
from edits import Editor, body
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_graphs import WORKFLOWS

from analyzer.analyses.diff.difference import Difference, difference
from analyzer.analyses.diff.forms import Form
from analyzer.analyses.diff.trees import Digests, Tree
from analyzer.analyses.inflight.replay import in_flight
from analyzer.graph import model
from analyzer.source import Language

RUN = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def same(left: Form, right: Form) -> bool:
    """Whether two trees are equal, whatever the order of functions and arms."""
    digests = Digests()
    return Tree(left, digests).digests[0] == Tree(right, digests).digests[0]


def workflow(nodes: tuple[model.Node, ...]) -> model.Workflow:
    return model.Workflow("W", Language.JAVASCRIPT, nodes, ())


def edited(seed: int, blocks: int, edits: int) -> Difference:
    """The difference that so many edits make."""
    random = Random(seed)
    old = new = body(random, blocks)
    editor = Editor(random)
    for _ in range(edits):
        new = editor.edited(new)
    return difference(workflow(old), workflow(new))


@RUN
@given(WORKFLOWS, WORKFLOWS)
def test_script_turns_any_graph_into_any_other(old: model.Workflow, new: model.Workflow) -> None:
    found = difference(old, new)
    assert same(applied(found.operations, found.old), found.new)


@RUN
@given(WORKFLOWS)
def test_graph_does_not_differ_from_itself(graph: model.Workflow) -> None:
    assert difference(graph, graph).operations == ()


@RUN
@given(st.integers(), st.integers(5, 60), st.integers(1, 8))
def test_script_turns_old_into_edited(seed: int, blocks: int, edits: int) -> None:
    found = edited(seed, blocks, edits)
    assert same(applied(found.operations, found.old), found.new)


def test_scripts_are_at_most_twice_as_long_as_the_edits() -> None:
    lengths = [(len(edited(seed, 20 + seed % 50, 1 + seed % 8).operations), 1 + seed % 8) for seed in range(200)]
    short = sum(length <= 2 * edits for length, edits in lengths)
    assert short >= 0.95 * len(lengths)


def test_work_grows_with_the_size() -> None:
    """Ten times the blocks, at most 13 times the calls: a count that, unlike time, is the same on every machine."""
    small, large = (_calls(blocks) for blocks in (300, 3000))
    assert large <= 13 * small


def _calls(blocks: int) -> int:
    random = Random(7)
    old = new = body(random, blocks)
    editor = Editor(random)
    for _ in range(blocks // 50):
        new = editor.edited(new)
    workflows = workflow(old), workflow(new)
    profile = Profile()
    profile.runcall(difference, *workflows)
    return sum(entry.callcount for entry in profile.getstats())


@RUN
@given(WORKFLOWS)
def test_instances_of_the_same_graph_go_on(graph: model.Workflow) -> None:
    assert in_flight(graph, graph).verdicts == ()


@RUN
@given(WORKFLOWS, WORKFLOWS)
def test_every_verdict_of_any_graphs_has_a_run(old: model.Workflow, new: model.Workflow) -> None:
    assert all(verdict.run for verdict in in_flight(old, new).verdicts)
