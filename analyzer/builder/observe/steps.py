"""Step calls as written: every argument by what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict

from analyzer.builder.dependencies import CONTEXT, dependencies_of
from analyzer.builder.machine import read
from analyzer.builder.observe.errors import holds_steps
from analyzer.builder.observe.given import keyword, nodes_of, positional
from analyzer.builder.values import (
    UNKNOWN,
    Arguments,
    BoundStepMethod,
    Closure,
    Coroutine,
    DeclaredStep,
    RecordObject,
    Value,
)
from analyzer.builder.verbs import Verb
from analyzer.flow import tree
from analyzer.graph.facts import Given, SlipFact, SlipKind, StepFact, StepKind, ValueKind
from analyzer.records import replace
from analyzer.source import Span

if TYPE_CHECKING:
    from analyzer.builder.observe.observer import Observer

KINDS = {
    Verb.DO: StepKind.DO,
    Verb.DECLARE: StepKind.DO,
    Verb.SLEEP: StepKind.SLEEP,
    Verb.SLEEP_UNTIL: StepKind.SLEEP_UNTIL,
    Verb.WAIT_FOR_EVENT: StepKind.WAIT_FOR_EVENT,
}


def observe_step(machine: Observer, method: BoundStepMethod, arguments: Arguments, span: Span) -> None:
    """A method of the step object is called."""
    verb = method.method.verb
    function = machine.frame.function
    fact = StepFact(
        KINDS[verb],
        span,
        arguments.name_span or span,
        open=arguments.open,
        asynchronous=function is not None and function.is_async,
        inside=machine.own_step,
        **_SORTERS[verb](_Taker(machine, arguments, span)),
    )
    machine.add(fact)
    if verb is Verb.DO and len(arguments.positional) > 2 and not machine.quiet:
        _observe_rollback(machine, arguments, span)
    if verb is Verb.DECLARE:
        _observe_handed(machine, arguments, span)


class _Sorted(TypedDict, total=False):
    """Arguments of a step call, by what they are for."""

    name: Given | None
    config: Given | None
    callback: Given | None
    rollback: Given | None
    when: Given | None
    options: Given | None
    event_type: Given | None
    timeout: Given | None


class _Taker:
    """Arguments of one call, each with the piece of source it is written as."""

    def __init__(self, machine: Observer, arguments: Arguments, span: Span) -> None:
        self.node = machine.calls.get(span)
        self.nodes = nodes_of(arguments, self.node)
        self.async_calls = machine.async_calls
        self.arguments = arguments
        self.span = span

    def at(self, index: int, name: str | None = None) -> Given | None:
        """The argument at a position or under a keyword. A call of an asynchronous function is a promise."""
        value = positional(self.arguments, self.nodes, index, self.span)
        if value is None and name is not None and self.arguments.keywords:
            value = keyword(self.arguments, self.node, name, self.span)
        if value is not None and value.span in self.async_calls:
            return replace(value, kind=ValueKind.PROMISE)
        return value


def _do(take: _Taker) -> _Sorted:
    name, second, third = take.at(0), take.at(1), take.at(2)
    if second is None or third is None:
        if second is not None and second.kind is ValueKind.RECORD:
            return {"name": name, "config": second}
        return {"name": name, "callback": second}
    if second.kind is ValueKind.FUNCTION or (third.kind is ValueKind.RECORD and second.kind is not ValueKind.RECORD):
        return {"name": name, "callback": second, "rollback": third}
    return {"name": name, "config": second, "callback": third, "rollback": take.at(3)}


def _declare(take: _Taker) -> _Sorted:
    return {"name": take.at(0, "name"), "config": take.at(len(take.arguments.positional), "config")}


def _sleep(take: _Taker) -> _Sorted:
    return {"name": take.at(0, "name"), "when": take.at(1, "duration")}


def _sleep_until(take: _Taker) -> _Sorted:
    return {"name": take.at(0, "name"), "when": take.at(1, "timestamp")}


def _wait(take: _Taker) -> _Sorted:
    name, second = take.at(0, "name"), take.at(1, "event_type")
    if second is None or second.kind is not ValueKind.RECORD:
        timeout = take.at(len(take.arguments.positional), "timeout")
        return {"name": name, "options": second, "event_type": second, "timeout": timeout}
    kind, limit = second.get("type"), second.get("timeout")
    return {
        "name": name,
        "options": second,
        "event_type": kind.value if kind else None,
        "timeout": limit.value if limit else None,
    }


_SORTERS: dict[Verb, Callable[[_Taker], _Sorted]] = {
    Verb.DO: _do,
    Verb.DECLARE: _declare,
    Verb.SLEEP: _sleep,
    Verb.SLEEP_UNTIL: _sleep_until,
    Verb.WAIT_FOR_EVENT: _wait,
}


def _observe_rollback(machine: Observer, arguments: Arguments, span: Span) -> None:
    """A rollback handler runs when the workflow has failed: no step can run in it."""
    for value in arguments.positional[2:4]:
        match value:
            case RecordObject(fields={"rollback": cell}):
                match read(cell):
                    case Closure() as handler:
                        with machine.isolated() as nodes:
                            machine.call(handler, Arguments((UNKNOWN,), span=span), span)
                        if holds_steps(nodes):
                            machine.slip(SlipKind.STEP_IN_ROLLBACK, "", handler.function.span)
                    case _:
                        continue
            case _:
                continue


# ---------------------------------------------------------------- Python's declared steps


def _observe_handed(machine: Observer, arguments: Arguments, span: Span) -> None:
    """A function handed to Python's ``do``, which has no parameter for one."""
    for value in arguments.positional[1:]:
        match value:
            case Closure() | DeclaredStep() | Coroutine():
                machine.slip(SlipKind.HANDED_FUNCTION, "", span)
            case _:
                continue


def observe_declared(machine: Observer, step: Value) -> None:
    """A step is declared: a mistake if nothing ever names or needs it."""
    match step:
        case DeclaredStep(name=name, span=span) if not machine.quiet:
            machine.collector.expect(step, SlipFact(SlipKind.UNUSED_STEP, name, span, machine.step))
        case _:
            return


def observe_run(machine: Observer, step: DeclaredStep, arguments: Arguments, span: Span) -> None:
    """A declared step is called."""
    if arguments.positional or arguments.keywords:
        machine.slip(SlipKind.STEP_ARGUMENTS, step.name, span)
    seen: set[int] = set()
    pending = [step]
    while pending:
        needed = pending.pop()
        if id(needed) in seen:
            continue
        seen.add(id(needed))
        machine.collector.meet(needed)
        _observe_signature(machine, needed)
        pending.extend(dependencies_of(machine, needed))


def _observe_signature(machine: Observer, step: DeclaredStep) -> None:
    params = [param for param in step.closure.function.params if _named(param) != CONTEXT]
    if machine.options.implicit_dependencies:
        if step.decoration.depends is not None:
            machine.slip(SlipKind.WRONG_DEPENDS, "depends", step.span)
            return
        for param in params:
            if _named(param) not in machine.declared:
                machine.slip(SlipKind.UNKNOWN_PARAMETER, _named(param) or "*", param.span)
        return
    _observe_listed(machine, step, len(params))


def _observe_listed(machine: Observer, step: DeclaredStep, params: int) -> None:
    """The older mode: ``depends`` lists a callable for each parameter."""
    depends = step.decoration.depends
    if depends is None and params:
        machine.slip(SlipKind.WRONG_DEPENDS, f"{params} parameters and no depends", step.span)
    listed = dependencies_of(machine, step)
    if depends is not None and listed and len(listed) != params:
        machine.slip(SlipKind.WRONG_DEPENDS, f"{params} parameters and {len(listed)} in depends", step.span)


def _named(param: tree.Param) -> str | None:
    match param.target:
        case tree.Name(name=name):
            return name
        case _:
            return None
