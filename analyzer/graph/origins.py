"""Where values that are not constant come from."""

from __future__ import annotations

from enum import Enum, auto
from typing import TypeAlias

from analyzer.records import record


class Origin(Enum):
    """Where a value that is not constant came from."""

    CLOCK = auto()
    RANDOM = auto()
    ID = auto()
    IO = auto()
    ENVIRONMENT = auto()
    PAYLOAD = auto()
    STEP_RESULT = auto()


@record
class ModuleState:
    """The origin of a value read from a module-level variable that functions of the module assign."""

    name: str


Origins: TypeAlias = frozenset[Origin | ModuleState]
NO_ORIGINS: Origins = frozenset()

UNSTABLE: Origins = frozenset({Origin.CLOCK, Origin.RANDOM, Origin.ID})
"""Origins of values that differ each time the code runs."""
