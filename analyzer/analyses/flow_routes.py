"""Where jumps and errors go while a control-flow graph is drawn: the contexts around a place, inside out.

A route leads from a place outwards until it meets its goal. On its way it enters every ``finally`` it would leave by a
DIVERT point of its own; the matching RESUME point goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.flow_graph import EdgeKind, PointKind
from analyzer.graph import model
from analyzer.records import entity, field

Pending = tuple[int, EdgeKind]
"""A point control comes from, and why."""

RAISES_ANYWHERE = frozenset(PointKind) - {
    PointKind.ENTRY,
    PointKind.EXIT,
    PointKind.RAISED,
    PointKind.START,
    PointKind.FAILED,
    PointKind.JOIN,
    PointKind.JUMP,
    PointKind.DIVERT,
    PointKind.RESUME,
}
"""Points behind which code of the workflow may run and raise; the others have edges of their own for errors, or none."""


@entity
class Goal:
    """What jumps make for: a point if it exists already, else whatever comes next behind a construct (``arrived``).

    ``of``: the goal that says where routes to this one end, if not itself.
    """

    point: int | None = None
    arrived: list[Pending] = field(default_factory=list)
    of: Goal | None = None


RAISE = Goal()
"""What errors make for: the nearest handler, else the body's RAISED point."""

ONWARD = Goal()
"""What a try block and its handler make for when they end normally."""


@entity
class Context:
    """One construct around a place. ``raise_to`` is where an error at the place goes first.

    ``leave`` and ``again`` are the goals of BREAK (of RETURN, in a body or scope) and CONTINUE, None where there is none.
    ``breakable``: a loop or switch. ``catches``: the block of a try with a handler. ``diverts`` of a try with a final
    sequence: goal -> DIVERT point. ``deferred``: joins of returned promises that take place when the body or scope ends,
    and the goals of those returns.
    """

    outer: Context | None
    raise_to: int
    finals: int
    id: int | None = None
    is_body: bool = False
    breakable: bool = False
    catches: bool = False
    leave: Goal | None = None
    again: Goal | None = None
    diverts: dict[Goal, int] | None = None
    deferred: list[tuple[model.Join, Goal]] = field(default_factory=list)

    def outwards(self) -> Iterator[Context]:
        """This context and those around it in the same body, inside out."""
        context: Context | None = self
        while context is not None:
            yield context
            context = context.outer


class Drawing:
    """Points and edges as they are drawn, and the place where drawing goes on."""

    def __init__(self) -> None:
        self.kinds: list[PointKind] = []
        self.details: list[tuple[model.Node | None, int, int, int]] = []
        self.edges: list[tuple[int, int, EdgeKind]] = []
        self.frontier: list[Pending] = []
        self.body = 0
        self.context = Context(None, 0, 0, is_body=True)

    def point(self, kind: PointKind, node: model.Node | None = None, part: int = 0) -> int:
        """Draws a point behind everything in the frontier and goes on from it."""
        index = self.alone(kind, node, part)
        self.arrive(self.frontier, index)
        self.frontier = [(index, EdgeKind.NEXT)]
        return index

    def alone(self, kind: PointKind, node: model.Node | None = None, part: int = 0, *, raises: bool = True) -> int:
        """Draws a point that nothing leads to yet. ``raises``: code behind it may raise, if it is of such a kind."""
        index = len(self.kinds)
        self.kinds.append(kind)
        self.details.append((node, self.body, part, self.context.finals))
        if raises and kind in RAISES_ANYWHERE:
            self.edge(index, self.context.raise_to, EdgeKind.MAY_THROW)
        return index

    def edge(self, source: int, target: int, kind: EdgeKind) -> None:
        """Draws an edge."""
        self.edges.append((source, target, kind))

    def arrive(self, sources: list[Pending], target: int) -> None:
        """Draws an edge from each of some pending points."""
        for source, kind in sources:
            self.edges.append((source, target, kind))

    def leave(self, sources: list[Pending], goal: Goal) -> None:
        """Sends control from the current context to a goal."""
        ends = goal.of or goal
        for context in self.context.outwards():
            if ends in (context.leave, context.again):
                break
            if context.diverts is not None:
                self.arrive(sources, self.divert(context, context.diverts, goal))
                return
            if goal is RAISE and (context.catches or context.is_body):
                self.arrive(sources, context.raise_to)
                return
        if goal.point is not None:
            self.arrive(sources, goal.point)
        else:
            goal.arrived.extend(sources)

    def divert(self, context: Context, diverts: dict[Goal, int], goal: Goal) -> int:
        """The DIVERT point of a goal in front of the final sequence of a context."""
        if goal not in diverts:
            inside, self.context = self.context, context.outer or context
            diverts[goal] = self.alone(PointKind.DIVERT, None, len(self.kinds))
            self.context = inside
        return diverts[goal]

    def goal_of(self, jump: model.Jump) -> Goal:
        """What a jump makes for; one whose target is not around it leaves the innermost thing of its kind."""
        nearest: Goal | None = None
        for context in self.context.outwards():
            goal = (jump.kind is model.JumpKind.CONTINUE and context.again) or context.leave
            if goal is None:
                continue
            if jump.target is not None and context.id == jump.target:
                return goal
            if nearest is None and (context.is_body or _leaves_by_default(jump.kind, context)):
                nearest = goal
        return nearest or RAISE

    def crosses_try(self, goal: Goal) -> bool:
        """Whether a try stands between here and where routes to a goal end."""
        for context in self.context.outwards():
            if goal in (context.leave, context.again):
                return False
            if context.catches or context.diverts is not None:
                return True
        return False


def _leaves_by_default(kind: model.JumpKind, context: Context) -> bool:
    match kind:
        case model.JumpKind.BREAK:
            return context.breakable
        case model.JumpKind.CONTINUE:
            return context.again is not None
        case _:
            return False
