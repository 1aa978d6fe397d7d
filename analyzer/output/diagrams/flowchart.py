"""Sequences, jumps and calls of a flowchart: what its parts are connected by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from analyzer.output.diagrams.chart import Chart, EdgeKind

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Drawn, Subject
    from analyzer.payload.document import NodeDocument

Exits: TypeAlias = tuple[tuple[str, str], ...]
"""Nodes from which arrows are to leave, each with the condition on its arrow."""


class Flow(NamedTuple):
    """A drawn part: the node at which it is entered, and how it is left; without exits it ends there."""

    entry: str
    exits: Exits


class Flowchart:
    """A chart on which parts are drawn by a function given, and what is met meanwhile and linked later."""

    def __init__(self, subject: Subject, draw: Callable[[Flowchart, NodeDocument], Flow]) -> None:
        self.subject = subject
        self.chart = Chart()
        self._draw = draw
        self._calls: list[tuple[str, str]] = []
        self._bodies: dict[str, str] = {}
        self._breaks: list[list[str]] = [[]]

    def draw(self, node: NodeDocument) -> Flow:
        """Draws a node, what is inside it, and what could not be seen there."""
        flow = self._draw(self, node)
        self.remark(flow.entry, node)
        return flow

    def remark(self, entry: str, part: Drawn) -> None:
        """Hangs what could not be seen at a part on the node at which it is entered."""
        for remark in self.subject.remarks(part):
            self.chart.edge(entry, self.chart.node("note", "not seen", remark.message), EdgeKind.NOTE)

    def single(self, kind: str, *lines: str, node: NodeDocument | None = None) -> Flow:
        """Draws one node with lines of text."""
        drawn = self.chart.node(kind, *lines, node=node)
        return Flow(drawn, ((drawn, ""),))

    def sequence(self, nodes: Sequence[NodeDocument], incoming: Exits) -> Exits:
        """Draws nodes one after another behind what comes in; gives how they are left."""
        flow = self._flow(nodes, incoming)
        return incoming if flow is None else flow.exits

    def body(self, nodes: Sequence[NodeDocument], note: str) -> Flow:
        """Draws nodes one after another, or a note: a frame without a node in it is not drawn."""
        return self._flow(nodes, ()) or self.single("empty", note)

    def _flow(self, nodes: Sequence[NodeDocument], incoming: Exits) -> Flow | None:
        entry: str | None = None
        for node in nodes:
            flow = self.draw(node)
            self.connect(incoming, flow.entry)
            entry, incoming = entry or flow.entry, flow.exits
        return Flow(entry, incoming) if entry is not None else None

    def connect(self, exits: Exits, entry: str) -> None:
        """Draws an arrow from each exit to an entry."""
        for node, text in exits:
            self.chart.edge(node, entry, EdgeKind.CHOICE if text else EdgeKind.NEXT, text)

    def joined(self, exits: Exits) -> Exits:
        """Brings exits together in one node, if there are several."""
        if len(exits) < 2:
            return exits
        join = self.chart.node("join")
        self.connect(exits, join)
        return ((join, ""),)

    def turn(self, nodes: Sequence[NodeDocument], note: str) -> tuple[Flow, Exits]:
        """Draws what is repeated; gives it, and the breaks in it."""
        self._breaks.append([])
        flow = self.body(nodes, note)
        return flow, tuple((node, "") for node in self._breaks.pop())

    def leave(self, kind: str, node: NodeDocument) -> Flow:
        """Draws a jump, from which no arrow leaves."""
        drawn = self.chart.node("break", kind, node=node)
        if kind == "break":
            self._breaks[-1].append(drawn)
        return Flow(drawn, ())

    def call(self, name: str, flow: Flow) -> Flow:
        """Keeps in mind that a drawn part calls a function."""
        self._calls.append((flow.entry, name))
        return flow

    def function(self, name: str, nodes: Sequence[NodeDocument], node: NodeDocument) -> Flow:
        """Draws a function in a frame of its own."""
        with self.chart.frame(f"function {name}", "body", name):
            flow = self.single("function_def", name, node=node)
            self._bodies[name] = flow.entry
            return Flow(flow.entry, self.sequence(nodes, flow.exits))

    def link_calls(self) -> None:
        """Draws an arrow from each call to the function called, if that is drawn."""
        for call, name in self._calls:
            if name in self._bodies:
                self.chart.edge(call, self._bodies[name], EdgeKind.CALL)
