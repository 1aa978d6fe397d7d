"""The control-flow graph as data: points, edges between them, and the bodies they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from analyzer.graph import model
from analyzer.records import record
from analyzer.source import Language

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.DiGraph[int]


class PointKind(Enum):
    """What happens at a point."""

    ENTRY = auto()  # a body begins
    EXIT = auto()  # a body ends normally
    RAISED = auto()  # a body ends with an error nobody in it caught
    START = auto()  # a step, call or block is started
    END = auto()  # it has ended; of one that is not awaited on the spot: well or badly
    FAILED = auto()  # an awaited call has raised
    BRANCH = auto()  # an if or switch chooses
    CASE = auto()  # one of its cases begins
    TEST = auto()  # the steps of a loop's test begin
    LOOP = auto()  # a loop decides on another turn
    TURN = auto()  # a turn begins
    TRY = auto()  # the block of a try begins
    CATCH = auto()  # its handler begins
    DIVERT = auto()  # one of the ways into a finally: remembers where to go afterwards
    FINALLY = auto()  # the final sequence begins
    FINALLY_END = auto()  # it has run
    RESUME = auto()  # goes where the DIVERT with the same part was going
    JOIN = auto()  # waits for promises
    JOINED = auto()  # goes on with them
    JUMP = auto()  # a jump is taken


class EdgeKind(Enum):
    """Why control goes from one point to the next. Stored as the attribute ``kind`` of an edge."""

    NEXT = auto()  # in sequence
    CASE = auto()  # a branch takes a case
    SKIP = auto()  # a branch takes none
    FALL = auto()  # a switch case runs on into the next one
    ENTER = auto()  # a loop makes a turn
    DONE = auto()  # a loop's test or iterable ends it
    JUMP = auto()  # break, continue, return
    THROW = auto()  # an explicit throw, or an error on its way through a finally
    FAIL = auto()  # a step, call or join fails here
    MAY_THROW = auto()  # code between two nodes may raise: possible at every point, certain at none
    CALL = auto()  # into a function or callback that is waited for
    FORK = auto()  # into what runs from now on beside the rest
    RETURN = auto()  # from a body's EXIT or RAISED back to what ran it
    SETTLE = auto()  # from the end of a started promise to a join that waits for it
    RETRY = auto()  # a step's callback has raised and the engine runs it again


Owner: TypeAlias = model.Workflow | model.FunctionDef | model.StepDo | model.Block


@record
class Point:
    """A place in the control flow.

    ``index`` is the point's node in the networkx graph and its place in ``ControlFlow.points``. ``node`` is the node of the
    workflow it belongs to (None: it belongs to the body). ``part`` is the number of the case at a CASE, and at a DIVERT or
    RESUME the index of the DIVERT. ``finals`` counts the final sequences of its own body that the point stands in.
    """

    index: int
    kind: PointKind
    node: model.Node | None
    body: int
    part: int = 0
    finals: int = 0


@record
class Body:
    """What runs with returns and errors of its own: run, a function, a step's callback, a block; the points of its ends."""

    index: int
    owner: Owner
    entry: int
    exit: int
    raised: int


@record
class ControlFlow:
    """The control-flow graph of a workflow.

    ``graph`` has point indices as nodes and edges with the attribute ``kind`` (an ``EdgeKind``). ``bodies[0]`` is run's; the
    functions' follow in the workflow's order. A path within one body uses neither CALL, FORK, RETURN nor SETTLE edges; to
    step over a call, go on at its END.

    ``starts``: node id -> START point. ``promises``: START -> the node started. ``ends``: START -> END. ``failures``: START
    of an awaited call -> FAILED. ``inner``: START -> index of the body it runs, if one is known. ``every_turn``: pairs
    (JOIN, id) where the promise is started in a loop that the join stands outside of, so that the join waits for one promise
    a turn; elsewhere it waits for the latest. ``recursive``: bodies of functions that may call themselves, directly or
    through others.
    """

    workflow: model.Workflow
    graph: Graph
    points: tuple[Point, ...]
    bodies: tuple[Body, ...]
    starts: Mapping[int, int]
    promises: Mapping[int, model.Promise]
    ends: Mapping[int, int]
    failures: Mapping[int, int]
    inner: Mapping[int, int]
    every_turn: frozenset[tuple[int, int]]
    recursive: frozenset[int]

    def is_step(self, point: int) -> bool:
        """Whether a point is the START of a step: what an engine reports."""
        match self.promises.get(point):
            case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                return True
            case _:
                return False

    def is_deferred(self, point: int) -> bool:
        """Whether the step started at a point begins by and by.

        In Python a task takes its first step when the one that made it waits. A sleep is no task; it begins at once.
        """
        if self.workflow.language is not Language.PYTHON:
            return False
        match self.promises.get(point):
            case model.StepDo(started=started) | model.StepWaitForEvent(started=started):
                return started is not model.Started.AWAITED
            case _:
                return False

    def is_awaited(self, start: int) -> bool:
        """Whether what starts at a START point is awaited on the spot."""
        return self.promises[start].started is model.Started.AWAITED

    def kind(self, source: int, target: int) -> EdgeKind:
        """The kind of an edge, which must exist."""
        kind: EdgeKind = self.graph.edges[source, target]["kind"]
        return kind
