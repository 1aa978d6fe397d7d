"""Drawing what has sequences inside: scopes, loops, branches and tries.

Each function is given how to draw a sequence, and yields what is to be drawn inside it before it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from analyzer.analyses.flow_graph import EdgeKind, PointKind
from analyzer.analyses.flow_pieces import Pieces
from analyzer.analyses.flow_routes import ONWARD, RAISE, Context, Goal, Pending
from analyzer.graph import model

Visit: TypeAlias = Iterator["Visit"]
"""A part of a drawing in progress; it yields the parts to be drawn inside it."""

Sequence: TypeAlias = Callable[[tuple[model.Node, ...]], Visit]


def draw_scope(drawing: Pieces, node: model.Scope, sequence: Sequence) -> Visit:
    """A sequence some jump leaves."""
    outer = drawing.context
    drawing.context = inside = _inside(outer, node.id, leave=Goal())
    yield sequence(node.body)
    drawing.context = outer
    drawing.arrivals(inside)


def draw_loop(drawing: Pieces, node: model.Loop, sequence: Sequence) -> Visit:
    """A loop: behind the steps of its test LOOP decides on a turn, except that a first one may be certain."""
    outer, around = drawing.context, drawing.loop
    drawing.loop = len(drawing.loops)
    drawing.loops.append((len(drawing.kinds), 0))
    leave, again = Goal(), Goal()
    drawing.context = _inside(outer, node.id, leave=leave, again=again, breakable=True)
    head = drawing.alone(PointKind.LOOP, node)
    turn = drawing.alone(PointKind.TURN, node)
    first = drawing.alone(PointKind.TEST, node) if node.test else turn if node.at_least_once else head
    drawing.arrive(drawing.frontier, first)
    decided = not node.at_least_once
    if node.test:
        drawing.frontier = [(first, EdgeKind.NEXT)]
        yield sequence(node.body[: node.test])
        drawing.arrive(drawing.frontier, head)
        decided = bool(drawing.frontier)
    if node.turns != 1:
        drawing.edge(head, turn, EdgeKind.ENTER)
    drawing.frontier = [(turn, EdgeKind.NEXT)]
    rest = len(node.body) - node.update
    yield sequence(node.body[node.test : rest])
    drawing.frontier.extend(again.arrived)
    yield sequence(node.body[rest:])
    back = drawing.frontier
    drawing.arrive(back, first if node.test else head)
    ends = not node.endless and (decided or back)
    drawing.frontier = [*leave.arrived, *(((head, EdgeKind.DONE),) if ends else ())]
    drawing.loops[drawing.loop] = (drawing.loops[drawing.loop][0], len(drawing.kinds))
    drawing.context, drawing.loop = outer, around


def draw_if(drawing: Pieces, node: model.If, sequence: Sequence) -> Visit:
    """A choice of one case, or of none where there is no else."""
    branch = drawing.point(PointKind.BRANCH, node)
    ends: list[Pending] = []
    for number, case in enumerate(node.cases):
        drawing.frontier = [(branch, EdgeKind.CASE)]
        drawing.point(PointKind.CASE, node, number)
        yield sequence(case.body)
        ends.extend(drawing.frontier)
    if all(case.condition is not None for case in node.cases):
        ends.append((branch, EdgeKind.SKIP))
    drawing.frontier = ends


def draw_switch(drawing: Pieces, node: model.Switch, sequence: Sequence) -> Visit:
    """A switch, whose cases run on into the next ones."""
    branch = drawing.point(PointKind.BRANCH, node)
    outer = drawing.context
    leave = Goal()
    drawing.context = _inside(outer, node.id, leave=leave, breakable=True)
    drawing.frontier = []
    for number, case in enumerate(node.cases):
        drawing.frontier = [*((point, EdgeKind.FALL) for point, _ in drawing.frontier), (branch, EdgeKind.CASE)]
        drawing.point(PointKind.CASE, node, number)
        yield sequence(case.body)
    drawing.context = outer
    if not node.exhaustive and all(case.condition is not None for case in node.cases):
        drawing.frontier.append((branch, EdgeKind.SKIP))
    drawing.frontier.extend(leave.arrived)


def draw_try(drawing: Pieces, node: model.Try, sequence: Sequence) -> Visit:
    """A try: its block under its handler, both in front of its final sequence."""
    outer = drawing.context
    cleanup = _cleanup(drawing) if node.final else None
    around = drawing.context = cleanup or outer
    catch = None if node.handler is None else drawing.alone(PointKind.CATCH, node)
    if catch is not None:
        drawing.context = Context(around, catch, around.finals, catches=True)
    drawing.point(PointKind.TRY, node)
    yield sequence(node.block)
    drawing.context = around
    if catch is not None:
        ends, drawing.frontier = drawing.frontier, [(catch, EdgeKind.NEXT)]
        yield sequence(node.handler or ())
        drawing.frontier = [*ends, *drawing.frontier]
    if cleanup is not None:
        if drawing.frontier:
            drawing.leave(drawing.frontier, ONWARD)
        drawing.context = outer
        yield _draw_final(drawing, node, cleanup.diverts or {}, sequence)


def _cleanup(drawing: Pieces) -> Context:
    """The context of what a final sequence stands behind."""
    cleanup = _inside(drawing.context)
    cleanup.diverts = {}
    cleanup.raise_to = drawing.divert(cleanup, cleanup.diverts, RAISE)
    return cleanup


def _draw_final(drawing: Pieces, node: model.Try, diverts: dict[Goal, int], sequence: Sequence) -> Visit:
    outer = drawing.context
    drawing.context = _inside(outer)
    drawing.context.finals += 1
    drawing.frontier = [(divert, EdgeKind.NEXT) for divert in diverts.values()]
    drawing.point(PointKind.FINALLY, node)
    yield sequence(node.final or ())
    ended: list[Pending] = []
    if drawing.frontier:
        drawing.point(PointKind.FINALLY_END, node)
        ended, drawing.frontier = drawing.frontier, []
    drawing.context = outer
    for goal, divert in diverts.items() if ended else ():
        resume = drawing.alone(PointKind.RESUME, node, divert)
        drawing.arrive(ended, resume)
        if goal is ONWARD:
            drawing.frontier = [(resume, EdgeKind.NEXT)]
        else:
            drawing.leave([(resume, EdgeKind.THROW if goal is RAISE else EdgeKind.JUMP)], goal)


def _inside(
    outer: Context,
    id_: int | None = None,
    *,
    leave: Goal | None = None,
    again: Goal | None = None,
    breakable: bool = False,
) -> Context:
    """A context within another that errors pass."""
    return Context(outer, outer.raise_to, outer.finals, id_, breakable=breakable, leave=leave, again=again)
