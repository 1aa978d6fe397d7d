"""From a payload to a flowchart: how each type of node is drawn and connected."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, assert_never

from analyzer.output.diagrams import words
from analyzer.output.diagrams.captions import caption, workflow_details
from analyzer.output.diagrams.chart import Chart, EdgeKind
from analyzer.output.diagrams.flowchart import Exits, Flow, Flowchart
from analyzer.output.diagrams.timing import timings

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject
    from analyzer.payload.document import (
        IfDocument,
        LeafDocument,
        NodeDocument,
        ParallelDocument,
        StartDocument,
        SwitchDocument,
        TryDocument,
    )


def flowchart(subject: Subject) -> Chart:
    """The workflow from its start to its end, and each function once, with arrows from its calls."""
    workflow = subject.workflow
    chart = Flowchart(subject, _node)
    start = chart.single("start", workflow["class_name"], *workflow_details(subject))
    chart.remark(start.entry, workflow)
    exits = chart.sequence(workflow["nodes"], start.exits)
    chart.connect(exits, chart.chart.node("finish", "end"))
    for function in workflow["functions"].values():
        chart.draw(function)
    chart.link_calls()
    return chart.chart


def _node(chart: Flowchart, node: NodeDocument) -> Flow:
    match node["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
            return _leaf(chart, node)
        case "if":
            return _if(chart, node)
        case "switch":
            return _switch(chart, node)
        case "loop":
            return _loop(chart, node["nodes"])
        case "parallel":
            return _parallel(chart, node)
        case "try":
            return _try(chart, node)
        case "block":
            with chart.chart.frame("one after another", "block_frame"):
                return chart.body(node["nodes"], "nothing")
        case "break":
            return chart.leave(node["kind"], node)
        case "function_def":
            return chart.function(node["name"], node["nodes"], node)
        case "start":
            return _start(chart, node)
        case unreachable:
            assert_never(unreachable)


def _leaf(chart: Flowchart, node: LeafDocument) -> Flow:
    _, title, details, numbers = caption(node, chart.subject)
    lines = (title, *details, *([numbers] if numbers else ()))
    if node["type"] == "function_call":
        return chart.call(node["name"], chart.single(node["type"], *lines, node=node))
    if node["type"] == "step_do" and node["nodes"]:
        with chart.chart.frame(f"inside {node['name']}", "inside", node["name"]):
            flow = chart.single(node["type"], *lines, node=node)
            return Flow(flow.entry, chart.sequence(node["nodes"], flow.exits) or flow.exits)
    return chart.single(node["type"], *lines, node=node)


def _if(chart: Flowchart, node: IfDocument) -> Flow:
    branches = node["branches"]
    conditions = [branch["condition"] for branch in branches if branch["condition"] is not None]
    yes_or_no = len(conditions) == 1
    title, otherwise = (conditions[0], "no") if yes_or_no else ("if", "else")
    choice = chart.chart.node("if", title, node=node)
    exits: Exits = ()
    for branch in branches:
        text = otherwise if branch["condition"] is None else "yes" if yes_or_no else branch["condition"]
        exits += chart.sequence(branch["nodes"], ((choice, text),))
    return Flow(choice, exits if len(conditions) < len(branches) else (*exits, (choice, otherwise)))


def _switch(chart: Flowchart, node: SwitchDocument) -> Flow:
    choice = chart.chart.node("switch", node["discriminant"], node=node)
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
    with chart.chart.frame("loop", "loop_frame"):
        flow, breaks = chart.turn(nodes, "nothing")
        for node, text in flow.exits:
            chart.chart.edge(node, flow.entry, EdgeKind.AGAIN, f"{text}, again" if text else "again")
    return Flow(flow.entry, flow.exits or breaks)


def _parallel(chart: Flowchart, node: ParallelDocument) -> Flow:
    children = timings(node["nodes"])
    with chart.chart.frame(words.kind(node["kind"]), "parallel_frame"):
        if len(children) == 1 and not children[0].floats:
            return chart.draw(node["nodes"][0])
        fork = chart.chart.node("fork", node=node)
        flows = [chart.draw(child) for child in node["nodes"]]
        for flow, timing in zip(flows, children, strict=True):
            for earlier in timing.after:
                chart.connect(flows[earlier].exits, flow.entry)
            if not timing.after:
                chart.chart.edge(fork, flow.entry, EdgeKind.FLOAT if timing.floats else EdgeKind.START)
        last = (flow.exits for flow, timing in zip(flows, children, strict=True) if timing.is_last)
        return Flow(fork, chart.joined(tuple(chain.from_iterable(last))) or ((fork, ""),))


def _try(chart: Flowchart, node: TryDocument) -> Flow:
    with chart.chart.frame("try", "try_frame"):
        block = node["try_block"]
        flow = chart.body(block["nodes"] if block else (), "no steps")
        exits = flow.exits
        if node["catch_block"] is not None:
            with chart.chart.frame("catch", "catch_frame"):
                handler = chart.body(node["catch_block"]["nodes"], "nothing")
            chart.chart.edge(flow.entry, handler.entry, EdgeKind.ERROR, "on error")
            exits += handler.exits
        if node["finally_block"] is None:
            return Flow(flow.entry, exits)
        with chart.chart.frame("finally", "finally_frame"):
            final = chart.body(node["finally_block"]["nodes"], "nothing")
        chart.connect(exits or ((flow.entry, ""),), final.entry)
        return Flow(flow.entry, final.exits)


def _start(chart: Flowchart, node: StartDocument) -> Flow:
    flow = chart.single("start", node["class_name"], node=node)
    exits = chart.sequence(node["nodes"], flow.exits)
    for function in node["functions"].values():
        chart.draw(function)
    return Flow(flow.entry, exits)
