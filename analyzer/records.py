"""Immutable records that are cheap to make, and classes of them that are cheap to define."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """A slotted dataclass, compared, hashed and shown by its fields.

    Type checkers see it frozen. At run time it is not: a frozen one takes three times as long to make, and the trees, values
    and graphs of a source are made of tens of thousands. Comparison, hash and text are not compiled for each class, as
    ``dataclass`` does: that is most of what defining a hundred of them costs a command that ends in a fraction of a second.
    """
    made = dataclass(slots=True, eq=False, repr=False)(cls)
    _by_fields(made)
    return made


def _by_fields(cls: type[object]) -> None:
    compared = tuple(item.name for item in fields(cls) if item.compare)  # type: ignore[arg-type]
    shown = tuple(item.name for item in fields(cls) if item.repr)  # type: ignore[arg-type]
    key = attrgetter(*compared) if compared else _nothing

    def equal(self: object, other: object) -> bool:
        if self is other:
            return True
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def digest(self: object) -> int:
        return hash((cls, key(self)))

    def text(self: object) -> str:
        return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    cls.__eq__, cls.__hash__, cls.__repr__ = equal, digest, text  # type: ignore[method-assign]


def _nothing(_: object) -> tuple[()]:
    return ()
