"""A graph as a Mermaid flowchart, as GitHub draws it from a fenced block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, assert_never

from analyzer.output.diagrams import words
from analyzer.output.diagrams.canvas import Shape
from analyzer.output.diagrams.flowchart import Exits, Flow, Flowchart
from analyzer.output.diagrams.timing import timings

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject
    from analyzer.payload.document import (
        BranchDocument,
        LeafDocument,
        NodeDocument,
        ParallelDocument,
        StartDocument,
        SwitchDocument,
        TryDocument,
    )


def render_mermaid(subject: Subject, *, color: bool = False) -> str:
    """The workflow from its start to its end, and each function once, with dotted arrows from its calls; never coloured."""
    workflow = subject.workflow
    chart = Flowchart(_node)
    start = chart.single("start", Shape.STADIUM, workflow["class_name"])
    exits = chart.sequence(workflow["nodes"], start.exits)
    chart.connect(exits, chart.canvas.node("finish", Shape.STADIUM, "end"))
    for function in workflow["functions"].values():
        chart.function(function["name"], function["nodes"])
    chart.link_calls()
    return chart.canvas.text()


def _node(chart: Flowchart, node: NodeDocument) -> Flow:
    match node["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
            return _leaf(chart, node)
        case "if":
            return _if(chart, node["branches"])
        case "switch":
            return _switch(chart, node)
        case "loop":
            return _loop(chart, node["nodes"])
        case "parallel":
            return _parallel(chart, node)
        case "try":
            return _try(chart, node)
        case "block":
            with chart.canvas.group("one after another", "block_frame"):
                return chart.body(node["nodes"], "nothing")
        case "break":
            return chart.leave(node["kind"])
        case "function_def":
            return chart.function(node["name"], node["nodes"])
        case "start":
            return _start(chart, node)
        case unreachable:
            assert_never(unreachable)


def _leaf(chart: Flowchart, node: LeafDocument) -> Flow:
    shape, lines = _label(node)
    lines.append(words.numbers(node.get("starts"), node.get("resolves")))
    if node["type"] == "function_call":
        return chart.call(node["name"], chart.single("call", shape, *lines))
    if node["type"] == "step_do" and node["nodes"]:
        with chart.canvas.group(f"inside {node['name']}", "inside", node["name"]):
            flow = chart.single("step", shape, *lines)
            return Flow(flow.entry, chart.sequence(node["nodes"], flow.exits) or flow.exits)
    return chart.single("step", shape, *lines)


def _label(node: LeafDocument) -> tuple[Shape, list[str]]:
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


def _if(chart: Flowchart, branches: Sequence[BranchDocument]) -> Flow:
    conditions = [branch["condition"] for branch in branches if branch["condition"] is not None]
    yes_or_no = len(conditions) == 1
    title, otherwise = (conditions[0], "no") if yes_or_no else ("if", "else")
    choice = chart.canvas.node("if", Shape.DIAMOND, title)
    exits: Exits = ()
    for branch in branches:
        text = otherwise if branch["condition"] is None else "yes" if yes_or_no else branch["condition"]
        exits += chart.sequence(branch["nodes"], ((choice, text),))
    return Flow(choice, exits if len(conditions) < len(branches) else (*exits, (choice, otherwise)))


def _switch(chart: Flowchart, node: SwitchDocument) -> Flow:
    choice = chart.canvas.node("switch", Shape.DIAMOND, node["discriminant"])
    exits: Exits = ()
    falling: Exits = ()
    for branch in node["branches"]:
        text = "default" if branch["condition"] is None else branch["condition"]
        nodes, ends = _without_break(branch["nodes"])
        falling = chart.sequence(nodes, (*falling, (choice, text)))
        if ends:
            exits, falling = exits + falling, ()
    has_default = any(branch["condition"] is None for branch in node["branches"])
    return Flow(choice, exits + falling if has_default else (*exits, *falling, (choice, "otherwise")))


def _without_break(nodes: Sequence[NodeDocument]) -> tuple[Sequence[NodeDocument], bool]:
    """The nodes of a case without the break that ends it, and whether it had one: what follows it is behind the switch."""
    if nodes and nodes[-1]["type"] == "break" and nodes[-1]["kind"] == "break":
        return nodes[:-1], True
    return nodes, False


def _loop(chart: Flowchart, nodes: Sequence[NodeDocument]) -> Flow:
    """A loop is left behind its last node. Only one that has no such end is certainly left by its breaks: a ``continue``
    is a break in the payload, too.
    """
    with chart.canvas.group("loop", "loop_frame"):
        flow, breaks = chart.turn(nodes, "nothing")
        for node, text in flow.exits:
            chart.canvas.edge(node, flow.entry, f"{text}, again" if text else "again", dotted=True)
    return Flow(flow.entry, flow.exits or breaks)


def _parallel(chart: Flowchart, node: ParallelDocument) -> Flow:
    children = timings(node["nodes"])
    with chart.canvas.group(words.kind(node["kind"]), "parallel_frame"):
        if len(children) == 1 and not children[0].floats:
            return chart.draw(node["nodes"][0])
        fork = chart.canvas.node("fork", Shape.CIRCLE)
        flows = [chart.draw(child) for child in node["nodes"]]
        for flow, timing in zip(flows, children, strict=True):
            for earlier in timing.after:
                chart.connect(flows[earlier].exits, flow.entry)
            if not timing.after:
                chart.canvas.edge(fork, flow.entry, dotted=timing.floats)
        last = (flow.exits for flow, timing in zip(flows, children, strict=True) if timing.is_last)
        return Flow(fork, chart.joined(tuple(chain.from_iterable(last))) or ((fork, ""),))


def _try(chart: Flowchart, node: TryDocument) -> Flow:
    with chart.canvas.group("try", "try_frame"):
        block = node["try_block"]
        flow = chart.body(block["nodes"] if block else (), "no steps")
        exits = flow.exits
        if node["catch_block"] is not None:
            with chart.canvas.group("catch", "catch_frame"):
                handler = chart.body(node["catch_block"]["nodes"], "nothing")
            chart.canvas.edge(flow.entry, handler.entry, "on error", dotted=True)
            exits += handler.exits
        if node["finally_block"] is None:
            return Flow(flow.entry, exits)
        with chart.canvas.group("finally", "finally_frame"):
            final = chart.body(node["finally_block"]["nodes"], "nothing")
        chart.connect(exits or ((flow.entry, ""),), final.entry)
        return Flow(flow.entry, final.exits)


def _start(chart: Flowchart, node: StartDocument) -> Flow:
    flow = chart.single("start", Shape.STADIUM, node["class_name"])
    exits = chart.sequence(node["nodes"], flow.exits)
    for function in node["functions"].values():
        chart.function(function["name"], function["nodes"])
    return Flow(flow.entry, exits)
