"""Hypothesis strategies for graphs: any nesting of any nodes, joins of any promises, jumps to anything around."""

from __future__ import annotations

from hypothesis import strategies as st

from analyzer.graph import model
from analyzer.source import Language

KINDS = st.sampled_from(model.JoinKind)
STARTED = st.sampled_from(model.Started)
DURATIONS = st.one_of(st.none(), st.text(max_size=4), st.integers(), st.floats(), st.just(model.Unknown.NOT_STATIC))
CONFIGS = st.builds(
    model.Config,
    limit=st.one_of(st.none(), st.integers(), st.floats(), st.just(model.Unknown.NOT_STATIC)),
    delay=DURATIONS,
    backoff=st.sampled_from([None, "constant", "linear", "exponential", model.Unknown.NOT_STATIC]),
    timeout=DURATIONS,
)
SHAPES = st.recursive(
    st.just(model.UnknownShape()),
    lambda inner: st.builds(model.ObjectShape, st.lists(st.tuples(st.text(max_size=3), inner), max_size=3).map(tuple)),
    max_leaves=6,
)
BOOLEANS = st.booleans()
MAX_ID = 12
IDS = st.integers(1, MAX_ID)


def joins() -> st.SearchStrategy[model.Node]:
    """A join of any promises, there or not."""
    ids = st.lists(IDS, max_size=4).map(tuple)
    return st.builds(model.Join, ids, KINDS, st.booleans(), at_once=st.booleans())


@st.composite
def leaves(draw: st.DrawFn) -> model.Node:
    """A step, or a call of a function that may be there."""
    name, started, id_ = draw(st.text(max_size=3)), draw(STARTED), draw(IDS)
    match draw(st.integers(0, 5)):
        case 0:
            return model.StepSleep(name, draw(DURATIONS), started, id_)
        case 1:
            return model.StepSleepUntil(name, draw(st.none() | st.just("2026-01-01T00:00:00.000Z")), started, id_)
        case 2:
            options = draw(st.none() | st.builds(model.WaitOptions, st.text(max_size=3), DURATIONS))
            return model.StepWaitForEvent(name, options, draw(st.none() | SHAPES), started, id_)
        case 3:
            return model.FunctionCall(draw(st.sampled_from(["f", "g", "absent"])), started, id_)
        case _:
            return model.StepDo(name, draw(CONFIGS), (), started, id_)


@st.composite
def calm(draw: st.DrawFn) -> model.Node:
    """A step or a join."""
    return draw(leaves()) if draw(st.integers(0, 3)) else draw(joins())


@st.composite
def small(draw: st.DrawFn) -> model.Node:
    """A step, a join or a jump."""
    match draw(st.integers(0, 5)):
        case 0:
            return draw(joins())
        case 1:
            return model.Jump(draw(st.sampled_from(model.JumpKind)), draw(st.none() | IDS))
        case _:
            return draw(leaves())


def sequences(nodes: st.SearchStrategy[model.Node]) -> st.SearchStrategy[tuple[model.Node, ...]]:
    """A sequence of up to four nodes."""
    return st.lists(nodes, max_size=4).map(tuple)


def cases(nodes: st.SearchStrategy[model.Node]) -> st.SearchStrategy[tuple[model.Case, ...]]:
    """Cases of which the last may be an else."""
    return st.lists(st.builds(model.Case, st.none() | st.text(max_size=3), sequences(nodes)), max_size=3).map(tuple)


def structures(
    nodes: st.SearchStrategy[model.Node], endless: st.SearchStrategy[bool] = BOOLEANS
) -> st.SearchStrategy[model.Node]:
    """A structure around nodes. Elements of a combinator are expressions: no jump leaves one."""
    inside = sequences(nodes)
    return st.one_of(
        st.builds(model.StepDo, st.just("outer"), CONFIGS, inside, STARTED, IDS),
        st.builds(model.Block, inside, STARTED, IDS),
        st.builds(model.Scope, inside, IDS),
        st.builds(
            model.Loop,
            inside,
            st.sampled_from(model.LoopKind),
            st.booleans(),
            st.none() | st.integers(1, 3),
            endless,
            st.none(),
            IDS,
        ),
        st.builds(model.If, cases(nodes), IDS),
        st.builds(model.Switch, st.text(max_size=3), cases(nodes), IDS),
        st.builds(model.Try, inside, st.none() | inside, st.none() | inside, IDS),
        st.builds(model.Parallel, KINDS, st.lists(sequences(calm()), max_size=3).map(tuple), IDS),
    )


BODIES = st.lists(st.recursive(small(), structures, max_leaves=25), max_size=8).map(tuple)
CALM_BODIES = st.lists(
    st.recursive(calm(), lambda nodes: structures(nodes, endless=st.just(False)), max_leaves=25), max_size=8
).map(tuple)
"""Bodies without jumps and endless loops: all that is written in them can run."""

WORKFLOWS = st.builds(
    model.Workflow,
    st.text(max_size=3),
    st.sampled_from(Language),
    BODIES,
    st.lists(st.builds(model.FunctionDef, st.sampled_from(["f", "g", "f/~"]), BODIES), max_size=2).map(tuple),
    st.none() | SHAPES,
)
