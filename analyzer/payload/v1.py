"""The payload's schema, version 1, as pydantic models: field for field the API's ``graph`` object.

Strict: no unknown keys, no conversions. What others write slightly differently, ``tolerant`` puts into this shape first.
``starts`` and ``resolves`` count on the clock of the body a node stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, InstanceOf

Text: TypeAlias = InstanceOf[str]
"""Any text: ``str`` in pydantic refuses the lone surrogates that a source can put into a name."""

Number: TypeAlias = int | Annotated[float, Field(allow_inf_nan=False)]
Duration: TypeAlias = Number | Text


class Model(BaseModel):
    """Base of all: strict, closed, and unchangeable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class UnknownShape(Model):
    """A value of which nothing is known."""

    type: Literal["unknown"]


class ObjectShape(Model):
    """A value of which some fields are known."""

    type: Literal["object"]
    fields: dict[Text, Shape]


Shape: TypeAlias = Annotated[UnknownShape | ObjectShape, Field(discriminator="type")]


class Retries(Model):
    """How often and after which delay (milliseconds, or text) a step is tried again."""

    limit: Number
    delay: Duration
    backoff: Literal["constant", "linear", "exponential"]


class Config(Model):
    """A step's configuration; the timeout of one attempt in milliseconds, or as text."""

    retries: Retries
    timeout: Duration


if TYPE_CHECKING:
    OptionalNumber: TypeAlias = Number | None
    OptionalShape: TypeAlias = "Shape | None"
else:  # the API leaves these keys out and never writes null
    OptionalNumber = Number
    OptionalShape = Shape


def _is_absent(value: object) -> bool:
    return value is None


class StepDo(Model):
    """A ``do`` step and what runs inside it."""

    type: Literal["step_do"]
    name: Text
    config: Config
    nodes: list[Node]
    starts: OptionalNumber = Field(default=None, exclude_if=_is_absent)
    resolves: OptionalNumber = Field(default=None, exclude_if=_is_absent)


class StepSleep(Model):
    """A ``sleep`` step."""

    type: Literal["step_sleep"]
    name: Text
    duration: Duration
    starts: OptionalNumber = Field(default=None, exclude_if=_is_absent)
    resolves: OptionalNumber = Field(default=None, exclude_if=_is_absent)


class StepSleepUntil(Model):
    """A ``sleepUntil`` step."""

    type: Literal["step_sleep_until"]
    name: Text
    timestamp: Text
    starts: OptionalNumber = Field(default=None, exclude_if=_is_absent)
    resolves: OptionalNumber = Field(default=None, exclude_if=_is_absent)


class WaitOptions(Model):
    """What a wait waits for, and how long."""

    event_type: Text
    timeout: Duration


class StepWaitForEvent(Model):
    """A ``waitForEvent`` step; without options if they are not static. ``payload``: what is read of the event's."""

    type: Literal["step_wait_for_event"]
    name: Text
    options: WaitOptions | None
    payload: OptionalShape = Field(default=None, exclude_if=_is_absent)
    starts: OptionalNumber = Field(default=None, exclude_if=_is_absent)
    resolves: OptionalNumber = Field(default=None, exclude_if=_is_absent)


class FunctionCall(Model):
    """A call of one of the workflow's functions."""

    type: Literal["function_call"]
    name: Text
    starts: OptionalNumber = Field(default=None, exclude_if=_is_absent)
    resolves: OptionalNumber = Field(default=None, exclude_if=_is_absent)


class Loop(Model):
    """What repeats."""

    type: Literal["loop"]
    nodes: list[Node]


class Parallel(Model):
    """What runs side by side, and what it takes to go on."""

    type: Literal["parallel"]
    kind: Literal["all", "any", "all_settled", "race"]
    nodes: list[Node]


class Block(Model):
    """A sequence where the schema has one node."""

    type: Literal["block"]
    nodes: list[Node]


class Branch(Model):
    """One way of an ``if`` or ``switch``; a null condition is the else or default."""

    condition: Text | None
    nodes: list[Node]


class If(Model):
    """A choice."""

    type: Literal["if"]
    branches: list[Branch]


class Switch(Model):
    """A choice by value; a branch that does not end in a break runs on into the next."""

    type: Literal["switch"]
    discriminant: Text
    branches: list[Branch]


class Try(Model):
    """A try with its handler and its final block; null: absent or without nodes."""

    type: Literal["try"]
    try_block: Block | None
    catch_block: Block | None
    finally_block: Block | None


class Break(Model):
    """Control leaves here: the loop or switch around, or the function."""

    type: Literal["break"]
    kind: Literal["break", "return"]


class FunctionDef(Model):
    """A function with steps."""

    name: Text
    nodes: list[Node]
    type: Literal["function_def"]


class Start(Model):
    """A whole workflow as a node."""

    type: Literal["start"]
    class_name: Text
    payload: OptionalShape = Field(default=None, exclude_if=_is_absent)
    functions: dict[Text, FunctionDef]
    nodes: list[Node]


Node: TypeAlias = Annotated[
    StepDo
    | StepSleep
    | StepSleepUntil
    | StepWaitForEvent
    | FunctionCall
    | Loop
    | Parallel
    | Block
    | If
    | Switch
    | Try
    | Break
    | FunctionDef
    | Start,
    Field(discriminator="type"),
]


class Workflow(Model):
    """One workflow. ``payload``: what its code reads of the event's."""

    class_name: Text
    payload: OptionalShape = Field(default=None, exclude_if=_is_absent)
    functions: dict[Text, FunctionDef]
    nodes: list[Node]


class Graph(Model):
    """The API's ``graph`` object."""

    version: Literal[1]
    workflow: Workflow
