"""What functions of the standard libraries do with promises, callbacks, lists and values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from analyzer.builder import instants, mappings, texts_of_values
from analyzer.builder.combinators import combine, gather, limited, schedule, wait_all
from analyzer.builder.loops import each
from analyzer.builder.machine import Machine
from analyzer.builder.mappings import put
from analyzer.builder.members import condensed, elements_of, iterate
from analyzer.builder.module_scopes import import_value
from analyzer.builder.promises import wait
from analyzer.builder.scopes import Cell
from analyzer.builder.thens import catch, finally_, then
from analyzer.builder.unseen import call_unseen
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Accumulator,
    Arguments,
    ClassObject,
    Closure,
    Constant,
    Element,
    Elements,
    External,
    ListObject,
    Method,
    Origin,
    Promise,
    RecordObject,
    TaskGroup,
    Unknown,
    Value,
    merge,
    origins_of,
)
from analyzer.flow import tree
from analyzer.flow.intrinsics import Intrinsic
from analyzer.graph import model
from analyzer.records import replace
from analyzer.source import Span

Handler: TypeAlias = Callable[[Machine, Value, Arguments, Span], Value]


def call_library(machine: Machine, meaning: Intrinsic, callee: Value, arguments: Arguments, span: Span) -> Value:
    """Calls a library function or method by its meaning; what has no bearing here is like anything unseen."""
    handler = HANDLERS.get(meaning)
    if handler is None:
        return call_unseen(machine, callee, arguments, span)
    return handler(machine, callee, arguments, span)


def receiver_of(callee: Value) -> Value:
    """The object a library method was taken off."""
    return callee.receiver if isinstance(callee, Method) else UNKNOWN


def _origin(origin: Origin) -> Handler:
    def handle(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
        call_unseen(machine, callee, arguments, span)
        return Unknown(frozenset({origin}))

    return handle


def _first(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    return arguments.positional[0] if arguments.positional else UNDEFINED


def _resolve(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    value = _first(machine, callee, arguments, span)
    return value if isinstance(value, Promise) else Promise((), value)


def _named(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    value, name = arguments.get(0), arguments.get(1)
    if isinstance(value, Closure | ClassObject) and isinstance(name, Constant) and isinstance(name.value, str):
        value.name = name.value
    return UNKNOWN if value is None else value


# ---------------------------------------------------------------- callbacks


def _each(keep: bool) -> Handler:
    def handle(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
        callback = arguments.get(0)
        if callback is None:
            return UNKNOWN

        def turn(element: Value, index: Value) -> Value:
            return machine.call(callback, Arguments((element, index, receiver_of(callee)), span=span), span)

        return each(machine, receiver_of(callee), turn, span, keep)

    return handle


def _from(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    source, callback = arguments.get(0), arguments.get(1)
    if callback is None:
        return UNKNOWN if source is None else source

    def turn(element: Value, index: Value) -> Value:
        return machine.call(callback, Arguments((element, index), span=span), span)

    return each(machine, UNKNOWN if source is None else source, turn, span, keep=True)


def _map_function(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    callback, source = arguments.get(0), arguments.get(1)
    if callback is None or source is None:
        return UNKNOWN

    def turn(element: Value, index: Value) -> Value:
        return machine.call(callback, Arguments((element,), span=span), span)

    return each(machine, source, turn, span, keep=True)


def _reduce(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    callback = arguments.get(0)
    if callback is None:
        return UNKNOWN
    accumulator = Accumulator()

    def turn(element: Value, index: Value) -> Value:
        first = machine.next_id
        value = machine.call(callback, Arguments((accumulator, element, index), span=span), span)
        return wait(machine, value, span, first) if accumulator.awaited else value

    result = each(machine, receiver_of(callee), turn, span, keep=True)
    values = [element.value for element in elements_of(result)] if isinstance(result, ListObject) else []
    return merge(values) if values else UNKNOWN


def _call(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    return _rebound(machine, callee, arguments, span, arguments.positional[1:])


def _apply(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    parts, rest = iterate(machine, arguments.positional[1]) if len(arguments.positional) > 1 else ((), None)
    return _rebound(machine, callee, arguments, span, parts if rest is None else (rest,))


def _rebound(machine: Machine, callee: Value, arguments: Arguments, span: Span, positional: tuple[Value, ...]) -> Value:
    function = receiver_of(callee)
    this = arguments.get(0)
    if isinstance(function, Closure) and this is not None and function.function.receiver is not None:
        function = Closure(function.function, function.scope, function.module, function.name, this, function.home)
    return machine.call(function, Arguments(positional, (), arguments.open, span), span)


def _partial(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``functools.partial``: a function that is given its first arguments now."""
    function = arguments.get(0)
    if not isinstance(function, Closure):
        return call_unseen(machine, callee, arguments, span)
    given = Arguments(arguments.positional[1:], arguments.keywords)
    if function.given is not None:
        given = Arguments(function.given.positional + given.positional, given.keywords + function.given.keywords)
    return replace(function, given=given)


def _bind(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    function, this = receiver_of(callee), arguments.get(0)
    if isinstance(function, Closure) and this is not None and len(arguments.positional) == 1:
        if function.function.receiver is None:
            return function
        return Closure(function.function, function.scope, function.module, function.name, this, function.home)
    kept = len(arguments.positional) <= 1 or isinstance(
        function, Unknown
    )  # what cannot be seen may be a statement of a database
    return function if kept else UNKNOWN


def _later(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    callback = arguments.get(0)
    if isinstance(callback, Closure):
        first = machine.next_id
        with machine.scratch() as nodes:
            value = machine.call(callback, Arguments(span=span), span)
            if not isinstance(value, Promise):
                wait(machine, value, span, first)
        machine.sequence.extend(nodes)
    return UNKNOWN


def _new_promise(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    executor = arguments.get(0)
    if not isinstance(executor, Closure):
        return call_unseen(machine, callee, arguments, span)
    value = machine.call(executor, Arguments((UNKNOWN, UNKNOWN), span=span), span)
    return Promise(value.ids, UNKNOWN) if isinstance(value, Promise) else Promise((), UNKNOWN)


# ---------------------------------------------------------------- collections


def _collection(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """A new list of the elements given: what is added to it later leaves the old one alone."""
    match arguments.positional:
        case ():
            return ListObject(Cell(Elements()))
        case (ListObject() as source,):
            return ListObject(Cell(Elements(elements_of(source))), source.open, source.mutable)
        case (Constant(value=int()),):
            return UNKNOWN
        case (source,):
            return source
        case several:
            return ListObject(Cell(Elements(tuple(Element(value) for value in several))))


def _append(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    receiver = receiver_of(callee)
    if isinstance(receiver, ListObject):
        receiver.mutable = True
        added = tuple(Element(value, repeated=arguments.open) for value in arguments.positional)
        machine.set(receiver.cell, Elements(condensed((*elements_of(receiver), *added))))
        return UNKNOWN
    return call_unseen(machine, callee, arguments, span)


def _extend(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    receiver, source = receiver_of(callee), arguments.get(0)
    if isinstance(receiver, ListObject) and isinstance(source, ListObject):
        receiver.mutable = True
        machine.set(receiver.cell, Elements(condensed((*elements_of(receiver), *elements_of(source)))))
    return UNKNOWN


def _mutate(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    receiver = receiver_of(callee)
    if isinstance(receiver, ListObject | RecordObject):
        receiver.mutable = True
    if isinstance(receiver, ListObject):
        values = [element.value for element in elements_of(receiver)]
        return merge(values) if values else UNKNOWN
    if isinstance(receiver, RecordObject) and len(arguments.positional) > 1:
        put(machine, receiver, arguments.positional[0], arguments.positional[1])
        return UNKNOWN
    return call_unseen(machine, callee, arguments, span)


def _values(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    source = arguments.positional[0] if arguments.positional else receiver_of(callee)
    if isinstance(source, RecordObject):
        elements = tuple(Element(cell.value) for cell in source.fields.values())
        return ListObject(Cell(Elements(elements)), source.open, source.mutable)
    if not isinstance(source, ListObject):
        return Unknown(origins_of(source))
    if not _is_mapping(source):
        return source
    values = (Element(pair[1].value, repeated) for pair, repeated in _pairs_of(source))
    return ListObject(Cell(Elements(tuple(values))), source.open, source.mutable)


def _is_mapping(source: ListObject) -> bool:
    """Whether a list is what a comprehension in braces makes: pairs of a key and a value."""
    return bool(elements_of(source)) and all(len(pair) == 2 for pair, _ in _pairs_of(source))


def _pairs_of(source: ListObject) -> list[tuple[tuple[Element, ...], bool]]:
    """The elements that are tuples, each with whether it stands for many; an empty one stands for what is no tuple."""
    return [
        (elements_of(value) if isinstance(value, ListObject) and value.kind is tree.ItemsKind.TUPLE else (), element.repeated)
        for element in elements_of(source)
        for value in (element.value,)
    ]


def _keys(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    source = arguments.positional[0] if arguments.positional else receiver_of(callee)
    if isinstance(source, RecordObject):
        elements = tuple(Element(Constant(name)) for name in source.fields)
        return ListObject(Cell(Elements(elements)), source.open, source.mutable)
    return Unknown(origins_of(source))


def _entries(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    source = arguments.positional[0] if arguments.positional else receiver_of(callee)
    match source:
        case RecordObject(fields=fields):
            pairs = [(Constant(name), cell.value) for name, cell in fields.items()]
            return _pairs(pairs, source.open, source.mutable)
        case ListObject() if _is_mapping(source):
            return source
        case ListObject():
            return _numbered(machine, source, 0)
        case _:
            return Unknown(origins_of(source))


def _enumerate(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    source, first = arguments.get(0), arguments.get(1, "start")
    if not isinstance(source, ListObject):
        return Unknown(origins_of(source))
    start = first.value if isinstance(first, Constant) and isinstance(first.value, int) else 0
    return _numbered(machine, source, start)


def _numbered(machine: Machine, source: ListObject, start: int) -> Value:
    parts, rest = iterate(machine, source)
    if rest is not None:
        pair = ListObject(Cell(Elements((Element(UNKNOWN), Element(rest)))))
        return ListObject(Cell(Elements((Element(pair, repeated=True),))), source.open, source.mutable)
    return _pairs([(Constant(start + i), part) for i, part in enumerate(parts)], source.open, source.mutable)


def _pairs(pairs: list[tuple[Constant, Value]], more: bool, mutable: bool) -> Value:
    elements = tuple(Element(ListObject(Cell(Elements((Element(a), Element(b)))))) for a, b in pairs)
    return ListObject(Cell(Elements(elements)), more, mutable)


def _slice(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    source = arguments.positional[0] if arguments.positional and not isinstance(callee, Method) else receiver_of(callee)
    if not isinstance(source, ListObject):
        return Unknown(origins_of(source))
    if isinstance(callee, Method) and not arguments.positional and callee.name == "slice":
        return ListObject(Cell(Elements(elements_of(source))), source.open, source.mutable)
    return ListObject(Cell(Elements(elements_of(source))), open=True, mutable=True)


def _assign(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    target = arguments.get(0)
    if not isinstance(target, RecordObject):
        return UNKNOWN if target is None else target
    for source in arguments.positional[1:]:
        if isinstance(source, RecordObject):
            for name, cell in source.fields.items():
                machine.set(target.fields.setdefault(name, Cell(UNDEFINED)), cell.value)
        else:
            target.open = target.mutable = True
    return target


def _length(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    source = arguments.get(0)
    if isinstance(source, ListObject) and not source.mutable:
        parts, rest = iterate(machine, source)
        if rest is None:
            return Constant(len(parts))
    return Unknown(origins_of(source))


def _range(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    bounds = [v.value for v in arguments.positional if isinstance(v, Constant) and isinstance(v.value, int)]
    if len(bounds) != len(arguments.positional) or not 1 <= len(bounds) <= 3 or bounds[2:] == [0]:
        return Unknown(frozenset().union(*(origins_of(value) for value in arguments.positional)))
    numbers = range(*bounds)
    if len(numbers) > 10_000:
        return UNKNOWN
    return ListObject(Cell(Elements(tuple(Element(Unknown()) for _ in numbers))))


# ---------------------------------------------------------------- modules, groups


def _import(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    specifier = arguments.get(0)
    if not isinstance(specifier, Constant) or not isinstance(specifier.value, str):
        return call_unseen(machine, callee, arguments, span)
    node = tree.Import(specifier.value, "*", None, False, span)
    value = import_value(machine, machine.module, node)
    return value if isinstance(callee, External) and callee.meaning is Intrinsic.REQUIRE else Promise((), value)


def _time_scope(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    return callee


def _task_group(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    return TaskGroup()


def _reject(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    return Promise((), UNKNOWN)


def combinator(kind: model.JoinKind) -> Handler:
    """The handler of a JavaScript combinator."""

    def handle(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
        return combine(machine, kind, arguments, span)

    return handle


HANDLERS: dict[Intrinsic, Handler] = {
    Intrinsic.ALL: combinator(model.JoinKind.ALL),
    Intrinsic.ALL_SETTLED: combinator(model.JoinKind.SETTLED),
    Intrinsic.ANY: combinator(model.JoinKind.ANY),
    Intrinsic.RACE: combinator(model.JoinKind.RACE),
    Intrinsic.GATHER: gather,
    Intrinsic.WAIT: wait_all,
    Intrinsic.AS_COMPLETED: wait_all,
    Intrinsic.SCHEDULE: schedule,
    Intrinsic.PASS_AWAITABLE: schedule,
    Intrinsic.TIME_LIMIT: limited,
    Intrinsic.TASK_GROUP: _task_group,
    Intrinsic.TIME_SCOPE: _time_scope,
    Intrinsic.RESOLVE: _resolve,
    Intrinsic.REJECT: _reject,
    Intrinsic.IDENTITY: _first,
    Intrinsic.THEN: then,
    Intrinsic.CATCH: catch,
    Intrinsic.FINALLY: finally_,
    Intrinsic.EACH: _each(keep=True),
    Intrinsic.EACH_DISCARD: _each(keep=False),
    Intrinsic.REDUCE: _reduce,
    Intrinsic.FROM: _from,
    Intrinsic.MAP_FUNCTION: _map_function,
    Intrinsic.CALL: _call,
    Intrinsic.APPLY: _apply,
    Intrinsic.BIND: _bind,
    Intrinsic.PARTIAL: _partial,
    Intrinsic.LATER: _later,
    Intrinsic.NEW_PROMISE: _new_promise,
    Intrinsic.NAMED: _named,
    Intrinsic.COLLECTION: _collection,
    Intrinsic.MAPPING: mappings.mapping,
    Intrinsic.LOOK_UP: mappings.look_up,
    Intrinsic.APPEND: _append,
    Intrinsic.EXTEND: _extend,
    Intrinsic.MUTATE: _mutate,
    Intrinsic.VALUES: _values,
    Intrinsic.KEYS: _keys,
    Intrinsic.ENTRIES: _entries,
    Intrinsic.ENUMERATE: _enumerate,
    Intrinsic.SLICE: _slice,
    Intrinsic.ASSIGN: _assign,
    Intrinsic.LENGTH: _length,
    Intrinsic.RANGE: _range,
    Intrinsic.REQUIRE: _import,
    Intrinsic.IMPORT: _import,
    Intrinsic.CLOCK: _origin(Origin.CLOCK),
    Intrinsic.RANDOM: _origin(Origin.RANDOM),
    Intrinsic.ID: _origin(Origin.ID),
    Intrinsic.IO: _origin(Origin.IO),
    Intrinsic.CONCAT: texts_of_values.concat,
    Intrinsic.JOIN: texts_of_values.join,
    Intrinsic.JOIN_ON: texts_of_values.join_on,
    Intrinsic.FORMAT: texts_of_values.format_,
    Intrinsic.TEXT: texts_of_values.convert,
    Intrinsic.DATE: instants.date,
    Intrinsic.DATE_UTC: instants.date_utc,
    Intrinsic.DATE_PARSE: instants.date_parse,
    Intrinsic.DATETIME: instants.datetime_,
    Intrinsic.TIMEDELTA: instants.timedelta_,
}
