"""Started things: emitting them, waiting for them, and functions written in place of their call."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzer.builder.branches import short_circuit
from analyzer.builder.coroutines import start_coroutine
from analyzer.builder.machine import Machine
from analyzer.builder.values import (
    UNKNOWN,
    Accumulator,
    Coroutine,
    Promise,
    Value,
)
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.records import replace
from analyzer.source import Span

LEAVES = (model.StepDo, model.StepSleep, model.StepSleepUntil, model.StepWaitForEvent, model.FunctionCall)
SHORT_CIRCUITS = frozenset({tree.BranchKind.TERNARY, tree.BranchKind.AND, tree.BranchKind.OR, tree.BranchKind.NULLISH})


def start(machine: Machine, node: model.Promise, result: Value) -> Promise:
    """Emits something that starts here; nobody waits for it yet."""
    machine.emit(node)
    return Promise((node.id,), result)


def start_block(
    machine: Machine, body: Sequence[model.Node], span: Span, result: Value, block_id: int, outer: Sequence[int] = ()
) -> Value:
    """Emits an inlined asynchronous function; one that only returns one step or call is that step or call."""
    returns = bool(body) and isinstance(body[-1], model.Jump)
    body = without_tail_returns(tuple(body), block_id)
    if not body:
        return Promise(tuple(outer), result) if outer else result
    first = body[0]
    if returns and len(body) == 1 and isinstance(first, LEAVES) and first.started is model.Started.AWAITED:
        machine.emit(model.with_started(first, model.Started.FLOATING))
        return Promise((first.id, *outer), result)
    machine.emit(model.Block(body, model.Started.FLOATING, block_id, span))
    return Promise((block_id, *outer), result)


def await_node(machine: Machine, node: tree.Node, span: Span) -> Value:
    """Evaluates an operand of ``await``; each way through a short circuit is awaited by itself."""
    if node.__class__ is tree.Call:
        first = machine.next_id
        return wait(machine, machine.eval(node), span, first)
    return _settled(machine, node, lambda value, first: wait(machine, value, span, first))


def return_node(machine: Machine, node: tree.Node, span: Span) -> Value:
    """Evaluates what a function returns: a promise is waited for by whoever waits for the function."""
    if not machine.frame.waits_for_return:
        return machine.eval(node)
    return _settled(machine, node, lambda value, first: wait(machine, value, span, first, returned=True))


def _settled(machine: Machine, node: tree.Node, settle: Callable[[Value, int], Value]) -> Value:
    if isinstance(node, tree.Branch) and node.kind in SHORT_CIRCUITS:
        return short_circuit(machine, node, lambda inner: _settled(machine, inner, settle))
    if isinstance(node, tree.Operation) and node.operator == ",":
        for operand in node.operands[:-1]:
            machine.eval(operand)
        return _settled(machine, node.operands[-1], settle)
    first = machine.next_id
    return settle(machine.eval(node), first)


def wait(machine: Machine, value: Value, span: Span, first: int, *, returned: bool = False) -> Value:
    """Waits for a value. Ids from ``first`` on were started in the awaited expression itself."""
    match value:
        case Promise():
            ids, result = value.ids, value.result
            escapes = returned and machine.frame.tries > 0
            if escapes or not _awaited_on_the_spot(machine, ids, first):
                _join(machine, value, span, returned and (escapes or ids[:1] < (first,)), escapes and ids[:1] >= (first,))
            return result if not isinstance(result, Promise) else wait(machine, result, span, first)
        case Coroutine():
            return wait(machine, start_coroutine(machine, value), span, first, returned=returned)
        case Accumulator():
            value.awaited = True
            return UNKNOWN
        case _:
            return value


def _awaited_on_the_spot(machine: Machine, ids: tuple[int, ...], first: int) -> bool:
    if not ids or ids[0] < first or not machine.sequence:
        return False
    last = machine.sequence[-1]
    if isinstance(last, LEAVES) and last.id == ids[0]:
        machine.sequence[-1] = model.with_started(last, model.Started.AWAITED)
        if len(ids) > 1:  # promises of ours that the called function waits for
            machine.emit(model.Join(ids[1:], model.JoinKind.ALL, span=last.span))
        return True
    if isinstance(last, model.Block) and last.id == ids[0]:
        machine.sequence[-1:] = in_place(last.body, last.id, last.span)
        return True
    if isinstance(last, model.Switch | model.If):
        machine.sequence[-1] = _awaited_cases(last, ids)
        return machine.sequence[-1] is not last
    return False


def _awaited_cases(node: model.Switch | model.If, ids: tuple[int, ...]) -> model.Switch | model.If:
    """A choice of calls of which whichever was made is awaited at once; itself if it is another one."""
    found: list[int] = []
    cases = []
    for case in node.cases:
        body = list(case.body)
        end = len(body) - (bool(body) and body[-1].__class__ is model.Jump)
        for index, inner in enumerate(body[max(0, end - 1) : end], max(0, end - 1)):
            if isinstance(inner, LEAVES) and inner.id in ids:
                found.append(inner.id)
                body[index] = model.with_started(inner, model.Started.AWAITED)
        cases.append(replace(case, body=tuple(body)))
    return replace(node, cases=tuple(cases)) if sorted(found) == sorted(ids) else node


def in_place(body: tuple[model.Node, ...], scope_id: int, span: Span | None) -> list[model.Node]:
    """An inlined function's nodes as part of a sequence; in a scope if a return leaves it early."""
    if any(isinstance(node, model.Jump) and node.target == scope_id for node in model.walk(body)):
        return [model.Scope(body, scope_id, span)]
    return list(body)


def _join(machine: Machine, promise: Promise, span: Span, returned: bool, at_once: bool = False) -> None:
    ids = promise.ids
    frame = machine.frame
    for id_ in ids:
        if id_ < frame.first_id:
            frame.outer[id_] = None
    for iterated, deferred in reversed(frame.deferred):
        if iterated.issuperset(ids):
            deferred.update(dict.fromkeys(ids))
            return
    if ids:
        machine.emit(model.Join(ids, promise.kind, returned, span, promise.others, at_once))


def without_tail_returns(body: tuple[model.Node, ...], scope_id: int) -> tuple[model.Node, ...]:
    """A body without the returns at its end that leave only what ends there anyway."""
    while body and isinstance(body[-1], model.Jump) and body[-1].target == scope_id and body[-1].kind is model.JumpKind.RETURN:
        body = body[:-1]
    if body and isinstance(body[-1], model.If):
        last = body[-1]
        cases = tuple(replace(case, body=without_tail_returns(case.body, scope_id)) for case in last.cases)
        if cases != last.cases or any(a.body is not b.body for a, b in zip(cases, last.cases, strict=True)):
            rest = (replace(last, cases=cases),) if any(case.body for case in cases) else ()
            return (*body[:-1], *rest)
    return body
