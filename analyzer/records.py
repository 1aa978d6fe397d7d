"""Classes of fields that are cheap to make, and cheap to define.

They stand in for ``dataclasses``, which a command that ends in a fraction of a second cannot afford for some two hundred
classes: its module costs 7 ms to import, a frozen class with slots 2 ms to define, and a frozen instance three times as
long to make as a plain one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform

_T = TypeVar("_T")

_ABSENT: Any = object()


class _Field:
    """What ``field`` says of a field. Any: a default is of its field's type."""

    __slots__ = ("compare", "default", "factory", "repr")

    def __init__(self, default: Any, factory: Callable[[], Any] | None, compare: bool, repr: bool) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare
        self.repr = repr


def field(
    *, default: Any = _ABSENT, default_factory: Callable[[], Any] | None = None, compare: bool = True, repr: bool = True
) -> Any:
    """A field that differs from most: with a default made anew each time, left out of comparison and hash, or of ``repr``."""
    return _Field(default, default_factory, compare, repr)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """An immutable class with slots, compared, hashed and shown by its fields.

    Type checkers see it frozen. At run time it is not: that costs more than half of making an instance, and the trees,
    values and graphs of a source are made of tens of thousands.
    """
    fields = _fields(cls)
    return _slotted(cls, fields, _by_fields(fields))


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def entity(cls: type[_T]) -> type[_T]:
    """A class with slots whose instances change, and are compared by identity."""
    return _slotted(cls, _fields(cls), {})


def field_names(item: object) -> tuple[str, ...]:
    """The names of the fields of a record or entity, in order."""
    return item.__match_args__  # type: ignore[attr-defined, no-any-return]


def replace(item: _T, **changes: object) -> _T:
    """The same record or entity with other values in some fields."""
    values = {name: getattr(item, name) for name in field_names(item)}
    return item.__class__(**(values | changes))


def _fields(cls: type[object]) -> dict[str, _Field]:
    declared = {name: cls.__dict__.get(name, _ABSENT) for name in cls.__annotations__}
    return {name: given if isinstance(given, _Field) else _Field(given, None, True, True) for name, given in declared.items()}


def _slotted(cls: type[_T], fields: dict[str, _Field], methods: dict[str, object]) -> type[_T]:
    namespace = {name: value for name, value in cls.__dict__.items() if name not in _OF_A_PLAIN_CLASS and name not in fields}
    caches = any(isinstance(value, cached_property) for value in namespace.values())
    namespace |= {**methods, "__slots__": (*fields, "__dict__") if caches else tuple(fields), "__match_args__": tuple(fields)}
    if fields:
        namespace["__init__"] = _initializer(cls, fields)
    made: type[_T] = type(cls.__name__, cls.__bases__, namespace)
    return made


_OF_A_PLAIN_CLASS = frozenset({"__dict__", "__weakref__"})


def _initializer(cls: type[object], fields: dict[str, _Field]) -> Callable[..., None]:
    made = {f"make{index}": item.factory for index, item in enumerate(fields.values()) if item.factory is not None}
    code = _template(tuple([item.factory is not None for item in fields.values()]))
    names = {f"field{index}": name for index, name in enumerate(fields)}
    renamed = code.replace(
        co_varnames=tuple([names.get(name, name) for name in code.co_varnames]),
        co_names=tuple([names.get(name, name) for name in code.co_names]),
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    defaults = [item.default for item in fields.values() if item.default is not _ABSENT or item.factory is not None]
    return FunctionType(renamed, {"ABSENT": _ABSENT, **made}, None, tuple(defaults))


@cache
def _template(made: tuple[bool, ...]) -> CodeType:
    """An initializer of fields with numbers for names; ``made``: which of them have a factory.

    Classes with as many fields share it, since compiling one takes longer than everything else about a class.
    """
    lines = [
        f" self.field{index} = make{index}() if field{index} is ABSENT else field{index}"
        if is_made
        else f" self.field{index} = field{index}"
        for index, is_made in enumerate(made)
    ]
    parameters = ", ".join(["self", *(f"field{index}" for index in range(len(made)))])
    namespace: dict[str, FunctionType] = {}
    exec("\n".join([f"def __init__({parameters}):", *lines]), namespace)
    return namespace["__init__"].__code__


def _by_fields(fields: dict[str, _Field]) -> dict[str, object]:
    """The methods that compare, hash and show by fields."""
    compared = [name for name, item in fields.items() if item.compare]
    shown = [name for name, item in fields.items() if item.repr]
    key = attrgetter(*compared) if compared else _nothing

    def equal(self: object, other: object) -> bool:
        if self is other:
            return True
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def digest(self: object) -> int:
        return hash((self.__class__, key(self)))

    def text(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    return {"__eq__": equal, "__hash__": digest, "__repr__": text}


def _nothing(_: object) -> tuple[()]:
    return ()
