"""Calls of what cannot be seen: functions handed over run there, the step object is lost there."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.builder.activation import MAX_ACTIVE, generate
from analyzer.builder.coroutines import start_coroutine
from analyzer.builder.machine import Machine
from analyzer.builder.members import elements_of
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.promises import wait
from analyzer.builder.values import (
    UNKNOWN,
    Arguments,
    BoundStepMethod,
    Closure,
    Coroutine,
    DeclaredStep,
    External,
    Generator,
    Instance,
    ListObject,
    PayloadPart,
    Promise,
    RecordObject,
    StepObject,
    Unknown,
    Value,
    origins_of,
)
from analyzer.graph import model
from analyzer.source import Span


def call_unseen(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """Calls something unknown: functions among the arguments may run, objects may be changed."""
    given_step = False
    ids: list[int] = []
    before = len(machine.sequence)
    for value in arguments.values():
        _use(value)
        for part in _parts(value, 0):
            given_step = given_step or isinstance(part, StepObject | BoundStepMethod | DeclaredStep)
            if isinstance(part, Closure):
                ids.extend(_run_handed(machine, part, span))
            elif isinstance(part, Coroutine):
                ids.extend(promise_ids(start_coroutine(machine, part)))
            elif isinstance(part, Generator):
                _iterate(machine, part, span)
        ids.extend(promise_ids(value))
    if len(machine.sequence) > before:
        machine.note("SG905", span, "functions with steps are handed to something that cannot be seen; drawn here")
    if given_step:
        _note_lost_step(machine, callee, span)
    origins = origins_of(callee).union(*(origins_of(value) for value in arguments.values()))
    result = Unknown(origins, steplike=given_step)
    return Promise(tuple(dict.fromkeys(ids)), result) if ids else result


def _iterate(machine: Machine, generator: Generator, span: Span) -> None:
    """Runs a generator that may be iterated there, once or often."""
    with machine.scratch() as nodes:
        generate(machine, generator)
    if any(not isinstance(node, model.Jump) for node in model.walk(tuple(nodes))):
        machine.emit(model.Loop(tuple(nodes), model.LoopKind.CALLBACK, id=machine.new_id(), span=span))


def _run_handed(machine: Machine, closure: Closure, span: Span) -> tuple[int, ...]:
    if any(function is closure.function for function in machine.inlining):
        return ()
    if len(machine.frames) > MAX_ACTIVE:
        machine.note("SG906", span, "functions handed over here are nested too deeply to be followed")
        return ()
    first = machine.next_id
    with machine.scratch() as nodes:
        value = machine.call(closure, Arguments((UNKNOWN,) * len(closure.function.params), span=span), span)
        if isinstance(value, Coroutine):
            value = wait(machine, value, span, first)
    if any(not isinstance(node, model.Jump) for node in model.walk(tuple(nodes))):
        machine.sequence.extend(nodes)
        return promise_ids(value)
    return ()


def _note_lost_step(machine: Machine, callee: Value, span: Span) -> None:
    if isinstance(callee, External) and callee.imported:
        machine.note("SG904", span, f"the step object is given to {callee.name}, which is not part of what is analyzed")
    else:
        machine.note("SG901", span, "the step object is given to a function that cannot be followed")


def _use(value: Value) -> None:
    match value:
        case PayloadPart(reads=reads, path=path):
            reads.at(path).whole = True
        case RecordObject() | ListObject():
            value.mutable = True
        case _:
            return


def _parts(value: Value, depth: int) -> Iterator[Value]:
    yield value
    if depth >= 3:
        return
    match value:
        case RecordObject(fields=fields):
            for cell in list(fields.values()):
                yield from _parts(cell.value, depth + 1)
        case ListObject():
            for element in elements_of(value):
                yield from _parts(element.value, depth + 1)
        case Instance(fields=fields):
            for cell in list(fields.values()):
                if isinstance(cell.value, StepObject):
                    yield cell.value
        case _:
            return
