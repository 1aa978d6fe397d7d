"""The control-flow graph of a workflow, with every jump, handler, finally, loop, call and concurrent part of it.

One point or two for each node of the workflow and one edge or two for each way between them, so its size is linear in the
workflow's (a jump that leaves several finally blocks counts once for each). Built without recursion.

How things are drawn:

- A step is START then END. An awaited step that fails goes from START along FAIL to the nearest handler. A started one
  goes on from START at once; its END settles the joins that name it. A step's callback, if steps are in it, is a body
  between the two, run again (RETRY) when it raises.
- A call leads into the function's body (CALL, or FORK if it is not awaited) and back by RETURN edges; that a path leaves a
  function for the caller it came from is for the reader of the graph to see to.
- An error goes to the nearest handler: along FAIL from failing steps, calls and joins, along THROW from a throw, and
  along MAY_THROW from every other point, because code between the nodes can raise. A sleep fails only like such code.
- A final sequence is drawn once. Each different way through it enters by a DIVERT and leaves by the RESUME of its part.
- A returned promise (``return p``) is waited for when its function ends: behind the finally blocks the return leaves,
  past their handlers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx

from analyzer.analyses.flow_graph import Body, ControlFlow, EdgeKind, Point
from analyzer.analyses.flow_pieces import Pieces
from analyzer.analyses.flow_routes import Context, Goal
from analyzer.analyses.flow_structures import Visit, draw_if, draw_loop, draw_scope, draw_switch, draw_try
from analyzer.graph import model

if TYPE_CHECKING:
    from analyzer.analyses.flow_graph import Graph


def control_flow(workflow: model.Workflow) -> ControlFlow:
    """Draws the control-flow graph of a workflow, whose node ids must be distinct."""
    drawing = _Drawer(workflow.language)
    sequences = [(drawing.new_body(workflow), workflow.body)]
    for function in workflow.functions:
        drawing.functions[function.name] = body = drawing.new_body(function)
        sequences.append((body, function.body))
    for body, nodes in sequences:
        visits = [drawing.body_of(body, nodes)]
        while visits:
            inner = next(visits[-1], None)
            if inner is None:
                visits.pop()
            else:
                visits.append(inner)
    return _result(workflow, drawing)


class _Drawer(Pieces):
    """Draws sequences. What it has begun it keeps in visits instead of on Python's stack."""

    def body_of(self, body: Body, nodes: tuple[model.Node, ...], id_: int | None = None) -> Visit:
        """Draws what a body runs. ``id_``: what returns out of it name as their target."""
        outside = self.body, self.context, self.frontier
        self.body = body.index
        self.context = Context(None, body.raised, 0, id_, is_body=True, leave=Goal())
        self.frontier = [(body.entry, EdgeKind.NEXT)]
        yield self._sequence(nodes)
        self.arrivals(self.context)
        self.arrive(self.frontier, body.exit)
        self.body, self.context, self.frontier = outside

    def _sequence(self, nodes: tuple[model.Node, ...]) -> Visit:
        """Draws nodes in order, until none can be reached any more."""
        for index, node in enumerate(nodes):
            if not self.frontier:
                return
            match node, nodes[index + 1 : index + 2]:
                case model.Join(returned=True), (model.Jump() as jump,) if self.crosses_try(self.goal_of(jump)):
                    self.return_later(node, jump)
                case _:
                    yield self._node(node)

    def _node(self, node: model.Node) -> Visit:
        match node:
            case model.Jump():
                self.jump(node)
            case model.Join():
                self.join(node)
            case model.StepDo() if node.body:
                yield self.body_of(self.do(node), node.body)
            case model.StepDo() | model.StepWaitForEvent():
                self.step(node, EdgeKind.FAIL)
            case model.StepSleep() | model.StepSleepUntil():
                self.step(node, EdgeKind.MAY_THROW)
            case model.FunctionCall():
                self.call(node)
            case model.Block():
                yield self.body_of(self.block(node), node.body, node.id)
            case model.Parallel(elements=elements):
                for element in elements:
                    yield self._sequence(element)
            case _:
                yield self._structure(node)

    def _structure(self, node: model.Scope | model.Loop | model.If | model.Switch | model.Try) -> Visit:
        match node:
            case model.Scope():
                return draw_scope(self, node, self._sequence)
            case model.Loop():
                return draw_loop(self, node, self._sequence)
            case model.If():
                return draw_if(self, node, self._sequence)
            case model.Switch():
                return draw_switch(self, node, self._sequence)
            case model.Try():
                return draw_try(self, node, self._sequence)


def _result(workflow: model.Workflow, drawing: Pieces) -> ControlFlow:
    every_turn = _settle(drawing)
    graph: Graph = nx.DiGraph()
    graph.add_nodes_from(range(len(drawing.kinds)))
    # of two edges between the same points the first drawn stays: the last one added
    graph.add_edges_from((source, target, {"kind": kind}) for source, target, kind in reversed(drawing.edges))
    points = tuple(
        Point(index, kind, node, body, part, finals)
        for index, (kind, (node, body, part, finals)) in enumerate(zip(drawing.kinds, drawing.details, strict=True))
    )
    return ControlFlow(
        workflow,
        graph,
        points,
        tuple(drawing.bodies),
        drawing.starts,
        drawing.promises,
        drawing.ends,
        drawing.failures,
        drawing.inner,
        every_turn,
        _recursive((points[start].body, inner) for start, inner in drawing.inner.items()),
    )


def _settle(drawing: Pieces) -> frozenset[tuple[int, int]]:
    """Leads what is joined to its joins; tells which of them wait for a promise of every turn of a loop."""
    every_turn = set()
    pairs = ((join, member) for join, node in drawing.joins for member in node.members if member in drawing.starts)
    for join, member in pairs:
        start = drawing.starts[member]
        drawing.edge(drawing.ends[start], join, EdgeKind.SETTLE)
        loop = drawing.loop_of[start]
        if loop is not None and not drawing.loops[loop][0] <= join < drawing.loops[loop][1]:
            every_turn.add((join, member))
    return frozenset(every_turn)


def _recursive(calls: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Bodies that may run inside themselves."""
    graph: Graph = nx.DiGraph()
    graph.add_edges_from(calls)
    components = nx.strongly_connected_components(graph)
    return frozenset(body for component in components for body in component if len(component) > 1 or graph.has_edge(body, body))
