"""What is recorded where values are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from analyzer.builder.library import HANDLERS
from analyzer.builder.machine import Machine
from analyzer.builder.observe.errors import observe_catch, observe_error
from analyzer.builder.observe.peek import dotted
from analyzer.builder.observe.returned import returned_name
from analyzer.builder.observe.steps import observe_declared, observe_run, observe_step
from analyzer.builder.observe.writes import observe_assign, observe_mutation, observe_start
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.scopes import MUTATORS
from analyzer.builder.values import (
    Arguments,
    BoundStepMethod,
    Closure,
    Coroutine,
    DeclaredStep,
    Decoration,
    External,
    ListObject,
    Method,
    PayloadPart,
    RecordObject,
    Unknown,
    Value,
    origins_of,
)
from analyzer.flow import tree
from analyzer.flow.intrinsics import Intrinsic
from analyzer.graph.facts import CallFact, CallKind, Origin, SlipKind, Use
from analyzer.records import replace
from analyzer.source import Language, Span

if TYPE_CHECKING:
    from analyzer.builder.observe.observer import Observer

Go = Callable[[Machine, Value, Arguments, Span], Value]

CALLBACKS = frozenset({Intrinsic.EACH, Intrinsic.EACH_DISCARD, Intrinsic.REDUCE})
STARTERS = frozenset({Intrinsic.SCHEDULE, Intrinsic.PASS_AWAITABLE, Intrinsic.GATHER, Intrinsic.WAIT, Intrinsic.AS_COMPLETED})
DETACHERS = frozenset({Intrinsic.BIND, Intrinsic.CALL, Intrinsic.APPLY})

KINDS = {
    Intrinsic.IO: CallKind.FETCH,
    Intrinsic.TIMER: CallKind.TIMER,
    Intrinsic.CONSOLE: CallKind.CONSOLE,
    Intrinsic.CLOCK: CallKind.UNSTABLE,
    Intrinsic.RANDOM: CallKind.UNSTABLE,
    Intrinsic.ID: CallKind.UNSTABLE,
}

TIMERS = frozenset({"setTimeout", "setInterval"})

BINDING_WRITES = frozenset(
    {
        *("put", "delete", "send", "sendBatch", "create", "createBatch", "run", "exec", "batch", "fetch"),
        *("writeDataPoint", "insert", "upsert", "deleteByIds", "sendEvent"),
    }
)
"""Methods of bindings (KV, R2, D1, Queues, Workflows, Vectorize, Analytics Engine, email, services) that do something."""

BINDING_READS = frozenset(
    {
        *("get", "getWithMetadata", "list", "head", "first", "all", "raw", "run", "exec", "batch", "query", "match"),
        *("fetch", "json", "text"),
    }
)
"""Methods of bindings whose results may differ the next time."""

MAKERS = frozenset({"Symbol", "bytearray"})
"""Functions of the library that make an object of the class of their name without ``new``."""

COPIERS = frozenset({"structuredClone", "copy.deepcopy", "copy.copy", "dict", "list"})


def observe_call(machine: Observer, callee: Value, arguments: Arguments, span: Span, go: Go) -> Value:
    """Calls a value and records what there is to record; the value may know more about where it comes from."""
    match callee:
        case BoundStepMethod():
            observe_step(machine, callee, arguments, span)
            return go(machine, callee, arguments, span)
        case DeclaredStep():
            observe_run(machine, callee, arguments, span)
            return go(machine, callee, arguments, span)
        case Decoration():
            step = go(machine, callee, arguments, span)
            observe_declared(machine, step)
            return step
        case Closure():
            return _call_closure(machine, callee, arguments, span, go)
        case Method():
            _observe_method(machine, callee, arguments, span)
        case External():
            _observe_external(machine, callee, arguments, span)
        case _:
            pass
    _observe_binding(machine, callee, span)
    first = machine.next_id
    result = (
        _call_unseen(machine, callee, arguments, span, go)
        if _is_unseen(callee)
        else _called_back(machine, callee, arguments, span, go)
    )
    match callee:
        case External(meaning=Intrinsic.NEW_PROMISE):  # what is started in it settles it, or may
            machine.collector.escape(range(first, machine.next_id))
        case _:
            pass
    observe_error(machine, callee, result, arguments, span)
    return _known_better(machine, callee, arguments, span, result)


def _call_closure(machine: Observer, callee: Closure, arguments: Arguments, span: Span, go: Go) -> Value:
    frame = machine.frame
    result: Value | None = None
    if frame.step is not None and frame.function is None:
        machine.bases[len(machine.frames) - 1] = callee.scope
        result = returned_name(machine, callee)
    if result is None:
        result = go(machine, callee, arguments, span)
    if callee.function.is_async and machine.language is Language.JAVASCRIPT:
        machine.async_calls.add(span)
    for callback, origins in machine.callbacks:
        if callback is callee:
            origins.update(origins_of(result))
    return result


# ---------------------------------------------------------------- library


def _observe_method(machine: Observer, callee: Method, arguments: Arguments, span: Span) -> None:
    match callee.receiver:
        case BoundStepMethod() if callee.meaning in DETACHERS:
            machine.slip(SlipKind.DETACHED_METHOD, callee.name, arguments.name_span or span)
        case receiver if callee.meaning in CALLBACKS:
            machine.use(Use.BOUND, span, receiver, _receiver_span(machine, span))
        case receiver if callee.meaning is Intrinsic.CATCH:
            observe_catch(machine, receiver, arguments.get(0), span)
        case _ if callee.meaning in MUTATORS:
            observe_mutation(machine, callee, machine.calls.get(span), span)
        case _:
            return


def _receiver_span(machine: Observer, span: Span) -> Span:
    match machine.calls.get(span):
        case tree.Call(callee=tree.Member(object=receiver)):
            return receiver.span
        case _:
            return span


def _observe_external(machine: Observer, callee: External, arguments: Arguments, span: Span) -> None:
    if callee.meaning in STARTERS:
        for coroutine in _coroutines(arguments):
            observe_start(machine, coroutine, span)
    if callee.meaning is Intrinsic.ASSIGN and arguments.positional:
        observe_assign(machine, arguments.positional[0], machine.calls.get(span), span)
    if machine.unsure:
        return
    kind = None if callee.meaning is None else KINDS.get(callee.meaning)
    if callee.name in TIMERS:
        kind = CallKind.TIMER
    if callee.meaning is Intrinsic.DATE and not arguments.positional:
        kind = CallKind.UNSTABLE
    if kind is not None:
        node = machine.calls.get(span)
        machine.add(CallFact(kind, dotted(node.callee) if node else callee.name, span, machine.own_step))


def _coroutines(arguments: Arguments) -> Iterable[Coroutine]:
    for value in arguments.positional:
        match value:
            case Coroutine():
                yield value
            case _:
                continue


def _observe_binding(machine: Observer, callee: Value, span: Span) -> None:
    """A method of something that came from the environment, where it is called by name."""
    node = machine.calls.get(span)
    if node is None or machine.unsure or _is_of_library(callee) or Origin.ENVIRONMENT not in _receiver_origins(callee):
        return
    match node.callee:
        case tree.Member(key=tree.Literal(value=str(name))) if name in BINDING_WRITES and not _only_selects(node):
            machine.add(CallFact(CallKind.BINDING, dotted(node.callee), span, machine.own_step))
        case tree.Name() if _text_of(node).startswith(("insert", "update", "delete", "create", "drop", "alter")):
            machine.add(CallFact(CallKind.BINDING, dotted(node.callee), span, machine.own_step))
        case _:
            return


def _is_of_library(callee: Value) -> bool:
    """Whether a method is one of a map, headers or the like, made of values from the environment."""
    match callee:
        case Method(receiver=Unknown(library=str())):
            return True
        case _:
            return False


def _receiver_origins(callee: Value) -> frozenset[object]:
    match callee:
        case Method(receiver=receiver):
            return frozenset(origins_of(receiver))
        case _:
            return frozenset(origins_of(callee))


def _only_selects(node: tree.Node) -> bool:
    """Whether a chain of calls holds a constant statement that only reads."""
    while True:
        match node:
            case tree.Call(callee=callee) as call:
                if _text_of(call).startswith("select"):
                    return True
                node = callee
            case tree.Member(object=owner):
                node = owner
            case _:
                return False


def _text_of(node: tree.Call) -> str:
    """The constant text a call's first argument begins with, in lower case."""
    match node.args[:1]:
        case (tree.Literal(value=str(text)),) | (tree.Template(parts=(tree.Literal(value=str(text)), *_)),):
            return text.lstrip().lower()
        case _:
            return ""


# ---------------------------------------------------------------- what cannot be seen, what comes back


def _is_unseen(callee: Value) -> bool:
    match callee:
        case Unknown():
            return True
        case External(meaning=meaning):
            return meaning is None or meaning not in HANDLERS
        case Method(meaning=meaning, receiver=receiver):
            return meaning not in HANDLERS or (meaning in MUTATORS and not _is_container(receiver))
        case _:
            return False


def _is_container(value: Value) -> bool:
    match value:
        case ListObject() | RecordObject():
            return True
        case _:
            return False


def _call_unseen(machine: Observer, callee: Value, arguments: Arguments, span: Span, go: Go) -> Value:
    """Promises handed over, and those of functions handed over, may be awaited there, unless it is known that they are not."""
    machine.unsure += 1
    try:
        result = go(machine, callee, arguments, span)
    finally:
        machine.unsure -= 1
    if not _leaves_alone(machine, callee, span):
        for value in (result, *arguments.values()):
            machine.collector.escape(promise_ids(value))
    return result


def _leaves_alone(machine: Observer, callee: Value, span: Span) -> bool:
    node = machine.calls.get(span)
    match callee, node:
        case External(meaning=Intrinsic.CONSOLE), _:
            return True
        case _, tree.Call(callee=tree.Member(key=tree.Literal(value="waitUntil"))):
            return True
        case _:
            return False


def _called_back(machine: Observer, callee: Value, arguments: Arguments, span: Span, go: Go) -> Value:
    """A callback's results come from somewhere too: what is filtered or found by a clock comes from the clock."""
    match callee:
        case Method(meaning=Intrinsic.EACH_DISCARD, receiver=receiver) if arguments.positional:
            machine.callbacks.append((arguments.positional[0], set()))
            result = go(machine, callee, arguments, span)
            _, origins = machine.callbacks.pop()
            return Unknown(origins_of(result) | origins_of(receiver) | origins)
        case _:
            return go(machine, callee, arguments, span)


def _known_better(machine: Observer, callee: Value, arguments: Arguments, span: Span, result: Value) -> Value:
    match callee, result:
        case External(meaning=Intrinsic.IO, name=name), Unknown(origins=origins):
            return Unknown(origins, library="Response") if name == "fetch" else result
        case External(name=name, imported=False), Unknown(origins=origins) if arguments.is_new or name in MAKERS:
            return Unknown(origins, library=name)
        case External(name=name), PayloadPart() if name in COPIERS:
            return replace(result, copied=True)
        case _, Unknown(origins=origins, steplike=steplike) if Origin.ENVIRONMENT in origins and _reads(machine, span):
            return Unknown(origins | {Origin.IO}, steplike)
        case _:
            return result


def _reads(machine: Observer, span: Span) -> bool:
    match machine.calls.get(span):
        case tree.Call(callee=tree.Member(key=tree.Literal(value="get")), args=()):
            return False  # of a secret
        case tree.Call(callee=tree.Member(key=tree.Literal(value=str(name)))):
            return name in BINDING_READS
        case _:
            return False
