"""The payload as plain JSON data: one typed dictionary for each object of the API's schema.

Nothing here is checked at run time; ``validation.validate_payload`` does that. Keys stand in the order in which they are
written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NotRequired, TypeAlias, TypedDict

from analyzer.payload.sentinels import Backoff

Number: TypeAlias = int | float
Duration: TypeAlias = Number | str
ParallelKind: TypeAlias = Literal["all", "any", "all_settled", "race"]
BreakKind: TypeAlias = Literal["break", "return"]


class UnknownShapeDocument(TypedDict):
    """A value of which nothing is known."""

    type: Literal["unknown"]


class ObjectShapeDocument(TypedDict):
    """A value of which some fields are read."""

    type: Literal["object"]
    fields: dict[str, ShapeDocument]


ShapeDocument: TypeAlias = UnknownShapeDocument | ObjectShapeDocument


class RetriesDocument(TypedDict):
    """How a step is tried again; the delay in milliseconds or as text."""

    limit: Number
    delay: Duration
    backoff: Backoff


class ConfigDocument(TypedDict):
    """A step's complete configuration."""

    retries: RetriesDocument
    timeout: Duration


class WaitOptionsDocument(TypedDict):
    """What a wait waits for, and how long."""

    event_type: str
    timeout: Duration


class StepDoDocument(TypedDict):
    """A ``do`` step and what runs inside it."""

    type: Literal["step_do"]
    name: str
    config: ConfigDocument
    nodes: list[NodeDocument]
    starts: NotRequired[Number]
    resolves: NotRequired[Number]


class StepSleepDocument(TypedDict):
    """A ``sleep`` step."""

    type: Literal["step_sleep"]
    name: str
    duration: Duration
    starts: NotRequired[Number]
    resolves: NotRequired[Number]


class StepSleepUntilDocument(TypedDict):
    """A ``sleepUntil`` step."""

    type: Literal["step_sleep_until"]
    name: str
    timestamp: str
    starts: NotRequired[Number]
    resolves: NotRequired[Number]


class StepWaitForEventDocument(TypedDict):
    """A ``waitForEvent`` step."""

    type: Literal["step_wait_for_event"]
    name: str
    options: WaitOptionsDocument | None
    payload: NotRequired[ShapeDocument]
    starts: NotRequired[Number]
    resolves: NotRequired[Number]


class FunctionCallDocument(TypedDict):
    """A call of one of the workflow's functions."""

    type: Literal["function_call"]
    name: str
    starts: NotRequired[Number]
    resolves: NotRequired[Number]


class LoopDocument(TypedDict):
    """What repeats."""

    type: Literal["loop"]
    nodes: list[NodeDocument]


class ParallelDocument(TypedDict):
    """What runs side by side."""

    type: Literal["parallel"]
    kind: ParallelKind
    nodes: list[NodeDocument]


class BlockDocument(TypedDict):
    """A sequence where the schema has one node."""

    type: Literal["block"]
    nodes: list[NodeDocument]


class BranchDocument(TypedDict):
    """One way of an ``if`` or ``switch``; a null condition is the else or default."""

    condition: str | None
    nodes: list[NodeDocument]


class IfDocument(TypedDict):
    """A choice."""

    type: Literal["if"]
    branches: list[BranchDocument]


class SwitchDocument(TypedDict):
    """A choice by value; a branch that does not end in a break runs on into the next."""

    type: Literal["switch"]
    discriminant: str
    branches: list[BranchDocument]


class TryDocument(TypedDict):
    """A try and its handler and final block."""

    type: Literal["try"]
    try_block: BlockDocument | None
    catch_block: BlockDocument | None
    finally_block: BlockDocument | None


class BreakDocument(TypedDict):
    """Control leaves here."""

    type: Literal["break"]
    kind: BreakKind


class FunctionDefDocument(TypedDict):
    """A function with steps: a value of ``functions``; in a sequence it is read, never written."""

    name: str
    nodes: list[NodeDocument]
    type: Literal["function_def"]


class StartDocument(TypedDict):
    """A whole workflow as a node: read, never written."""

    type: Literal["start"]
    class_name: str
    payload: NotRequired[ShapeDocument]
    functions: dict[str, FunctionDefDocument]
    nodes: list[NodeDocument]


LeafDocument: TypeAlias = (
    StepDoDocument | StepSleepDocument | StepSleepUntilDocument | StepWaitForEventDocument | FunctionCallDocument
)
NodeDocument: TypeAlias = (
    LeafDocument
    | LoopDocument
    | ParallelDocument
    | BlockDocument
    | IfDocument
    | SwitchDocument
    | TryDocument
    | BreakDocument
    | FunctionDefDocument
    | StartDocument
)


class WorkflowDocument(TypedDict):
    """One workflow."""

    class_name: str
    payload: NotRequired[ShapeDocument]
    functions: dict[str, FunctionDefDocument]
    nodes: list[NodeDocument]


class GraphDocument(TypedDict):
    """The API's ``graph`` object."""

    version: Literal[1]
    workflow: WorkflowDocument


def child_sequences(node: NodeDocument) -> Iterator[tuple[str, list[NodeDocument]]]:
    """The sequences directly inside a node, each with its JSON pointer from there, in the order of the document."""
    match node["type"]:
        case "if" | "switch":
            for index, branch in enumerate(node["branches"]):
                yield f"/branches/{index}/nodes", branch["nodes"]
        case "try":
            blocks = (("try", node["try_block"]), ("catch", node["catch_block"]), ("finally", node["finally_block"]))
            for name, block in blocks:
                if block is not None:
                    yield f"/{name}_block/nodes", block["nodes"]
        case "step_do" | "loop" | "parallel" | "block" | "function_def" | "start":
            yield "/nodes", node["nodes"]
        case _:
            return
