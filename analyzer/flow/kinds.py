"""The kinds of things in the flow tree: how functions start, how names are bound, what branches, loops and exits were."""

from __future__ import annotations

from enum import Enum, auto


class Start(Enum):
    """When the body of a function begins to run."""

    EAGER = auto()  # at the call: every JavaScript function, a plain Python def
    ON_AWAIT = auto()  # when its coroutine is awaited or scheduled: Python async def
    ON_ITERATION = auto()  # when it is iterated: generators, sync and async


class BindKind(Enum):
    """How a binding declares its names."""

    CONST = auto()  # block scope, never bound again: const, using, class, import, enum, catch and loop heads of const
    LET = auto()  # block scope: let
    VAR = auto()  # function scope: var, every Python assignment, walrus, def, class, for target, with target
    HOISTED = auto()  # JavaScript function declaration: bound before its block runs
    ASSIGN = auto()  # assigns a name declared elsewhere: x = 1 in JavaScript, global and nonlocal names in Python


class BranchKind(Enum):
    """What a branch was in the source."""

    IF = auto()
    TERNARY = auto()
    SWITCH = auto()
    MATCH = auto()
    AND = auto()
    OR = auto()
    NULLISH = auto()


class LoopKind(Enum):
    """What a loop was in the source."""

    FOR = auto()  # for (init; test; update)
    FOR_OF = auto()  # for…of, Python for
    FOR_IN = auto()  # for…in (keys)
    FOR_AWAIT = auto()  # for await…of, async for
    WHILE = auto()
    DO_WHILE = auto()
    COMPREHENSION = auto()  # its value is the list of its body's last value


class ExitKind(Enum):
    """The four ways to leave a sequence."""

    BREAK = auto()
    CONTINUE = auto()
    RETURN = auto()
    THROW = auto()


class ItemsKind(Enum):
    """What kind of sequence a display of items makes."""

    LIST = auto()
    TUPLE = auto()
    SET = auto()


class MemberKind(Enum):
    """What a member of a class is."""

    METHOD = auto()
    GETTER = auto()
    SETTER = auto()
    FIELD = auto()  # value runs for each instance, with ``this`` bound
    STATIC_BLOCK = auto()  # value is a parameterless Function that runs when the class is made


class ParamKind(Enum):
    """How a parameter is filled."""

    NORMAL = auto()
    REST = auto()  # ...rest, *args
    KEYWORD_ONLY = auto()
    KEYWORD_REST = auto()  # **kwargs


class Ignorance(Enum):
    """Why a frontend could not say more; counted by coverage."""

    SYNTAX_ERROR = auto()  # a piece that does not parse
    UNKNOWN_SYNTAX = auto()  # a construct this frontend does not know
    NO_VALUE = auto()  # known, but of no meaning here: regular expressions, big integers, JSX, match captures, new.target
    DEPTH = auto()  # nested too deeply to follow


class Undefined(Enum):
    """JavaScript's undefined, told apart from null."""

    UNDEFINED = "undefined"
