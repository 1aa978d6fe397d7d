"""Errors: objects made, handlers around steps, classes that caught errors are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analyzer.builder.machine import class_chain
from analyzer.builder.observe.given import is_closed, nodes_of, positional
from analyzer.builder.observe.peek import peek
from analyzer.builder.observe.positions import is_statement
from analyzer.builder.values import (
    Arguments,
    ClassObject,
    Closure,
    External,
    Instance,
    Promise,
    Unknown,
    Value,
)
from analyzer.flow import tree
from analyzer.flow.intrinsics import Intrinsic
from analyzer.flow.walk import walk
from analyzer.graph import model
from analyzer.graph.facts import CatchFact, CaughtClass, ErrorFact, HandlerBody, InstanceTestFact, Origin
from analyzer.source import Language, Span

if TYPE_CHECKING:
    from analyzer.builder.observe.observer import Observer

NON_RETRYABLE = "NonRetryableError"


def observe_error(machine: Observer, callee: Value, result: Value, arguments: Arguments, span: Span) -> None:
    """Something is called or constructed: an error object is a fact."""
    match callee, result:
        case External(name=name), _ if name.endswith("Error") and (arguments.is_new or machine.language is Language.PYTHON):
            own, names_itself = False, True
        case ClassObject() as cls, Instance(fields=fields) if _is_error(cls):
            name, own, names_itself = cls.name or "", True, "name" in fields or _sets_name(cls)
        case _:
            return
    nodes = nodes_of(arguments, machine.calls.get(span))
    given = tuple(filter(None, (positional(arguments, nodes, index, span) for index in range(2))))
    machine.add(ErrorFact(name, own, names_itself, given, span, machine.own_step))


def _is_error(cls: ClassObject) -> bool:
    return cls.name == NON_RETRYABLE or not is_closed(cls)


def _sets_name(cls: ClassObject) -> bool:
    """Whether a class or a base of it has a member ``name``, or is the engine's own class."""
    for link in class_chain(cls):
        for member in link.node.members:
            match member.key:
                case tree.Literal(value="name"):
                    return True
                case _:
                    continue
        for base in link.bases:
            match base:
                case External(name=name, imported=True) if name.endswith("." + NON_RETRYABLE):
                    return True
                case _:
                    continue
    return False


# ---------------------------------------------------------------- handlers


def observe_try(machine: Observer, node: tree.Try) -> None:
    """A try has been evaluated: its handlers are facts if steps stand in its block."""
    match machine.sequence[-1:]:
        case [model.Try(block=block, span=span)] if span == node.span and holds_steps(block):
            only, seen = _only_steps(node, block), _only_seen(machine, node.body)
            for handler in node.handlers:
                classes = tuple(_classes(machine, handler.test))
                machine.add(CatchFact(_body(machine, handler.body), classes, only, handler.span, machine.own_step))
                match handler.target:
                    case tree.Bind(target=tree.Name(name=name)):
                        _observe_tests(machine, handler.body, name, only_seen=seen)
                    case _:
                        continue
        case _:
            return


def observe_with(machine: Observer, node: tree.With, block: Sequence[model.Node]) -> None:
    """A ``with`` has been evaluated, and what it holds emitted: ``contextlib.suppress`` is a handler that does nothing."""
    match node.context:
        case tree.Call(callee=callee, args=args) if holds_steps(block):
            match peek(machine, callee):
                case External(name="contextlib.suppress"):
                    classes = tuple(caught for test in args for caught in _classes(machine, test))
                    only = _only_steps(node, tuple(block))
                    machine.add(CatchFact(HandlerBody.NOTHING, classes, only, node.context.span, machine.own_step))
                case _:
                    return
        case _:
            return


def _only_seen(machine: Observer, body: tuple[tree.Node, ...]) -> bool:
    """Whether a body, functions in it aside, calls nothing of a package, and no object of unknown kind."""
    return not any(_is_unseen_call(machine, node) for node in walk(body, into_functions=False))


def _is_unseen_call(machine: Observer, node: tree.Node) -> bool:
    match node:
        case tree.Call(callee=tree.Member(object=owner)):
            return _is_foreign(peek(machine, owner))
        case tree.Call(callee=callee):
            return _is_foreign(peek(machine, callee))
        case _:
            return False


def _is_foreign(value: Value | None) -> bool:
    match value:
        case External(imported=imported):
            return imported
        case Unknown(origins=origins, library=library):
            return library is None and Origin.STEP_RESULT not in origins and Origin.PAYLOAD not in origins
        case _:
            return False


def observe_catch(machine: Observer, receiver: Value, handler: Value | None, span: Span) -> None:
    """``.catch(f)`` of a promise of steps."""
    match receiver, handler:
        case Promise(ids=(_, *_)), Closure(function=function) if not _is_for_show(machine, span):
            body = _without_undefined(function.body.nodes)
            machine.add(CatchFact(_body(machine, body), (), True, span, machine.own_step))
            match function.params:
                case (tree.Param(target=tree.Name(name=name)), *_):
                    _observe_tests(machine, body, name, only_seen=True)
                case _:
                    return
        case _:
            return


def _is_for_show(machine: Observer, span: Span) -> bool:
    """Whether ``p.catch(f)`` only keeps a rejection from counting as unhandled: who awaits ``p`` is told of it all the same."""
    node, function = machine.calls.get(span), machine.frame.function
    match node:
        case tree.Call(callee=tree.Member(object=tree.Name())) if function is not None:
            return is_statement(machine, function, node)
        case _:
            return False


def _without_undefined(body: tuple[tree.Node, ...]) -> tuple[tree.Node, ...]:
    match body:
        case (tree.Exit(kind=tree.ExitKind.RETURN, value=None | tree.Literal(value=tree.Undefined())),):
            return ()
        case _:
            return body


def holds_steps(nodes: Sequence[model.Node]) -> bool:
    """Whether a step or a call of a function with steps is among nodes or inside them."""
    return any(_is_step(node) or _is_call(node) for node in model.walk(tuple(nodes)))


def _is_step(node: model.Node) -> bool:
    match node:
        case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
            return True
        case _:
            return False


def _is_call(node: model.Node) -> bool:
    match node:
        case model.FunctionCall():
            return True
        case _:
            return False


def _only_steps(node: tree.Try | tree.With, block: tuple[model.Node, ...]) -> bool:
    """Whether each statement of a block is the await of one step, so that nothing else can fail in it."""
    steps = [inner for inner in block if not isinstance(inner, model.Jump)]
    return len(steps) == len(node.body) and all(map(_is_step, steps)) and all(map(_is_plain_await, node.body))


def _is_plain_await(node: tree.Node) -> bool:
    match node:
        case tree.Await(value=tree.Call(callee=callee, args=args)):
            return _is_plain(callee) and all(map(_is_plain, args))
        case tree.Bind(target=tree.Name(), value=tree.Await() as inner) | tree.Exit(value=tree.Await() as inner):
            return _is_plain_await(inner)
        case _:
            return False


def _is_plain(node: tree.Node) -> bool:
    match node:
        case tree.Name() | tree.Literal() | tree.Function():
            return True
        case tree.Member(object=owner, subscript=False):
            return _is_plain(owner)
        case tree.Record(entries=entries):
            return all(_is_plain(entry.value) for entry in entries)
        case _:
            return False


def _body(machine: Observer, body: Sequence[tree.Node]) -> HandlerBody:
    doing = [node for node in body if not isinstance(node, tree.Literal)]
    if not doing:
        return HandlerBody.NOTHING
    return HandlerBody.LOGS if all(_logs(machine, node) for node in doing) else HandlerBody.OTHER


def _logs(machine: Observer, node: tree.Node) -> bool:
    match node:
        case tree.Call(callee=callee):
            match peek(machine, callee):
                case External(meaning=Intrinsic.CONSOLE):
                    return True
                case _:
                    return False
        case _:
            return False


def _classes(machine: Observer, test: tree.Node | None) -> Iterator[CaughtClass]:
    match test:
        case None:
            return
        case tree.Items(elements=elements):
            for element in elements:
                yield from _classes(machine, element)
        case _:
            match peek(machine, test):
                case External(name=name):
                    yield CaughtClass(name, False, test.span)
                case ClassObject(name=str(name)):
                    yield CaughtClass(name, True, test.span)
                case _:
                    return


def _observe_tests(machine: Observer, body: tuple[tree.Node, ...], caught: str, *, only_seen: bool) -> None:
    for node in walk(body, into_functions=False):
        match node:
            case tree.Operation(operator="instanceof", operands=(tree.Name(name=name), tested)) if name == caught:
                pass
            case tree.Call(callee=tree.Name(name="isinstance"), args=(tree.Name(name=name), tested)) if name == caught:
                pass
            case _:
                continue
        for known in _classes(machine, tested):
            machine.add(InstanceTestFact(known, only_seen, node.span, machine.own_step))


# ---------------------------------------------------------------- returns in a try


def guard_returns(machine: Observer, node: tree.Try) -> None:
    """Remembers the returns of a try's block that hand over a promise its handlers will not see."""
    if not node.handlers or machine.language is Language.PYTHON:
        return
    for inner in walk((*node.body, *node.orelse), into_functions=False):
        match inner:
            case tree.Exit(kind=tree.ExitKind.RETURN, value=tree.Call() | tree.Name() | tree.Member()):
                machine.guarded_returns.add(id(inner))
            case _:
                continue


def is_guarded(machine: Observer, node: tree.Exit) -> bool:
    """Whether a return was remembered by ``guard_returns``."""
    return id(node) in machine.guarded_returns
