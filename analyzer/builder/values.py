"""What an expression can be, as far as the order of steps depends on it.

Values are compared by what they say; objects with state (records, lists, instances) by identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from analyzer.flow import tree
from analyzer.flow.intrinsics import Intrinsic
from analyzer.graph.model import JoinKind
from analyzer.graph.origins import NO_ORIGINS as NO_ORIGINS
from analyzer.graph.origins import Origin as Origin
from analyzer.graph.origins import Origins as Origins
from analyzer.records import entity, field, record
from analyzer.source import Span

if TYPE_CHECKING:
    from analyzer.builder.scopes import Cell, ModuleScope, Scope
    from analyzer.builder.shapes import Reads
    from analyzer.builder.verbs import StepMethod


@record
class Constant:
    """A value the source settles."""

    value: tree.Constant


@record
class Hole:
    """A part of a text that is not known."""

    origins: Origins = NO_ORIGINS


@record
class Text:
    """A string of which some parts are known; at least one part is a hole."""

    parts: tuple[str | Hole, ...]


@record
class Instant:
    """A constant point in time, in milliseconds since 1970 UTC."""

    milliseconds: float


@record
class Unknown:
    """Anything else. ``steplike``: it came out of a call that was given the step object and cannot be seen.

    ``library``: the class of the library it certainly is an object of (or awaits one): ``Response``, ``URL``.
    """

    origins: Origins = NO_ORIGINS
    steplike: bool = False
    library: str | None = None


@record
class StepObject:
    """The engine's step object. ``agent``: with the methods of the agents SDK."""

    agent: bool = False


@record
class BoundStepMethod:
    """``step.do`` and its like, taken off the step object."""

    method: StepMethod
    name: str


@record
class AgentMethod:
    """A method the agents SDK adds to the step object."""

    step_name: str


@record
class Event:
    """The event ``run`` is given, or the result of a wait: its ``payload`` is what the code reads of it."""

    reads: Reads
    origin: Origin


@record
class PayloadPart:
    """A part of an event's payload, by path. ``copied``: out of a copy, so that writes leave the event alone."""

    reads: Reads
    path: tuple[str, ...]
    origin: Origin
    copied: bool = False


@record
class Promise:
    """Something started: the ids of what it waits for, how, and what it yields. ``others``: for something else too."""

    ids: tuple[int, ...]
    result: Value
    kind: JoinKind = JoinKind.ALL
    others: bool = False


@entity
class Coroutine:
    """Something that starts when it is awaited or scheduled. ``started`` holds its promise afterwards, undefined before.

    ``ways``: how many it is one of. ``running``: ids of what started by itself where that one was chosen.
    """

    start: Callable[[], Value]
    span: Span
    started: Cell
    ways: int = 1
    running: tuple[int, ...] = ()


@entity
class Closure:
    """A function with its scope, ``this``, the class it belongs to (for ``super``), and what calls put before arguments."""

    function: tree.Function
    scope: Scope
    module: ModuleScope
    name: str | None
    this: Value | None = None
    home: ClassObject | None = None
    given: Arguments | None = None


@entity
class ClassObject:
    """A class with its bases as values."""

    node: tree.Class
    scope: Scope
    module: ModuleScope
    name: str | None
    bases: tuple[Value, ...]
    statics: dict[str, Cell] = field(default_factory=dict)


@entity
class Instance:
    """An object of a known class, with the fields written so far."""

    cls: ClassObject
    fields: dict[str, Cell] = field(default_factory=dict)


@entity
class SuperObject:
    """``super`` inside a method: the next class of the chain, with the same ``this``."""

    cls: ClassObject
    this: Value


@entity
class RecordObject:
    """An object literal or dictionary. ``open``: there may be more keys. ``mutable``: its constants cannot be relied on.

    ``node``: what it is written as.
    """

    fields: dict[str, Cell]
    open: bool = False
    mutable: bool = False
    node: tree.Record | None = None


@record
class Element:
    """An element of a list; ``repeated``: as many as a loop made."""

    value: Value
    repeated: bool = False


@record
class Elements:
    """What the cell of a list holds."""

    items: tuple[Element, ...] = ()


@entity
class ListObject:
    """A list, tuple or set. ``cell`` holds its elements, ``open``: there may be more. ``mutable`` as in a record."""

    cell: Cell
    open: bool = False
    mutable: bool = False
    kind: tree.ItemsKind = tree.ItemsKind.LIST


@entity
class Generator:
    """An iterator made by calling a generator function; its body runs where it is iterated."""

    closure: Closure
    arguments: Arguments


@record
class External:
    """A name from outside the project: a global (``Promise``), or something imported (``asyncio.gather``)."""

    name: str
    meaning: Intrinsic | None = None
    imported: bool = False


@record
class Method:
    """A library method taken off a value."""

    meaning: Intrinsic
    receiver: Value
    name: str


@record
class Namespace:
    """A module of the project as an object. ``specifier``: what it was imported by, for modules inside it."""

    module: ModuleScope
    specifier: str = ""


@record
class Choice:
    """One of several known values: those of a constant record or list under an unknown key, which has origins.

    A candidate without a label stands for every other key.
    """

    text: str
    candidates: tuple[tuple[str | None, Value], ...]
    origins: Origins = NO_ORIGINS


@entity
class TaskGroup:
    """Python's TaskGroup: what was started in it is joined where its ``with`` ends."""

    ids: list[int] = field(default_factory=list)


@entity
class Accumulator:
    """The first parameter of a reducer; ``awaited`` tells that each turn waits for the one before."""

    awaited: bool = False


@entity
class DeclaredStep:
    """A function decorated as a step. ``state`` holds whether this definition has run: true, false or unknown."""

    name: str
    closure: Closure
    decoration: Decoration
    span: Span
    state: Cell


@record
class Decoration:
    """The arguments of a step decorator, not yet given a function; ``depends`` is the list of callables it names."""

    name: Value | None
    config: Value | None
    concurrent: bool
    depends: Value | None
    span: Span
    name_span: Span


Value: TypeAlias = (
    Constant
    | Text
    | Instant
    | Unknown
    | StepObject
    | BoundStepMethod
    | AgentMethod
    | Event
    | PayloadPart
    | Promise
    | Coroutine
    | Closure
    | ClassObject
    | Instance
    | SuperObject
    | RecordObject
    | ListObject
    | Elements
    | Generator
    | External
    | Method
    | Namespace
    | Choice
    | TaskGroup
    | Accumulator
    | DeclaredStep
    | Decoration
)

UNKNOWN = Unknown()
UNDEFINED = Constant(tree.Undefined.UNDEFINED)


@record
class Arguments:
    """The evaluated arguments of a call: positional (``open``: there may be more), and by keyword.

    ``name_span`` is the callee's last token: what the engine reports as the place of a call. ``mark`` and ``first`` are
    the length of the sequence and the next id when the call's own evaluation began.
    """

    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    open: bool = False
    span: Span | None = None
    is_new: bool = False
    name_span: Span | None = None
    mark: int = 0
    first: int = 0

    def get(self, index: int, keyword: str | None = None) -> Value | None:
        """The argument at a position or under a keyword, or None if it is not given."""
        if index < len(self.positional):
            return self.positional[index]
        for name, value in self.keywords:
            if name == keyword:
                return value
        return None

    def values(self) -> Iterable[Value]:
        """Every argument, in order."""
        yield from self.positional
        for _, value in self.keywords:
            yield value


def origins_of(value: Value | None) -> Origins:
    """Where a value came from, as far as it is not constant."""
    match value:
        case Unknown():
            return value.origins
        case Text(parts=parts):
            return frozenset().union(*(part.origins for part in parts if not isinstance(part, str)))
        case PayloadPart() | Event():
            return frozenset({value.origin})
        case Promise():
            return origins_of(value.result)
        case Method():
            return origins_of(value.receiver)
        case Choice(candidates=candidates, origins=origins):
            return origins.union(*(origins_of(candidate) for _, candidate in candidates))
        case External(meaning=Intrinsic.ENVIRONMENT):
            return frozenset({Origin.ENVIRONMENT})
        case _:
            return NO_ORIGINS


def _perhaps(value: Value) -> Value:
    """A value that may be another one: how many elements a list has is not known then."""
    match value:
        case ListObject(cell=cell, kind=kind):
            return ListObject(cell, open=True, mutable=True, kind=kind)
        case _:
            return value


def merge(values: Iterable[Value]) -> Value:
    """What a place holds that holds one of these, by the path taken."""
    distinct: list[Value] = []
    for value in values:
        if value not in distinct:
            distinct.append(value)
    if len(distinct) == 1:
        return distinct[0]
    telling = [value for value in distinct if value.__class__ not in SILENT]
    if not telling:
        return Unknown(frozenset().union(*map(origins_of, distinct)))
    lists = [value for value in telling if isinstance(value, Elements)]
    if lists:
        return Elements(tuple(dict.fromkeys(item for content in lists for item in content.items)))
    promises = [value for value in telling if isinstance(value, Promise)]
    if promises:
        ids = dict.fromkeys(id_ for promise in promises for id_ in promise.ids)
        return Promise(tuple(ids), merge(promise.result for promise in promises), promises[0].kind)
    if len(telling) == 1 and isinstance(telling[0], StepObject | BoundStepMethod | RecordObject | ListObject | Instance):
        return _perhaps(telling[0]) if any(isinstance(value, Unknown) for value in distinct) else telling[0]
    if len(telling) > 1 and all(isinstance(value, Closure | DeclaredStep) for value in telling):
        return Choice("", tuple((_label(value), value) for value in telling))
    if len(telling) == 1 and isinstance(telling[0], Closure | DeclaredStep | ClassObject):
        return telling[0]
    return Unknown(frozenset().union(*map(origins_of, distinct)))


SILENT = frozenset({Unknown, Constant})
"""The kinds of value that tell nothing where another is possible."""


def _label(value: Value) -> str:
    return (value.name or "") if isinstance(value, Closure | DeclaredStep) else ""
