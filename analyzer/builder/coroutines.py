"""Things that have not started: made at a call, started where they are awaited or scheduled."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.builder.machine import Machine
from analyzer.builder.scopes import Cell
from analyzer.builder.values import UNDEFINED, Coroutine, Value
from analyzer.source import Span


def coroutine(start: Callable[[], Value], span: Span, ways: int = 1, running: tuple[int, ...] = ()) -> Coroutine:
    """Something that has not started."""
    return Coroutine(start, span, Cell(UNDEFINED), ways, running)


def start_coroutine(machine: Machine, value: Coroutine) -> Value:
    """Starts a coroutine, or yields what it gave when it was started before."""
    if value.started.value == UNDEFINED:
        machine.set(value.started, value.start())
    return value.started.value


def begin(machine: Machine, value: Value) -> Value:
    """Starts a value that is a coroutine; any other is what it is."""
    match value:
        case Coroutine():
            return start_coroutine(machine, value)
        case _:
            return value
