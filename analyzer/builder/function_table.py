"""Named functions met so far: what a call of them does, by function and the arguments that matter."""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum, auto

from analyzer.builder.values import UNKNOWN, Value
from analyzer.graph import model
from analyzer.records import entity, field
from analyzer.source import Span


class Treatment(Enum):
    """What becomes of a call."""

    NOTHING = auto()  # no step in it: only its value counts
    CALL = auto()  # a function_call of an entry
    INLINE = auto()  # written where it is called


@entity
class FunctionEntry:
    """One entry of ``functions`` in the making. ``key`` stands for its name in calls until the end."""

    key: str
    name: str
    span: Span
    body: tuple[model.Node, ...] = ()
    result: Value = UNKNOWN
    is_promise: bool = False
    outer: tuple[int, ...] = ()
    notes: list[model.Note] = field(default_factory=list)


@entity
class Decision:
    """How a call with certain arguments is treated. ``unit``: see ``Machine.begin_unit``."""

    treatment: Treatment
    entry: FunctionEntry | None = None
    result: Value = UNKNOWN
    unit: object = None


@entity
class Activation:
    """A named function being interpreted; ``entry`` is made when it calls itself."""

    function: int
    recursive: bool = False
    entry: FunctionEntry | None = None
    unit: object = None


@entity
class FunctionTable:
    """All entries, all decisions, and the functions being interpreted now."""

    entries: dict[str, FunctionEntry] = field(default_factory=dict)
    decisions: dict[Hashable, Decision] = field(default_factory=dict)
    active: list[Activation] = field(default_factory=list)
    inlined_nodes: int = 0
    calls: int = 0

    def new_entry(self, name: str, span: Span) -> FunctionEntry:
        """An entry with a key of its own."""
        entry = FunctionEntry(f"\0{len(self.entries)}", name, span)
        self.entries[entry.key] = entry
        return entry
