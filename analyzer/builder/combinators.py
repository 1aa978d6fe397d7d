"""Combinators: several promises waited for at once, their inline elements side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.builder.coroutines import begin
from analyzer.builder.loops import start_all
from analyzer.builder.machine import Machine
from analyzer.builder.members import elements_of
from analyzer.builder.promise_ids import MAX_DEPTH, promise_ids
from analyzer.builder.scopes import Cell
from analyzer.builder.values import (
    UNKNOWN,
    Arguments,
    Constant,
    Element,
    Elements,
    External,
    ListObject,
    Method,
    Promise,
    RecordObject,
    StepObject,
    TaskGroup,
    Value,
    merge,
)
from analyzer.flow.intrinsics import Intrinsic
from analyzer.graph import model
from analyzer.records import replace
from analyzer.source import Span

FIRST = frozenset({model.JoinKind.RACE, model.JoinKind.ANY})


def combine(machine: Machine, kind: model.JoinKind, arguments: Arguments, span: Span) -> Value:
    """A JavaScript combinator of one iterable; what its argument started becomes its inline elements."""
    source = arguments.positional[0] if arguments.positional else UNKNOWN
    elements: list[Value] = [source]
    if isinstance(source, ListObject):
        elements = [element.value for element in elements_of(source)]
    inline = _taken_back(machine, elements, arguments)
    return _combined(machine, kind, inline, elements, span)


def _started_in(node: model.Node) -> list[int]:
    """Ids of what a node starts and leaves to be waited for, blocks and steps not looked into."""
    ids: list[int] = []
    stack = [node]
    while stack:
        current = stack.pop()
        match current:
            case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                ids.append(current.id)
            case model.FunctionCall() | model.Block():
                ids.append(current.id)
            case _:
                stack.extend(inner for sequence in model.sequences(current) for inner in sequence)
    return ids


def _combined(
    machine: Machine,
    kind: model.JoinKind,
    inline: Mapping[int, Sequence[model.Node]],
    elements: Sequence[Value],
    span: Span,
) -> Value:
    """Emits the inline elements, by their places among all, and yields what waits for all."""
    values, sequences = list(elements), {index: tuple(nodes) for index, nodes in inline.items() if nodes}
    for index, value in enumerate(values):
        if isinstance(value, Promise) and _waits_otherwise(machine, value, kind):
            join = model.Join(value.ids, value.kind, span=span, others=value.others)
            block = model.Block((*sequences.get(index, ()), join), model.Started.FLOATING, machine.new_id(), span, True)
            values[index], sequences[index] = Promise((block.id,), value.result), (block,)
    if sequences:
        machine.emit(model.Parallel(kind, tuple([sequences[index] for index in sorted(sequences)]), machine.new_id(), span))
    ids = tuple(dict.fromkeys(id_ for value in values for id_ in promise_ids(value)))
    results = [value.result if isinstance(value, Promise) else value for value in values]
    others = any((isinstance(v, Promise) and v.others) or (not promise_ids(v) and not _is_settled(v)) for v in values)
    if kind in FIRST:
        return Promise(ids, merge(results) if results else UNKNOWN, kind, others)
    return Promise(ids, ListObject(Cell(Elements(tuple(Element(_settled(result)) for result in results)))), kind, others)


def _waits_otherwise(machine: Machine, promise: Promise, kind: model.JoinKind) -> bool:
    """Whether an element is done, or fails, in other cases than a combinator of this kind of its own members would be."""
    several = len(promise.ids) > 1 or promise.kind is model.JoinKind.SETTLED or promise.others
    ours = all(id_ >= machine.frame.first_id for id_ in promise.ids)
    return promise.kind is not kind and bool(promise.ids) and several and ours


def _is_settled(value: Value, depth: int = 0) -> bool:
    """Whether an element without steps is there at once and cannot fail: it holds nothing up and stops nothing."""
    match value:
        case Constant() | RecordObject() | StepObject():
            return True
        case Promise(ids=(), result=result):
            return _is_settled(result, depth)
        case ListObject():
            return depth < MAX_DEPTH and all(_is_settled(element.value, depth + 1) for element in elements_of(value))
        case _:
            return False


def _settled(value: Value, depth: int = 0) -> Value:
    """What a promise in a list has become when all are waited for."""
    if isinstance(value, ListObject) and depth < MAX_DEPTH:
        items = tuple(Element(_settled(element.value, depth + 1), element.repeated) for element in elements_of(value))
        return ListObject(Cell(Elements(items)), value.open, value.mutable)
    return value.result if isinstance(value, Promise) else value


def gather(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``asyncio.gather(*awaitables, return_exceptions=…)``."""
    settled = arguments.get(len(arguments.positional), "return_exceptions") == Constant(True)
    kind = model.JoinKind.SETTLED if settled else model.JoinKind.ALL
    return _start_together(machine, kind, _flat(arguments.positional), arguments, span)


def wait_all(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``asyncio.wait`` and ``as_completed``: a list of awaitables, waited for as ``return_when`` says."""
    source = arguments.get(0) or UNKNOWN
    until = arguments.get(len(arguments.positional), "return_when")
    first = isinstance(until, External) and until.meaning is Intrinsic.FIRST_COMPLETED
    kind = model.JoinKind.RACE if first or until == Constant("FIRST_COMPLETED") else model.JoinKind.SETTLED
    promise = _start_together(machine, kind, _flat((source,)), arguments, span)
    if isinstance(callee, External) and callee.meaning is Intrinsic.AS_COMPLETED and isinstance(promise, Promise):
        return ListObject(Cell(Elements((Element(promise, repeated=True),))))
    if kind is model.JoinKind.RACE and isinstance(promise, Promise):
        return replace(promise, result=_done_and_pending(promise.ids))
    return promise


def _done_and_pending(ids: tuple[int, ...]) -> ListObject:
    """What ``asyncio.wait`` gives when the first has ended: tasks that have, and those that can be waited for still."""
    pending = ListObject(Cell(Elements((Element(Promise(ids, UNKNOWN), repeated=True),))))
    return ListObject(Cell(Elements((Element(UNKNOWN), Element(pending)))))


def limited(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``asyncio.wait_for``: a race with the clock. The engine goes on with a step nobody waits for any more."""
    promise = _start_together(machine, model.JoinKind.RACE, _flat((arguments.get(0, "fut") or UNKNOWN,)), arguments, span)
    return Promise(promise.ids, promise.result, promise.kind, others=True) if isinstance(promise, Promise) else promise


def _flat(values: tuple[Value, ...]) -> ListObject:
    """Awaitables of arguments, those in lists included."""
    items: list[Element] = []
    for value in values:
        items.extend(elements_of(value) if isinstance(value, ListObject) else [Element(value)])
    return ListObject(Cell(Elements(tuple(items))))


def _start_together(machine: Machine, kind: model.JoinKind, source: ListObject, arguments: Arguments, span: Span) -> Value:
    """Starts what has not started; with what the arguments started themselves these are the inline elements."""
    values = [element.value for element in elements_of(source)]
    inline = _taken_back(machine, values, arguments)
    started = start_all(machine, source, inline, span)
    running = {index: nodes for index, (nodes, _) in enumerate(started)}
    return _combined(machine, kind, running, [value for _, value in started], span)


def _taken_back(machine: Machine, values: Sequence[Value], arguments: Arguments) -> dict[int, list[model.Node]]:
    """The nodes the evaluation of arguments emitted, by the value whose promises they start; others stay where they are."""
    tail = machine.sequence[arguments.mark :]
    del machine.sequence[arguments.mark :]
    owners = {id_: index for index, value in enumerate(values) for id_ in promise_ids(value) if id_ >= arguments.first}
    inline: dict[int, list[model.Node]] = {}
    for node in tail:
        index = next((owners[id_] for id_ in _started_in(node) if id_ in owners), None)
        if index is None:
            machine.emit(node)
        else:
            inline.setdefault(index, []).append(node)
    return inline


def schedule(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``create_task`` and its like: starts what it is given, which a TaskGroup joins at its end."""
    value = arguments.get(0, "coro")
    if value is None:
        return UNKNOWN
    promise = begin(machine, value)
    group = callee.receiver if isinstance(callee, Method) else None
    if isinstance(group, TaskGroup):
        group.ids.extend(promise_ids(promise))
    return promise
