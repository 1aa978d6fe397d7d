"""Immutable records that are cheap to make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """A slotted dataclass, compared and hashed by its fields.

    Type checkers see it frozen. At run time it is not: a frozen one takes three times as long to make, and the trees, values
    and graphs of a source are made of tens of thousands.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
