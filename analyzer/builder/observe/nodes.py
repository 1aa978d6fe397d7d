"""What is recorded where nodes of the flow tree are evaluated, around what the builder does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyzer.builder import expressions, loops, statements
from analyzer.builder.branches import branch
from analyzer.builder.evaluate import HANDLERS
from analyzer.builder.machine import Handlers
from analyzer.builder.names import lookup
from analyzer.builder.observe import errors, writes
from analyzer.builder.observe.given import given
from analyzer.builder.observe.peek import dotted, peek
from analyzer.builder.observe.positions import is_statement, never_read
from analyzer.builder.promises import SHORT_CIRCUITS
from analyzer.builder.scopes import bound_names
from analyzer.builder.values import (
    BoundStepMethod,
    Choice,
    ClassObject,
    Closure,
    Coroutine,
    DeclaredStep,
    Event,
    External,
    Instance,
    ListObject,
    Namespace,
    RecordObject,
    StepObject,
    Unknown,
    Value,
    origins_of,
)
from analyzer.builder.verbs import METHODS, Verb
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.graph.facts import ResultFact, SlipKind, Use
from analyzer.source import Language

if TYPE_CHECKING:
    from analyzer.builder.observe.observer import Observer

UNOBSERVED = frozenset({StepObject, External, Event, Closure, ClassObject, Namespace})
"""Values of names that rules ask nothing about: they hold no state of a run."""

DICTIONARY_METHODS = frozenset(
    ["get", "keys", "values", "items", "pop", "popitem", "copy", "update", "setdefault", "clear", "fromkeys", "to_py"]
)


def _name(machine: Observer, node: tree.Name) -> Value:
    value = lookup(machine, node)
    if value.__class__ in UNOBSERVED:
        return value
    cell = machine.scope.find(node.name)
    if cell is None:
        return value
    match value:
        case DeclaredStep():
            machine.collector.meet(value)
        case Choice(candidates=candidates):
            for _, candidate in candidates:
                machine.collector.meet(candidate)
        case _:
            pass
    writes.observe_read(machine, node.name, cell)
    return writes.with_module_state(machine, node.name, cell, value)


def _member(machine: Observer, node: tree.Member) -> Value:
    if not isinstance(node.key, tree.Literal):
        machine.watch(node.key)
    value = expressions.member(machine, node)
    if machine.language is Language.PYTHON:
        _observe_attribute(machine, node)
    match node:
        case tree.Member(object=tree.Name() as owner, key=tree.Literal(value=str(name))):
            match peek(machine, owner):
                case Instance(fields=fields) if name in fields:
                    writes.observe_read(machine, name, fields[name])
                case _:
                    return writes.with_member_state(machine, node, owner, value)
        case tree.Member(key=tree.Literal()):
            pass
        case _:
            return _chosen_by(value, machine.value_of(node.key))
    return value


def _chosen_by(value: Value, key: Value | None) -> Value:
    """An element also comes from where its key came from."""
    origins = origins_of(key)
    match value:
        case Choice(text=text, candidates=candidates):
            return Choice(text, candidates, origins)
        case Unknown(origins=own, steplike=steplike) if origins:
            return Unknown(own | origins, steplike)
        case _:
            return value


def _observe_attribute(machine: Observer, node: tree.Member) -> None:
    """Python hands ``run`` a dictionary: it has no attributes but its methods."""
    if node.subscript:
        return
    match node.key, peek(machine, node.object):
        case tree.Literal(value=str(name)), Event() if name not in DICTIONARY_METHODS:
            machine.slip(SlipKind.EVENT_ATTRIBUTE, name, node.span)
        case _:
            return


def _call(machine: Observer, node: tree.Call) -> Value:
    machine.calls[node.span] = node
    match node.callee:
        case tree.Member() as callee:
            _observe_method(machine, callee)
        case _:
            pass
    value, function = expressions.call(machine, node), machine.frame.function
    if value.__class__ is Coroutine and function is not None and is_statement(machine, function, node):
        machine.slip(SlipKind.LOST_COROUTINE, dotted(node.callee), node.span)
    return value


def _observe_method(machine: Observer, callee: tree.Member) -> None:
    name = expressions.constant_key(callee)
    if name is None:
        return
    if machine.language is Language.PYTHON:
        _observe_attribute(machine, callee)
    match peek(machine, callee.object):
        case StepObject() as owner if not owner.agent and name not in METHODS[machine.language]:
            machine.slip(SlipKind.UNKNOWN_METHOD, name, callee.key.span)
        case _:
            return


def _bind(machine: Observer, node: tree.Bind) -> Value:
    value = expressions.bind_value(machine, node)
    for name in bound_names(node.target):
        cell = machine.scope.find(name)
        if cell is not None:
            writes.observe_bind(machine, node, name, cell, value)
    match value, node, machine.frame.function:
        case Coroutine(), tree.Bind(target=tree.Name(name=name), value=tree.Call(callee=callee)), tree.Function() as function:
            if never_read(machine, function, name):
                machine.slip(SlipKind.LOST_COROUTINE, dotted(callee), node.value.span if node.value else node.span)
        case _:
            pass
    return value


def _write(machine: Observer, node: tree.Write) -> Value:
    value = expressions.write(machine, node)
    writes.observe_write(machine, node, value)
    return value


def _await(machine: Observer, node: tree.Await) -> Value:
    match node.value:
        case tree.Branch() as inner if inner.kind in SHORT_CIRCUITS:
            _watch_tests(machine, inner)
        case tree.Name() as name:
            match peek(machine, name):
                case Coroutine() as coroutine:
                    writes.observe_start(machine, coroutine, node.span)
                case _:
                    pass
        case _:
            pass
    return expressions.await_(machine, node)


def _branch(machine: Observer, node: tree.Branch) -> Value:
    _watch_tests(machine, node)
    return branch(machine, node)


def _watch_tests(machine: Observer, node: tree.Branch) -> None:
    tests = [node.subject, *(arm.test for arm in node.arms)]
    for test in tests:
        if test is not None:
            machine.watch(test, (Use.TEST, node.span))


def _loop(machine: Observer, node: tree.Loop) -> Value:
    if node.test is not None:
        machine.watch(node.test, (Use.TEST, node.span))
    if node.iterable is not None:
        machine.watch(node.iterable, (Use.BOUND, node.span))
    with machine.collector.state.turns():
        return loops.loop(machine, node)


def _exit(machine: Observer, node: tree.Exit) -> Value:
    first, length = machine.next_id, len(machine.sequence)
    value = statements.exit_(machine, node)
    if node.kind is tree.ExitKind.RETURN and node.value is not None and machine.frame.returns:
        _observe_result(machine, node.value, machine.frame.returns[-1])
        if errors.is_guarded(machine, node) and _hands_over(machine.sequence[length:], first):
            function = machine.frame.function
            machine.slip(SlipKind.RETURN_IN_TRY, "async" if function and function.is_async else "", node.value.span)
    return value


def _observe_result(machine: Observer, node: tree.Node, value: Value) -> None:
    """What the callback of a step returns, or ``run``."""
    around = machine.frames[-2].step if len(machine.frames) > 1 else None
    if around is not None or len(machine.frames) == 1:
        machine.add(ResultFact(around, given(value, node, node.span), node.span, machine.own_step))


def _hands_over(nodes: list[model.Node], first: int) -> bool:
    """Whether what a return emitted waits for a step by returning its promise."""
    match nodes:
        case [*_, model.Join(), model.Jump()]:
            return True
        case [*_, model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent() as last, model.Jump()]:
            return last.id >= first
        case [*_, model.FunctionCall() as last, model.Jump()]:
            return last.id >= first
        case _:
            return False


def _try(machine: Observer, node: tree.Try) -> Value:
    errors.guard_returns(machine, node)
    value = statements.try_(machine, node)
    errors.observe_try(machine, node)
    return value


def _with(machine: Observer, node: tree.With) -> Value:
    before = len(machine.sequence)
    value = statements.with_(machine, node)
    errors.observe_with(machine, node, machine.sequence[before:])
    return value


def _items(machine: Observer, node: tree.Items) -> Value:
    value = expressions.items(machine, node)
    match value:
        case ListObject():
            value.kind = node.kind
        case _:
            pass
    return value


def _record(machine: Observer, node: tree.Record) -> Value:
    value = expressions.record(machine, node)
    match value:
        case RecordObject():
            value.node = node
        case _:
            pass
    return value


def _function(machine: Observer, node: tree.Function) -> Value:
    for decorator in node.decorators:
        match peek(machine, decorator):
            case BoundStepMethod(method=method) if method.verb is Verb.DECLARE:
                machine.slip(SlipKind.BARE_DECORATOR, dotted(decorator), decorator.span)
            case _:
                pass
    return expressions.function(machine, node)


_AROUND: dict[type, Any] = {
    tree.Name: _name,
    tree.Member: _member,
    tree.Call: _call,
    tree.Bind: _bind,
    tree.Write: _write,
    tree.Await: _await,
    tree.Branch: _branch,
    tree.Loop: _loop,
    tree.Exit: _exit,
    tree.Try: _try,
    tree.With: _with,
    tree.Items: _items,
    tree.Record: _record,
    tree.Function: _function,
}

OBSERVED: Handlers = {**HANDLERS, **_AROUND}
"""What each kind of node does in an observing machine."""
