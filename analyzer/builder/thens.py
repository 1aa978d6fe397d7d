"""``.then``, ``.catch`` and ``.finally``: what runs after a promise, as a block that waits for it first."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.builder.machine import Machine
from analyzer.builder.promises import LEAVES, in_place, start_block, wait
from analyzer.builder.values import UNKNOWN, Arguments, Closure, Method, Promise, Value, merge
from analyzer.graph import model
from analyzer.records import replace
from analyzer.source import Span


def then(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``p.then(f, g)``: f's nodes after p's, g's as a handler."""
    return _chain(machine, callee, arguments, span, arguments.get(0), arguments.get(1), None)


def catch(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``p.catch(f)``: f's nodes as a handler of p's."""
    return _chain(machine, callee, arguments, span, None, arguments.get(0), None)


def finally_(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``p.finally(f)``: f's nodes in a finally block after p's."""
    return _chain(machine, callee, arguments, span, None, None, arguments.get(0))


def _chain(
    machine: Machine,
    callee: Value,
    arguments: Arguments,
    span: Span,
    after: Value | None,
    handler: Value | None,
    final: Value | None,
) -> Value:
    receiver = callee.receiver if isinstance(callee, Method) else UNKNOWN
    promise = receiver if isinstance(receiver, Promise) else Promise((), UNKNOWN)
    block_id = machine.new_id()
    after_nodes, result = _run(machine, after, promise.result, span)
    handler_nodes, recovered = _run(machine, handler, UNKNOWN, span)
    final_nodes, _ = _run(machine, final, UNKNOWN, span)
    value = promise.result if after is None else result
    if handler is not None:
        value = merge([value, recovered])
    handles = isinstance(handler, Closure) and bool(promise.ids)
    if not after_nodes and not handler_nodes and not final_nodes and not handles:
        return replace(promise, result=value)
    written = _is_written(machine, promise)
    before = _taken(machine, promise, arguments, span)
    if not handles and not handler_nodes and not final_nodes:
        return start_block(machine, (*before, *after_nodes), span, value, block_id)
    if handles and after_nodes:
        return start_block(machine, (_either(machine, before, after_nodes, handler_nodes, span),), span, value, block_id)
    guarded = model.Try(
        (*before, *after_nodes),
        tuple(handler_nodes) if handles or handler_nodes else None,
        tuple(final_nodes) or None,
        machine.new_id(),
        span,
        chained=True,
    )
    machine.emit(model.Block((guarded,), model.Started.FLOATING, block_id, span, implicit=not written))
    return Promise((block_id,), value)


def _is_written(machine: Machine, promise: Promise) -> bool:
    """Whether a promise was just made by a function of the source, whose body is a block in any case."""
    last = machine.sequence[-1] if machine.sequence else None
    return isinstance(last, model.Block) and not last.implicit and last.id in promise.ids


def _either(
    machine: Machine,
    before: Sequence[model.Node],
    after: Sequence[model.Node],
    handler: Sequence[model.Node],
    span: Span,
) -> model.Node:
    """``.then(f, g)``: what follows a failure is g alone, so g leaves the sequence f stands in."""
    scope_id = machine.new_id()
    leaving = (*handler, model.Jump(model.JumpKind.BREAK, scope_id, span))
    return model.Scope((model.Try(tuple(before), leaving, None, machine.new_id(), span, True), *after), scope_id, span)


def _run(machine: Machine, function: Value | None, argument: Value, span: Span) -> tuple[Sequence[model.Node], Value]:
    if function is None:
        return (), UNKNOWN
    if not isinstance(function, Closure):
        return (), UNKNOWN
    first = machine.next_id
    with machine.scratch() as nodes:
        value = machine.call(function, Arguments((argument,), span=span), span)
        value = wait(machine, value, span, first)
    return nodes, value


def _taken(machine: Machine, promise: Promise, arguments: Arguments, span: Span) -> tuple[model.Node, ...]:
    """The nodes a block waits for first: those of a promise started in the same expression, else a join."""
    if not promise.ids:
        return ()
    if promise.ids[0] >= arguments.first and len(machine.sequence) > arguments.mark:
        last = machine.sequence[-1]
        if isinstance(last, LEAVES) and last.id == promise.ids[0]:
            machine.sequence.pop()
            return (model.with_started(last, model.Started.AWAITED),)
        if isinstance(last, model.Block) and last.id == promise.ids[0]:
            machine.sequence.pop()
            return tuple(in_place(last.body, last.id, last.span))
        if isinstance(last, model.Parallel):
            machine.sequence.pop()
            return (last, model.Join(promise.ids, promise.kind, span=span))
    return (model.Join(promise.ids, promise.kind, span=span),)
