"""A graph as a Mermaid flowchart, as GitHub draws it from a fenced block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

from analyzer.output.diagrams import words
from analyzer.output.diagrams.canvas import Canvas, Shape
from analyzer.output.diagrams.timing import timings

if TYPE_CHECKING:
    from analyzer.payload.document import (
        BranchDocument,
        FunctionDefDocument,
        GraphDocument,
        LeafDocument,
        NodeDocument,
        ParallelDocument,
        StartDocument,
        SwitchDocument,
        TryDocument,
    )

Exits: TypeAlias = tuple[tuple[str, str], ...]
"""Nodes from which arrows are to leave, each with the text on its arrow."""


class Flow(NamedTuple):
    """A drawn part: the node at which it is entered, and how it is left; without exits it ends there."""

    entry: str
    exits: Exits


def render_mermaid(document: GraphDocument, *, color: bool = False) -> str:
    """The workflow from its start to its end, and each function once, with dotted arrows from its calls; never coloured."""
    workflow = document["workflow"]
    drawing = _Drawing()
    start = drawing.canvas.node("start", Shape.STADIUM, workflow["class_name"])
    exits = drawing.sequence(workflow["nodes"], ((start, ""),))
    drawing.connect(exits, drawing.canvas.node("finish", Shape.STADIUM, "end"))
    drawing.functions(workflow["functions"].values())
    drawing.link_calls()
    return drawing.canvas.text()


class _Drawing:
    """The canvas, and what is met while drawing and linked later."""

    def __init__(self) -> None:
        self.canvas = Canvas()
        self._calls: list[tuple[str, str]] = []
        self._bodies: dict[str, str] = {}
        self._breaks: list[list[str]] = [[]]

    def sequence(self, nodes: Sequence[NodeDocument], incoming: Exits) -> Exits:
        """Draws nodes one after another behind what comes in; gives how they are left."""
        flow = self.flow(nodes, incoming)
        return incoming if flow is None else flow.exits

    def flow(self, nodes: Sequence[NodeDocument], incoming: Exits = ()) -> Flow | None:
        """Draws nodes one after another behind what comes in; None if there is none."""
        flows: list[Flow] = []
        for node in nodes:
            flows.append(self.node(node))
            self.connect(incoming, flows[-1].entry)
            incoming = flows[-1].exits
        return Flow(flows[0].entry, incoming) if flows else None

    def connect(self, exits: Exits, entry: str) -> None:
        """Draws an arrow from each exit to an entry."""
        for node, text in exits:
            self.canvas.edge(node, entry, text)

    def functions(self, functions: Iterable[FunctionDefDocument]) -> None:
        """Draws each function in a frame of its own."""
        for function in functions:
            self._function(function["name"], function["nodes"])

    def link_calls(self) -> None:
        """Draws an arrow from each call to the function called, if that is drawn."""
        for call, name in self._calls:
            if name in self._bodies:
                self.canvas.edge(call, self._bodies[name], dotted=True)

    def node(self, node: NodeDocument) -> Flow:
        """Draws a node and what is inside it."""
        match node["type"]:
            case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
                return self._leaf(node)
            case "if":
                return self._if(node["branches"])
            case "switch":
                return self._switch(node)
            case "loop":
                return self._loop(node["nodes"])
            case "parallel":
                return self._parallel(node)
            case "try":
                return self._try(node)
            case "block":
                with self.canvas.group("one after another", "block_frame"):
                    return self._flow_or_note(node["nodes"], "nothing")
            case "break":
                return self._break(node["kind"])
            case "function_def":
                return self._function(node["name"], node["nodes"])
            case "start":
                return self._start(node)
            case unreachable:
                assert_never(unreachable)

    def _leaf(self, node: LeafDocument) -> Flow:
        shape, lines = _leaf_label(node)
        lines.append(words.numbers(node.get("starts"), node.get("resolves")))
        if node["type"] == "step_do" and node["nodes"]:
            with self.canvas.group(f"inside {node['name']}", "inside", node["name"]):
                flow = self._single("step", shape, *lines)
                return Flow(flow.entry, self.sequence(node["nodes"], flow.exits) or flow.exits)
        if node["type"] == "function_call":
            flow = self._single("call", shape, *lines)
            self._calls.append((flow.entry, node["name"]))
            return flow
        return self._single("step", shape, *lines)

    def _break(self, kind: str) -> Flow:
        node = self.canvas.node("leave", Shape.STADIUM, kind)
        if kind == "break":
            self._breaks[-1].append(node)
        return Flow(node, ())

    def _if(self, branches: Sequence[BranchDocument]) -> Flow:
        conditions = [branch["condition"] for branch in branches if branch["condition"] is not None]
        yes_or_no = len(conditions) == 1
        title, otherwise = (conditions[0], "no") if yes_or_no else ("if", "else")
        choice = self.canvas.node("if", Shape.DIAMOND, title)
        exits: Exits = ()
        for branch in branches:
            text = otherwise if branch["condition"] is None else "yes" if yes_or_no else branch["condition"]
            exits += self.sequence(branch["nodes"], ((choice, text),))
        return Flow(choice, exits if len(conditions) < len(branches) else (*exits, (choice, otherwise)))

    def _switch(self, node: SwitchDocument) -> Flow:
        choice = self.canvas.node("switch", Shape.DIAMOND, node["discriminant"])
        exits: Exits = ()
        falling: Exits = ()
        has_default = False
        for branch in node["branches"]:
            has_default |= branch["condition"] is None
            text = "default" if branch["condition"] is None else branch["condition"]
            nodes, ends = _without_break(branch["nodes"])
            falling = self.sequence(nodes, (*falling, (choice, text)))
            if ends:
                exits, falling = exits + falling, ()
        return Flow(choice, exits + falling if has_default else (*exits, *falling, (choice, "otherwise")))

    def _loop(self, nodes: Sequence[NodeDocument]) -> Flow:
        self._breaks.append([])
        with self.canvas.group("loop", "loop_frame"):
            flow = self._flow_or_note(nodes, "nothing")
            for node, text in flow.exits:
                self.canvas.edge(node, flow.entry, f"{text}, again" if text else "again", dotted=True)
        breaks = self._breaks.pop()
        return Flow(flow.entry, flow.exits or tuple((node, "") for node in breaks))

    def _parallel(self, node: ParallelDocument) -> Flow:
        children = timings(node["nodes"])
        with self.canvas.group(words.kind(node["kind"]), "parallel_frame"):
            if len(children) == 1 and not children[0].floats:
                return self.node(node["nodes"][0])
            fork = self.canvas.node("fork", Shape.CIRCLE)
            flows = [self.node(child) for child in node["nodes"]]
            for flow, timing in zip(flows, children, strict=True):
                for earlier in timing.after:
                    self.connect(flows[earlier].exits, flow.entry)
                if not timing.after:
                    self.canvas.edge(fork, flow.entry, dotted=timing.floats)
            last = [flow.exits for flow, timing in zip(flows, children, strict=True) if timing.is_last]
            return Flow(fork, self._joined(tuple(chain.from_iterable(last))) or ((fork, ""),))

    def _joined(self, exits: Exits) -> Exits:
        if len(exits) < 2:
            return exits
        join = self.canvas.node("join", Shape.CIRCLE)
        self.connect(exits, join)
        return ((join, ""),)

    def _try(self, node: TryDocument) -> Flow:
        with self.canvas.group("try", "try_frame"):
            block = node["try_block"]
            flow = self._flow_or_note(block["nodes"] if block else (), "no steps")
            exits = flow.exits
            if node["catch_block"] is not None:
                with self.canvas.group("catch", "catch_frame"):
                    handler = self._flow_or_note(node["catch_block"]["nodes"], "nothing")
                self.canvas.edge(flow.entry, handler.entry, "on error", dotted=True)
                exits += handler.exits
            if node["finally_block"] is None:
                return Flow(flow.entry, exits)
            with self.canvas.group("finally", "finally_frame"):
                final = self._flow_or_note(node["finally_block"]["nodes"], "nothing")
            self.connect(exits or ((flow.entry, ""),), final.entry)
            return Flow(flow.entry, final.exits)

    def _start(self, node: StartDocument) -> Flow:
        flow = self._single("start", Shape.STADIUM, node["class_name"])
        exits = self.sequence(node["nodes"], flow.exits)
        self.functions(node["functions"].values())
        return Flow(flow.entry, exits)

    def _function(self, name: str, nodes: Sequence[NodeDocument]) -> Flow:
        with self.canvas.group(f"function {name}", "body", name):
            flow = self._single("function", Shape.STADIUM, name)
            self._bodies[name] = flow.entry
            return Flow(flow.entry, self.sequence(nodes, flow.exits))

    def _flow_or_note(self, nodes: Sequence[NodeDocument], note: str) -> Flow:
        """Draws nodes, or a note: a frame without a node in it is not drawn."""
        return self.flow(nodes) or self._single("empty", Shape.ROUND, note)

    def _single(self, kind: str, shape: Shape, *lines: str) -> Flow:
        node = self.canvas.node(kind, shape, *lines)
        return Flow(node, ((node, ""),))


def _leaf_label(node: LeafDocument) -> tuple[Shape, list[str]]:
    """The shape of a step or call, and its lines of text."""
    match node["type"]:
        case "step_do":
            return Shape.BOX, [node["name"], *words.config(node["config"])]
        case "step_sleep":
            return Shape.ROUND, [node["name"], f"sleep {words.duration(node['duration'])}"]
        case "step_sleep_until":
            return Shape.ROUND, [node["name"], f"sleep until {words.instant(node['timestamp'])}"]
        case "step_wait_for_event":
            return Shape.SLANTED, [node["name"], *words.waiting(node["options"])]
        case "function_call":
            return Shape.SUBROUTINE, [f"{node['name']}()"]


def _without_break(nodes: Sequence[NodeDocument]) -> tuple[Sequence[NodeDocument], bool]:
    """The nodes of a case without the break that ends it, and whether it had one: what follows it is behind the switch."""
    if nodes and nodes[-1]["type"] == "break" and nodes[-1]["kind"] == "break":
        return nodes[:-1], True
    return nodes, False
