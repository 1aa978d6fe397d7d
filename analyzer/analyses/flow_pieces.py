"""Drawing what has no sequence of the same body inside it: steps, calls, joins and jumps, and the ends of bodies."""

from __future__ import annotations

from analyzer.analyses.flow_graph import Body, EdgeKind, Owner, PointKind
from analyzer.analyses.flow_routes import RAISE, Context, Drawing, Goal
from analyzer.graph import model
from analyzer.source import Language


class Pieces(Drawing):
    """A drawing with what it has drawn so far, by START point and node id (see ``ControlFlow``)."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.bodies: list[Body] = []
        self.functions: dict[str, Body] = {}
        self.starts: dict[int, int] = {}
        self.promises: dict[int, model.Promise] = {}
        self.ends: dict[int, int] = {}
        self.failures: dict[int, int] = {}
        self.inner: dict[int, int] = {}
        self.joins: list[tuple[int, model.Join]] = []
        self.loops: list[tuple[int, int]] = []  # the first point in each loop, and the first behind it
        self.loop: int | None = None  # the innermost loop around, as its place in that list
        self.loop_of: dict[int, int | None] = {}  # START -> innermost loop

    def new_body(self, owner: Owner) -> Body:
        """Draws the ends of a body."""
        outside = self.body, self.context
        self.body, self.context = len(self.bodies), Context(None, 0, 0, is_body=True)
        entry, end, raised = (self.alone(kind) for kind in (PointKind.ENTRY, PointKind.EXIT, PointKind.RAISED))
        self.edge(entry, raised, EdgeKind.MAY_THROW)
        body = Body(self.body, owner, entry, end, raised)
        self.bodies.append(body)
        self.body, self.context = outside
        return body

    # ---------------------------------------------------------------- what starts and ends

    def start(self, node: model.Promise) -> tuple[int, int]:
        """START and END of a node; drawing goes on behind END if it is awaited on the spot, else behind START."""
        start = self.point(PointKind.START, node)
        awaited = node.started is model.Started.AWAITED
        end = self.alone(PointKind.END, node, raises=awaited)
        if awaited:
            self.frontier = [(end, EdgeKind.NEXT)]
        else:
            self.edge(start, self.context.raise_to, EdgeKind.MAY_THROW)
        self.starts[node.id], self.promises[start] = start, node
        self.ends[start], self.loop_of[start] = end, self.loop
        return start, end

    def step(self, node: model.Step | model.FunctionCall, failure: EdgeKind) -> None:
        """Something nothing is known to run inside of; ``failure`` is how it fails where it is awaited."""
        start, end = self.start(node)
        if node.started is model.Started.AWAITED:
            self.edge(start, end, EdgeKind.NEXT)
            self.edge(start, self.context.raise_to, failure)
        else:
            self.edge(start, end, EdgeKind.FORK)

    def do(self, node: model.StepDo) -> Body:
        """A step whose callback holds steps; yields the callback's body."""
        start, end = self.start(node)
        body = self.new_body(node)
        if node.started is model.Started.AWAITED:
            self._run(start, end, body, EdgeKind.CALL)
            self.edge(start, self.context.raise_to, EdgeKind.FAIL)
        else:
            self._run(start, end, body, EdgeKind.FORK)
        self.edge(body.raised, body.entry, EdgeKind.RETRY)
        return body

    def block(self, node: model.Block) -> Body:
        """A started block; yields its body."""
        start, end = self.start(node)
        body = self.new_body(node)
        self._run(start, end, body, EdgeKind.FORK)
        self.edge(body.raised, end, EdgeKind.RETURN)
        return body

    def call(self, node: model.FunctionCall) -> None:
        """A call of a function; of one that is not among the workflow's, nothing is known to run."""
        body = self.functions.get(node.name)
        if body is None:
            self.step(node, EdgeKind.FAIL)
            return
        start, end = self.start(node)
        if node.started is not model.Started.AWAITED:
            self._run(start, end, body, EdgeKind.FORK)
            self.edge(body.raised, end, EdgeKind.RETURN)
            return
        self._run(start, end, body, EdgeKind.CALL)
        self.failures[start] = failed = self.alone(PointKind.FAILED, node)
        self.edge(body.raised, failed, EdgeKind.RETURN)
        self.edge(failed, self.context.raise_to, EdgeKind.FAIL)

    def _run(self, start: int, end: int, body: Body, kind: EdgeKind) -> None:
        self.inner[start] = body.index
        self.edge(start, body.entry, kind)
        self.edge(body.exit, end, EdgeKind.RETURN)

    # ---------------------------------------------------------------- joins and jumps

    def join(self, node: model.Join) -> None:
        """A join. One that settles cannot fail, nor can Python's race: ``asyncio.wait`` hands over what has failed."""
        join = self.point(PointKind.JOIN, node)
        self.joins.append((join, node))
        python_race = node.kind is model.JoinKind.RACE and self.language is Language.PYTHON
        if node.kind is not model.JoinKind.SETTLED and not python_race:
            self.edge(join, self.context.raise_to, EdgeKind.FAIL)
        self.point(PointKind.JOINED, node)

    def return_later(self, node: model.Join, jump: model.Jump) -> None:
        """The return of a promise from inside a try: it is waited for where the body or scope ends."""
        ends = self.goal_of(jump)
        goal = Goal(of=ends)
        owner = next(context for context in self.context.outwards() if context.leave is ends)
        owner.deferred.append((node, goal))
        self._go(jump, EdgeKind.JUMP, goal)

    def jump(self, node: model.Jump) -> None:
        """A jump; nothing follows it."""
        if node.kind is model.JumpKind.THROW:
            self._go(node, EdgeKind.THROW, RAISE)
        else:
            self._go(node, EdgeKind.JUMP, self.goal_of(node))

    def _go(self, node: model.Jump, kind: EdgeKind, goal: Goal) -> None:
        point = self.point(PointKind.JUMP, node)
        self.frontier = []
        self.leave([(point, kind)], goal)

    def arrivals(self, context: Context) -> None:
        """Goes on with what jumped to the end of a body or scope too; joins of returned promises stand there."""
        frontier = [*self.frontier, *(context.leave.arrived if context.leave else ())]
        for join, goal in context.deferred:
            self.frontier = goal.arrived
            if self.frontier:
                self.join(join)
            frontier.extend(self.frontier)
        self.frontier = frontier
