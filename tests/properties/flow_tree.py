"""A small language of workflows that says what both languages can say, and what was written in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, auto
from typing import TypeAlias

UNKNOWN = "${...}"
"""What stands in a name for a part that is not known."""


class Verb(Enum):
    """What a step does."""

    DO = auto()
    SLEEP = auto()
    SLEEP_UNTIL = auto()
    WAIT = auto()


class Kind(Enum):
    """How a combinator joins its elements."""

    ALL = auto()
    SETTLED = auto()
    RACE = auto()


class Home(Enum):
    """Where a helper is declared."""

    MODULE = auto()
    METHOD = auto()
    CLOSURE = auto()


class Form(Enum):
    """An expression around values."""

    LIST = auto()
    CALL = auto()
    RECORD = auto()
    SUM = auto()
    TEMPLATE = auto()
    EQUAL = auto()
    NOT = auto()
    MEMBER = auto()


class Operator(Enum):
    """A short circuit."""

    AND = auto()
    OR = auto()


@dataclass(frozen=True)
class Both:
    """A piece of source without steps, in each language."""

    javascript: str
    python: str


@dataclass(frozen=True)
class Step:
    """A step.

    ``name`` holds ``{}`` where that of a loop's element or parameter goes (``element``). ``ident``: of the function that
    Python declares for it. ``option``: its configuration, duration or time-out, as both languages write it, or nothing.
    ``body``: of its callback. ``hoisted``: Python declares it at the start of the function. ``typed``: TypeScript gives
    its type argument.
    """

    verb: Verb
    ident: str
    name: str
    element: str | None = None
    option: str = ""
    body: Sequence = ()
    hoisted: bool = False
    typed: bool = False


@dataclass(frozen=True)
class HelperCall:
    """A call of a helper, with the name it is to give its steps if it takes one, or the element that holds that name."""

    ident: str
    home: Home
    name: str | None = None
    element: str | None = None


@dataclass(frozen=True)
class Kept:
    """A promise kept in a variable."""

    variable: str


@dataclass(frozen=True)
class KeptList:
    """Promises kept in a list, each an element of a combinator."""

    variable: str


@dataclass(frozen=True)
class Pick:
    """One of two promises."""

    condition: Both
    chosen: Promise
    other: Promise


@dataclass(frozen=True)
class Combined:
    """Promises joined as one."""

    kind: Kind
    elements: tuple[Promise | KeptList | Mapped, ...]


@dataclass(frozen=True)
class Mapped:
    """A promise for each element of a list, the constants of it if they are known, each an element of a combinator."""

    element: str
    items: Both | tuple[str, ...]
    promise: Promise


Promise: TypeAlias = Step | HelperCall | Kept | Pick | Combined


@dataclass(frozen=True)
class Await:
    """The value of a promise. ``shielded``: Python hands it through a function that awaits it."""

    promise: Promise
    shielded: bool = False


@dataclass(frozen=True)
class Ternary:
    """One of two values."""

    test: Value
    chosen: Value
    other: Value


@dataclass(frozen=True)
class Short:
    """A value that is needed only if another one is true (or false)."""

    operator: Operator
    left: Value
    right: Value


@dataclass(frozen=True)
class Around:
    """An expression around values: one for NOT and MEMBER, two for EQUAL and SUM, else any number."""

    form: Form
    values: tuple[Value, ...]


Value: TypeAlias = Await | Ternary | Short | Around | Both


@dataclass(frozen=True)
class Do:
    """A value, and the variable that it is kept in."""

    value: Value
    variable: str | None = None


@dataclass(frozen=True)
class Together:
    """Promises kept and joined as soon as all have started; in Python by a group of tasks."""

    variable: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Start:
    """A promise started and kept."""

    variable: str
    promise: Promise


@dataclass(frozen=True)
class StartEither:
    """A promise started in each arm of a branch and kept in one variable."""

    variable: str
    condition: Both
    chosen: Promise
    other: Promise


@dataclass(frozen=True)
class StartMany:
    """A promise started in each turn of a loop and pushed to a list."""

    variable: str
    element: str
    items: Both
    before: Sequence
    promise: Promise


@dataclass(frozen=True)
class AwaitEach:
    """Joins the promises of a list one after another."""

    variable: str


@dataclass(frozen=True)
class If:
    """``if``, ``else if``, ``else``."""

    arms: tuple[tuple[Value, Sequence], ...]
    otherwise: Sequence | None


@dataclass(frozen=True)
class Switch:
    """A choice by constants; no case falls through."""

    subject: Value
    cases: tuple[tuple[str, Sequence], ...]
    default: Sequence | None


@dataclass(frozen=True)
class Each:
    """A loop over a list, the constants of it if they are known. ``spread``: Python writes a comprehension."""

    label: str
    element: str
    items: Value | tuple[str, ...]
    body: Sequence
    spread: bool = False


@dataclass(frozen=True)
class While:
    """A loop with a test, or one that only a jump leaves."""

    label: str
    test: Value | None
    body: Sequence


@dataclass(frozen=True)
class Try:
    """``try`` with a handler, a last block, or both."""

    body: Sequence
    handler: Sequence | None
    final: Sequence | None


@dataclass(frozen=True)
class Return:
    """``plain``: TypeScript returns the promise itself."""

    value: Value | None
    plain: bool = False


@dataclass(frozen=True)
class Throw:
    """Throws an error made of a value."""

    value: Value | None = None


@dataclass(frozen=True)
class Leave:
    """``break`` or ``continue``; the label is JavaScript's, needed where a ``switch`` stands between."""

    is_break: bool
    target: str
    labelled: bool


Jump: TypeAlias = Return | Throw | Leave
Statement: TypeAlias = Do | Together | Start | StartEither | StartMany | AwaitEach | If | Switch | Each | While | Try | Jump
Sequence: TypeAlias = tuple[Statement, ...]


@dataclass(frozen=True)
class Helper:
    """A function that is given the step, or closes over it; ``takes_name``: the names of its steps depend on a parameter."""

    ident: str
    home: Home
    body: Sequence
    takes_name: bool = False


@dataclass(frozen=True)
class Program:
    """A workflow. Closures are declared at the start of ``run``."""

    helpers: tuple[Helper, ...]
    body: Sequence


def parameter(ident: str) -> str:
    """The parameter of a helper that takes a name."""
    return f"{ident}_name"


def walk(part: object, *, into_callbacks: bool = True) -> Iterator[object]:
    """Everything in a part of a program, itself first, in the order written; bodies of steps' callbacks only if asked."""
    if isinstance(part, tuple):
        for item in part:
            yield from walk(item, into_callbacks=into_callbacks)
    elif is_dataclass(part):
        yield part
        if into_callbacks or not isinstance(part, Step):
            for field in fields(part):
                yield from walk(getattr(part, field.name), into_callbacks=into_callbacks)


def steps_written(program: Program) -> Counter[str]:
    """The names of the steps that are to be found, once for each place they stand in.

    A helper's steps stand in one place however often it is called; one that takes the name is written out at each call.
    """
    parts = [part for body in _called_bodies(program) for part in walk(body)]
    elements = _elements(parts)
    found: Counter[str] = Counter()
    for part in parts:
        match part:
            case Step(name=name, element=str() as element):
                found.update(name.replace("{}", value) for value in elements[element])
            case Step(name=name):
                found[name] += 1
    return found


def completes(sequence: Sequence) -> bool:
    """Whether what stands behind a sequence can be reached."""
    return all(_completes(statement) for statement in sequence)


def _called_bodies(program: Program) -> list[Sequence]:
    """The body of the workflow and those of the helpers it calls, directly or through others."""
    helpers = {helper.ident: helper.body for helper in program.helpers}
    bodies = [program.body]
    for body in bodies:
        called = [part.ident for part in walk(body) if isinstance(part, HelperCall)]
        bodies += [helpers.pop(ident) for ident in dict.fromkeys(called) if ident in helpers]
    return bodies


def _elements(parts: list[object]) -> dict[str, tuple[str, ...]]:
    """What each element of a loop, or parameter, stands for in the name of a step."""
    found: dict[str, tuple[str, ...]] = {}
    for part in parts:
        match part:
            case Each(element=element, items=tuple() as known) | Mapped(element=element, items=tuple() as known):
                found[element] = known
            case Each(element=element) | StartMany(element=element) | Mapped(element=element):
                found[element] = (UNKNOWN,)
            case HelperCall(ident=ident, name=str() as given):
                found[parameter(ident)] = (*found.get(parameter(ident), ()), given)
            case HelperCall(ident=ident, element=str() as element):
                found[parameter(ident)] = (*found.get(parameter(ident), ()), *found[element])
    return found


def _completes(statement: Statement) -> bool:
    match statement:
        case Return() | Throw() | Leave():
            return False
        case If(arms=arms, otherwise=otherwise):
            return otherwise is None or completes(otherwise) or any(completes(body) for _, body in arms)
        case Switch(cases=cases, default=default):
            return default is None or completes(default) or any(completes(body) for _, body in cases)
        case While(label=label, test=None, body=body):
            return any(isinstance(part, Leave) and part.is_break and part.target == label for part in walk(body))
        case Try(body=body, handler=handler):
            return completes(body) or (handler is not None and completes(handler))
        case _:
            return True
