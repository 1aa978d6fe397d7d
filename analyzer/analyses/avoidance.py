"""Whether something can be reached without something else having succeeded: dominance by a set of steps."""

from __future__ import annotations

from collections.abc import Collection

from analyzer.analyses.flow_graph import Body, ControlFlow, EdgeKind, PointKind
from analyzer.graph import model

OUTWARD = frozenset({EdgeKind.CALL, EdgeKind.FORK, EdgeKind.RETURN, EdgeKind.SETTLE, EdgeKind.RETRY})
"""Edges that lead out of a body."""

FAILURES = frozenset({EdgeKind.FAIL, EdgeKind.MAY_THROW})
"""Edges along which something has not succeeded."""


def reachable_without(flow: ControlFlow, steps: Collection[int]) -> frozenset[int]:
    """The START points that some path from the start of the run comes to before any of these steps (by id) has succeeded.

    What is not awaited on the spot counts as done behind a join that waits for all of its promises.
    """
    search = _Search(flow, frozenset(steps))
    search.settle()
    return frozenset(search.starts_reached())


class _Search:
    """``passable``: the bodies that can be run through without one of the steps."""

    def __init__(self, flow: ControlFlow, steps: frozenset[int]) -> None:
        self.flow, self.steps = flow, steps
        self.passable = [False] * len(flow.bodies)

    def settle(self) -> None:
        """Finds what can be run through; a body that becomes passable may make those passable that run it."""
        changed = True
        while changed:
            changed = False
            for body in self.flow.bodies:
                if not self.passable[body.index] and body.exit in self._reached(body):
                    self.passable[body.index] = changed = True

    def starts_reached(self) -> set[int]:
        """The START points come to, in run and in whatever it runs."""
        found: set[int] = set()
        pending, seen = [0], {0}
        while pending:
            reached = self._reached(self.flow.bodies[pending.pop()])
            starts = {point for point in reached if point in self.flow.promises}
            found |= starts
            inner = {self.flow.inner[start] for start in starts if start in self.flow.inner} - seen
            seen |= inner
            pending += inner
        return found

    def _reached(self, body: Body) -> set[int]:
        """The points of a body that can be come to."""
        seen = {body.entry}
        stack = [body.entry]
        while stack:
            point = stack.pop()
            for target in self._onward(point):
                if target not in seen:
                    seen.add(target)
                    stack.append(target)
        return seen

    def _onward(self, point: int) -> list[int]:
        """Where control goes from a point within its body; over what is awaited only if that can be passed."""
        edges = self.flow.graph.adj[point].items()
        onward = [(target, data["kind"]) for target, data in edges if data["kind"] not in OUTWARD]
        if point in self.flow.inner and self.flow.is_awaited(point):
            onward.append((self.flow.ends[point], EdgeKind.NEXT))
            if point in self.flow.failures:
                onward.append((self.flow.failures[point], EdgeKind.FAIL))
        failing = self._is_done(point)
        return [target for target, kind in onward if not failing or kind in FAILURES]

    def _is_done(self, point: int) -> bool:
        """Whether going on from a point means that one of the steps has succeeded."""
        if point in self.flow.promises:
            return self.flow.is_awaited(point) and self._succeeds(point)
        found = self.flow.points[point]
        return found.kind is PointKind.JOIN and self._settles(found.node)

    def _settles(self, node: model.Node | None) -> bool:
        match node:
            case model.Join(kind=model.JoinKind.ALL, members=members):
                starts = [self.flow.starts[member] for member in members if member in self.flow.starts]
                return any(self._succeeds(start) for start in starts)
            case _:
                return False

    def _succeeds(self, start: int) -> bool:
        """Whether the success of what is started means that of one of the steps."""
        if self.flow.promises[start].id in self.steps:
            return True
        inner = self.flow.inner.get(start)
        return inner is not None and not self.passable[inner]
