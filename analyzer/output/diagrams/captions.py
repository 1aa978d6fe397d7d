"""What is written on a node, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, assert_never

from analyzer.graph.model import StepDo
from analyzer.output.diagrams import words
from analyzer.payload.document import child_sequences

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject
    from analyzer.payload.document import BranchDocument, NodeDocument, ShapeDocument, StepDoDocument


class Caption(NamedTuple):
    """A symbol, what a node is called, details of it, and when its promise starts and is joined."""

    symbol: str
    title: str
    details: tuple[str, ...] = ()
    numbers: str = ""


def caption(node: NodeDocument, subject: Subject) -> Caption:
    """What a node itself says, and what is said of it; not what is inside it."""
    said = _own_caption(node, subject)
    notes = subject.annotation(node)
    return said._replace(details=(*said.details, *notes)) if notes else said


def _own_caption(node: NodeDocument, subject: Subject) -> Caption:
    match node["type"]:
        case "step_do":
            return Caption("●", node["name"], _config(node, subject), _numbers(node))
        case "step_sleep":
            return Caption("◷", node["name"], (f"sleep {words.duration(node['duration'])}",), _numbers(node))
        case "step_sleep_until":
            return Caption("◷", node["name"], (f"sleep until {words.instant(node['timestamp'])}",), _numbers(node))
        case "step_wait_for_event":
            details = (*words.waiting(node["options"]), *payload_read(node.get("payload")))
            return Caption("✉", node["name"], details, _numbers(node))
        case "function_call":
            return Caption("ƒ", f"{node['name']}()", (), _numbers(node))
        case "break":
            return Caption("↩" if node["kind"] == "return" else "⤴", node["kind"])
        case "if":
            return Caption("◇", if_title(node["branches"]))
        case "switch":
            return Caption("◇", f"switch {node['discriminant']}")
        case "parallel":
            return Caption("∥", words.kind(node["kind"]))
        case "start":
            return Caption("▶", node["class_name"], payload_read(node.get("payload")))
        case "function_def":
            return Caption("ƒ", node["name"])
        case "loop" | "try" | "block":
            return FIXED[node["type"]]
        case unreachable:
            assert_never(unreachable)


FIXED = {"loop": Caption("↻", "loop"), "try": Caption("▣", "try"), "block": Caption("▪", "one after another")}


def workflow_details(subject: Subject) -> tuple[str, ...]:
    """What the workflow reads of its event, and what holds for steps that do not say otherwise, if there are any."""
    workflow = subject.workflow
    details = payload_read(workflow.get("payload"))
    bodies = (workflow["nodes"], *(function["nodes"] for function in workflow["functions"].values()))
    if any(node["type"] == "step_do" for body in bodies for node in walk(body)):
        return (*details, f"by default {words.defaults()}")
    return details


def walk(nodes: Sequence[NodeDocument]) -> Iterator[NodeDocument]:
    """Nodes of a payload and all inside them, each before what is inside it; without recursion."""
    stack = [*reversed(nodes)]
    while stack:
        node = stack.pop()
        yield node
        inner = [each for _, sequence in child_sequences(node) for each in sequence]
        stack += reversed([*inner, *node["functions"].values()] if node["type"] == "start" else inner)


def payload_read(payload: ShapeDocument | None) -> tuple[str, ...]:
    """The fields read of a payload, as one detail; none if nothing is known of it."""
    fields = words.fields(payload)
    return (f"payload {', '.join(fields)}",) if fields else ()


def if_title(branches: Sequence[BranchDocument]) -> str:
    """``if`` with its condition, if that is the only one."""
    conditions = [branch["condition"] for branch in branches if branch["condition"] is not None]
    return f"if {conditions[0]}" if len(conditions) == 1 else "if"


def _config(node: StepDoDocument, subject: Subject) -> tuple[str, ...]:
    match subject.origin(node):
        case StepDo(config=given):
            return tuple(words.config(node["config"], timeout_given=given.timeout is not None))
        case _:
            return tuple(words.config(node["config"]))


def _numbers(node: NodeDocument) -> str:
    match node["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
            return words.numbers(node.get("starts"), node.get("resolves"))
        case _:
            return ""
