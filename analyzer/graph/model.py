"""The graph of a workflow: sequences of nodes with every jump, every join and every span.

The builder makes it, ``payload.convert`` projects it into the platform's schema, analyses and rules read it. It says what
is written, unpruned: guards stay where they stand, a jump is a node, a join is a node; numbers (``starts``, ``resolves``),
``parallel`` groups of kept promises and ``break`` nodes are the projection's business.

Promises. A step, call or block has an ``id`` (unique in its workflow) and says how it was ``started``: AWAITED on the spot,
KEPT (some ``Join`` names its id on some path) or FLOATING (no join names it). Elements of a combinator are always KEPT or
FLOATING: ``await Promise.all([a(), b()])`` is ``Parallel(ALL, (a, b))`` followed by ``Join((a, b), ALL)``. In every other
place a ``Join`` stands where the await stands: after the nodes its operand runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias, assert_never

from analyzer.records import field, record
from analyzer.source import Language, Span

if TYPE_CHECKING:
    from analyzer.graph.facts import Facts


class Started(Enum):
    """How the promise of a node is treated."""

    AWAITED = auto()
    KEPT = auto()
    FLOATING = auto()


class JoinKind(Enum):
    """What a join waits for. ANY is a race that failures do not win."""

    ALL = "all"
    SETTLED = "all_settled"
    RACE = "race"
    ANY = "any"


class JumpKind(Enum):
    """How control leaves a sequence."""

    BREAK = auto()
    CONTINUE = auto()
    RETURN = auto()
    THROW = auto()


class LoopKind(Enum):
    """What repeats: a loop statement, or a callback called for each element."""

    STATEMENT = auto()
    CALLBACK = auto()


def _span() -> Span | None:
    return field(compare=False, repr=False, default=None)  # type: ignore[no-any-return]


def _id() -> int:
    return field(compare=False, repr=False, default=0)  # type: ignore[no-any-return]


@record
class UnknownShape:
    """A value of which nothing is known."""


@record
class ObjectShape:
    """A value of which these fields are read or declared, in order of first use."""

    fields: tuple[tuple[str, PayloadShape], ...]


PayloadShape: TypeAlias = UnknownShape | ObjectShape


class Unknown(Enum):
    """A value the source does not settle; the payload writes a sentinel for it."""

    NOT_STATIC = "not static"


Duration: TypeAlias = str | int | float | Unknown | None
"""Milliseconds, verbatim text, not static, or None: not given."""


@record
class Config:
    """A step's configuration as the source gives it; None: left out, so the platform's default holds."""

    limit: int | float | Unknown | None = None
    delay: Duration = None
    backoff: str | Unknown | None = None
    timeout: Duration = None


@record
class WaitOptions:
    """Options of a wait: the event's type (a sentinel text where it is not static) and timeout (None: left out)."""

    event_type: str
    timeout: Duration


@record
class StepDo:
    """A ``do`` step. ``name`` is its text with holes and sentinels as the payload shows them; ``body`` runs inside it."""

    name: str
    config: Config
    body: tuple[Node, ...] = ()
    started: Started = Started.AWAITED
    id: int = _id()
    span: Span | None = _span()
    name_span: Span | None = _span()


@record
class StepSleep:
    """A ``sleep`` step."""

    name: str
    duration: Duration
    started: Started = Started.AWAITED
    id: int = _id()
    span: Span | None = _span()
    name_span: Span | None = _span()


@record
class StepSleepUntil:
    """A ``sleepUntil`` step; ``timestamp`` is ISO 8601 UTC with milliseconds and Z, or None: not static."""

    name: str
    timestamp: str | None
    started: Started = Started.AWAITED
    id: int = _id()
    span: Span | None = _span()
    name_span: Span | None = _span()


@record
class StepWaitForEvent:
    """A ``waitForEvent`` step; ``options`` None: not statically an object. ``payload``: what is read of the event's."""

    name: str
    options: WaitOptions | None
    payload: PayloadShape | None = None
    started: Started = Started.AWAITED
    id: int = _id()
    span: Span | None = _span()
    name_span: Span | None = _span()


@record
class FunctionCall:
    """A call of a function that has an entry in ``Workflow.functions`` under this name."""

    name: str
    started: Started = Started.AWAITED
    id: int = _id()
    span: Span | None = _span()


@record
class Block:
    """A started, inlined function: an async block in a combinator, one kept in a variable, an un-awaited callback.

    Its body has a clock of its own and its RETURN jumps leave the block only. Never AWAITED: what is awaited on the
    spot stands in the sequence itself. ``implicit``: it is no function of the source, but a combinator inside another or
    what ``.catch`` of a promise makes; the payload shows what is in it in its place, where it can.
    """

    body: tuple[Node, ...]
    started: Started
    id: int = _id()
    span: Span | None = _span()
    implicit: bool = False


@record
class Scope:
    """A sequence some jump leaves before its end: an inlined function that returns early, a labelled block.

    ``id`` is what those jumps name as their target.
    """

    body: tuple[Node, ...]
    id: int = _id()
    span: Span | None = _span()


@record
class Loop:
    """A loop. ``turns``: how often it runs if that is constant; ``endless``: no test can end it (jumps may).

    ``test``: how many nodes at the start of the body belong to its test: it may end behind them. ``update``: how many at its
    end run after a CONTINUE too: those of an update, or of the test of a ``do…while``.
    """

    body: tuple[Node, ...]
    kind: LoopKind = LoopKind.STATEMENT
    at_least_once: bool = False
    turns: int | None = None
    endless: bool = False
    label: str | None = None
    id: int = _id()
    span: Span | None = _span()
    test: int = 0
    update: int = 0


@record
class Case:
    """One way of an ``If`` or ``Switch``: its condition (None: else, default) and what runs."""

    condition: str | None
    body: tuple[Node, ...]
    span: Span | None = _span()


@record
class If:
    """A choice of one case; without a null condition it may be none."""

    cases: tuple[Case, ...]
    id: int = _id()
    span: Span | None = _span()


@record
class Switch:
    """A switch. A case runs from its body on into the next ones unless it ends in a jump; BREAK jumps name its id.

    ``exhaustive``: one of the cases is always taken, though none is the default.
    """

    discriminant: str
    cases: tuple[Case, ...]
    id: int = _id()
    span: Span | None = _span()
    exhaustive: bool = False


@record
class Try:
    """A try: its block, handler and final sequence (None: absent). The handler may run after any part of the block.

    ``chained``: it is a promise's ``.catch`` or ``.finally``, of which the payload shows only what has nodes.
    """

    block: tuple[Node, ...]
    handler: tuple[Node, ...] | None
    final: tuple[Node, ...] | None
    id: int = _id()
    span: Span | None = _span()
    chained: bool = False


@record
class Parallel:
    """The inline elements of one combinator, an element a sequence (an element without nodes is left out).

    ``kind``: the combinator's. A ``Join`` right behind it that names its elements' promises means: awaited on the spot.
    """

    kind: JoinKind
    elements: tuple[tuple[Node, ...], ...]
    id: int = _id()
    span: Span | None = _span()


@record
class Join:
    """Waits for promises, by id (of steps, calls, blocks; also ones started in branches or loops before it).

    ``returned``: by returning a promise kept earlier, not by an await. ``others``: it waits for something without steps too,
    which may win a race or fail. ``at_once``: returned by the statement that started it (the node before): in numbers that
    counts as awaited on the spot, but a failure passes the handlers around it.
    """

    members: tuple[int, ...]
    kind: JoinKind
    returned: bool = False
    span: Span | None = _span()
    others: bool = False
    at_once: bool = False


@record
class Jump:
    """Leaves. ``target``: the id of the loop, switch or scope that BREAK and CONTINUE (and a Scope's RETURN) leave.

    None: RETURN leaves the body it stands in (run, a function, a callback, a Block), THROW goes to the nearest handler.
    """

    kind: JumpKind
    target: int | None = field(compare=False, default=None)
    span: Span | None = _span()


Step: TypeAlias = StepDo | StepSleep | StepSleepUntil | StepWaitForEvent
Promise: TypeAlias = Step | FunctionCall | Block
Node: TypeAlias = (
    StepDo
    | StepSleep
    | StepSleepUntil
    | StepWaitForEvent
    | FunctionCall
    | Block
    | Scope
    | Loop
    | If
    | Switch
    | Try
    | Parallel
    | Join
    | Jump
)


@record
class FunctionDef:
    """A named function with steps in it, direct or through calls."""

    name: str
    body: tuple[Node, ...]
    span: Span | None = _span()


class Severity(Enum):
    """How bad a note is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@record
class Note:
    """What the builder saw on its way: a code of the rules, where, and one sentence."""

    span: Span | None
    code: str
    message: str
    severity: Severity = field(compare=False, default=Severity.INFO)


@record
class Workflow:
    """One entrypoint. ``exact`` is false for a graph rebuilt from a payload; ``facts`` are there if they were asked for."""

    class_name: str
    language: Language
    body: tuple[Node, ...]
    functions: tuple[FunctionDef, ...]
    payload: PayloadShape | None = None
    notes: tuple[Note, ...] = field(compare=False, default=())
    span: Span | None = field(compare=False, default=None)
    exact: bool = True
    facts: Facts | None = field(compare=False, repr=False, default=None)


def with_started(node: Promise, started: Started) -> Promise:
    """The same node, otherwise started (``replace`` costs three times as much, and this is done for each step)."""
    match node:
        case StepDo():
            return StepDo(node.name, node.config, node.body, started, node.id, node.span, node.name_span)
        case StepSleep():
            return StepSleep(node.name, node.duration, started, node.id, node.span, node.name_span)
        case StepSleepUntil():
            return StepSleepUntil(node.name, node.timestamp, started, node.id, node.span, node.name_span)
        case StepWaitForEvent():
            return StepWaitForEvent(node.name, node.options, node.payload, started, node.id, node.span, node.name_span)
        case FunctionCall():
            return FunctionCall(node.name, started, node.id, node.span)
        case Block():
            return Block(node.body, started, node.id, node.span, node.implicit)
        case _:
            assert_never(node)


def sequences(node: Node) -> Iterator[tuple[Node, ...]]:
    """The sequences directly inside a node, in the order in which they are written."""
    match node:
        case StepDo() | Block() | Scope() | Loop():
            yield node.body
        case If() | Switch():
            for case in node.cases:
                yield case.body
        case Try():
            yield node.block
            if node.handler is not None:
                yield node.handler
            if node.final is not None:
                yield node.final
        case Parallel():
            yield from node.elements
        case _:
            return


def children(node: Node) -> Sequence[Node]:
    """The nodes directly inside a node, in the order in which they are written."""
    if node.__class__ in LEAF_KINDS or (node.__class__ is StepDo and not node.body):
        return ()
    return [child for sequence in sequences(node) for child in sequence]


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node below a sequence, each before those inside it, in source order; without recursion."""
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        yield node
        if node.__class__ not in LEAF_KINDS and (node.__class__ is not StepDo or node.body):
            stack += [child for sequence in sequences(node) for child in sequence][::-1]


LEAF_KINDS = frozenset({StepSleep, StepSleepUntil, StepWaitForEvent, FunctionCall, Join, Jump})
