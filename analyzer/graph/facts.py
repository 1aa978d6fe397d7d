"""What happens outside the graph's nodes: collected for rules, by the builder, only when asked.

Facts point at graph nodes by span: one place in the source may be several nodes (an unrolled loop, a function written in
place of its calls), and each fact holds for one way in which the place was reached.

``inside`` is the span of the innermost step call whose callback the fact stands in, None: outside every step.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TypeAlias

from analyzer.graph.origins import NO_ORIGINS as NO_ORIGINS
from analyzer.graph.origins import UNSTABLE as UNSTABLE
from analyzer.graph.origins import ModuleState as ModuleState
from analyzer.graph.origins import Origin as Origin
from analyzer.graph.origins import Origins as Origins
from analyzer.records import field, record
from analyzer.source import Span


class ValueKind(Enum):
    """What a value certainly is."""

    CONSTANT = auto()  # ``value``: text, number, boolean or None (null)
    UNDEFINED = auto()
    TEXT = auto()  # a string with unknown parts; ``value``: the known text, each unknown part one U+FFFC
    INSTANT = auto()  # a constant point in time; ``value``: milliseconds since 1970 UTC
    FUNCTION = auto()
    PROMISE = auto()
    RECORD = auto()  # ``fields``
    LIST = auto()  # ``items``
    TUPLE = auto()
    INSTANCE = auto()  # of a class of the project that inherits nothing from outside; ``class_name``
    ERROR = auto()  # an object of a class that inherits from outside; ``class_name``
    LIBRARY = auto()  # an object of a class of the library; ``class_name``
    STEP = auto()  # the step object or a method of it
    UNKNOWN = auto()


HOLE = "\ufffc"
"""Stands for one unknown part in the ``value`` of a TEXT (U+FFFC, object replacement character)."""


@record
class Given:
    """A value as it is handed over: what it is, where from, and the piece of source it is written as.

    ``literal``: the span is the constant, object, list or function itself, not a name or computation that yields it.
    ``open``: a record or list may hold more than is known.
    """

    kind: ValueKind
    span: Span
    value: str | int | float | bool | None = None
    literal: bool = False
    origins: Origins = NO_ORIGINS
    fields: tuple[GivenField, ...] = ()
    items: tuple[Given, ...] = ()
    open: bool = False
    class_name: str | None = None

    def get(self, name: str) -> GivenField | None:
        """The field of a record under a name, or None if it is not known to have one."""
        return next((part for part in self.fields if part.name == name), None)


@record
class GivenField:
    """One field of a record: its name, the span of its key, its value."""

    name: str
    span: Span
    value: Given


class StepKind(Enum):
    """The four methods of the engine's step object."""

    DO = "do"
    SLEEP = "sleep"
    SLEEP_UNTIL = "sleepUntil"
    WAIT_FOR_EVENT = "waitForEvent"


@record
class StepFact:
    """A step call as written, its arguments sorted by what they are for (None: not given).

    ``span`` is the call's (Python: the decorator's), ``name_span`` its method token. ``when``: a sleep's duration or
    instant. ``options``: those of a wait as one object; ``event_type`` and ``timeout`` are taken out of them. ``extra``:
    what stands behind the arguments the method has. ``open``: some arguments are not known. ``asynchronous``: the function
    around may ``await``. ``declared``: by a Python decorator, on a function of these parameters (None: not a function).
    """

    kind: StepKind
    span: Span
    name_span: Span
    name: Given | None = None
    config: Given | None = None
    callback: Given | None = None
    rollback: Given | None = None
    when: Given | None = None
    options: Given | None = None
    event_type: Given | None = None
    timeout: Given | None = None
    open: bool = False
    asynchronous: bool = False
    inside: Span | None = None


class Use(Enum):
    """How control depends on a value."""

    TEST = auto()  # it decides a branch or ends a loop
    BOUND = auto()  # a loop runs once for each of its elements


@record
class UseFact:
    """A value with origins decides a branch or loop: the span of that node, the use, and the span of the value."""

    node: Span
    use: Use
    origins: Origins
    span: Span
    inside: Span | None = None


class CallKind(Enum):
    """Calls that matter outside steps."""

    FETCH = auto()
    BINDING = auto()  # a mutating method of something that came from the environment
    TIMER = auto()
    CONSOLE = auto()
    UNSTABLE = auto()  # reads a clock, makes a random value or an identifier


@record
class CallFact:
    """A call of the library or of a binding; ``callee`` is its text as in ``env.DB.put`` or ``Date.now``."""

    kind: CallKind
    callee: str
    span: Span
    inside: Span | None = None


class WriteKind(Enum):
    """Whose state is written."""

    OUTER = auto()  # in a step, something declared outside it that is read afterwards outside it
    EVENT = auto()  # the workflow's event or its payload
    MODULE = auto()  # a module-level variable, from a value that depends on it


@record
class WriteFact:
    """A write to state: what is written, as the source names it, and the span of the write."""

    kind: WriteKind
    target: str
    span: Span
    inside: Span | None = None


@record
class ErrorFact:
    """An error object is made. ``class_name``: qualified for an imported or global class, else the project's own name.

    ``own``: a class of the project; ``names_itself``: it, or a known base of it, sets ``name``.
    """

    class_name: str
    own: bool
    names_itself: bool
    arguments: tuple[Given, ...]
    span: Span
    inside: Span | None = None


class HandlerBody(Enum):
    """What a handler does."""

    NOTHING = auto()
    LOGS = auto()  # nothing but calls of the console
    OTHER = auto()


@record
class CaughtClass:
    """A class a caught error is compared with: qualified name, whether it is the project's own, and the place."""

    class_name: str
    own: bool
    span: Span


@record
class CatchFact:
    """A handler around steps: its body, the span of the handler, and the classes its clause names (Python).

    ``only_steps``: what it guards runs nothing but steps.
    """

    body: HandlerBody
    classes: tuple[CaughtClass, ...]
    only_steps: bool
    span: Span
    inside: Span | None = None


@record
class InstanceTestFact:
    """A caught error is compared with a class by ``instanceof`` or ``isinstance``, in a handler around steps.

    ``only_seen``: apart from steps, what the handler guards calls nothing that cannot be seen.
    """

    tested: CaughtClass
    only_seen: bool
    span: Span
    inside: Span | None = None


@record
class ResultFact:
    """A step's callback (``step``: the span of the step call) or ``run`` (None) returns a value."""

    step: Span | None
    value: Given
    span: Span
    inside: Span | None = None


class SlipKind(Enum):
    """Mistakes that are plain from one place. ``text`` says which name is meant."""

    DETACHED_METHOD = auto()  # step.do.bind: text is bind, call or apply
    UNKNOWN_METHOD = auto()  # a method the step object has not: its name
    EVENT_ATTRIBUTE = auto()  # Python's event.payload: the attribute
    BARE_DECORATOR = auto()  # @step.do without a call
    REUSED_COROUTINE = auto()  # awaited or scheduled a second time
    LOST_COROUTINE = auto()  # made and never awaited: the callee
    HANDED_FUNCTION = auto()  # step.do("x", function) in Python, where a step is declared: ""
    STEP_ARGUMENTS = auto()  # a declared step called with arguments: its name
    UNKNOWN_PARAMETER = auto()  # of a declared step: the parameter
    WRONG_DEPENDS = auto()  # depends where it is not accepted, or counts that differ: what is wrong
    UNUSED_STEP = auto()  # declared and never run: its name
    STEP_IN_ROLLBACK = auto()  # a step in a rollback handler: its name
    RETURN_IN_TRY = auto()  # a step's promise returned out of a try without await; "async": the function may await


@record
class SlipFact:
    """A mistake of one kind at one place."""

    kind: SlipKind
    text: str
    span: Span
    inside: Span | None = None


@record
class ImportFact:
    """One imported name of the file: specifier, the export asked for, and where."""

    specifier: str
    name: str
    type_only: bool
    span: Span


Fact: TypeAlias = StepFact | UseFact | CallFact | WriteFact | ErrorFact | CatchFact | InstanceTestFact | ResultFact | SlipFact


@record
class Facts:
    """The facts of one workflow, each kind in order of evaluation.

    ``escaped``: spans of started steps, calls and blocks whose promise was handed to code that cannot be seen.
    """

    steps: tuple[StepFact, ...] = ()
    uses: tuple[UseFact, ...] = ()
    calls: tuple[CallFact, ...] = ()
    writes: tuple[WriteFact, ...] = ()
    errors: tuple[ErrorFact, ...] = ()
    catches: tuple[CatchFact, ...] = ()
    instance_tests: tuple[InstanceTestFact, ...] = ()
    results: tuple[ResultFact, ...] = ()
    slips: tuple[SlipFact, ...] = ()
    escaped: frozenset[Span] = field(default=frozenset())


NO_FACTS = Facts()
