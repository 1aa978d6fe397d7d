"""Calls, by what is called."""

from __future__ import annotations

from analyzer.builder.activation import construct, inline, run_constructor
from analyzer.builder.coroutines import coroutine, start_coroutine
from analyzer.builder.decorators import bound_to, is_unbound
from analyzer.builder.library import call_library
from analyzer.builder.machine import Machine, Target
from analyzer.builder.named import call_named
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.steps import agent_step, call_step_method, declare_step, run_declared
from analyzer.builder.unseen import call_unseen
from analyzer.builder.values import (
    AgentMethod,
    Arguments,
    BoundStepMethod,
    Choice,
    ClassObject,
    Closure,
    Coroutine,
    DeclaredStep,
    Decoration,
    External,
    Generator,
    Method,
    Promise,
    SuperObject,
    Value,
    merge,
)
from analyzer.flow.intrinsics import Intrinsic
from analyzer.flow.tree import Start
from analyzer.graph import model
from analyzer.records import replace
from analyzer.source import Span

MAX_CANDIDATES = 32
"""Most known functions one call may choose from (SEMANTICS section 6)."""


def call(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """Calls a value with evaluated arguments; emits what runs at the call."""
    match callee:
        case BoundStepMethod():
            return call_step_method(machine, callee, arguments, span)
        case AgentMethod(step_name=name):
            return agent_step(machine, name, arguments, span)
        case Closure():
            return _call_closure(machine, callee, arguments, span)
        case ClassObject():
            return construct(machine, callee, arguments, span)
        case SuperObject(cls=cls, this=this):
            for base in cls.bases:
                if isinstance(base, ClassObject):
                    run_constructor(machine, base, this, arguments, span)
            return this
        case Decoration():
            return declare_step(machine, callee, arguments, span)
        case DeclaredStep():
            return coroutine(lambda: run_declared(machine, callee, span), span)
        case Choice(candidates=candidates) if len(candidates) <= MAX_CANDIDATES and _callable(callee):
            if all(_is_lazy(candidate) for _, candidate in candidates):
                return coroutine(lambda: _call_choice(machine, callee, arguments, span), span)
            return _call_choice(machine, callee, arguments, span)
        case Method(meaning=meaning):
            return call_library(machine, meaning, callee, arguments, span)
        case External(meaning=Intrinsic() as meaning):
            return call_library(machine, meaning, callee, arguments, span)
        case _:
            return call_unseen(machine, callee, arguments, span)


def _call_closure(machine: Machine, closure: Closure, arguments: Arguments, span: Span) -> Value:
    if closure.given is not None:
        arguments = _behind(closure.given, arguments)
    if is_unbound(closure) and arguments.positional:
        closure = bound_to(closure, arguments.positional[0])
        arguments = replace(arguments, positional=arguments.positional[1:])
    if _is_namer(closure) and len(arguments.positional) == 2:
        return call_library(machine, Intrinsic.NAMED, closure, arguments, span)
    match closure.function.start:
        case Start.ON_ITERATION:
            return Generator(closure, arguments)
        case Start.ON_AWAIT:
            return coroutine(lambda: _activate(machine, closure, arguments, span), span)
        case Start.EAGER:
            return _activate(machine, closure, arguments, span)


def _behind(given: Arguments, arguments: Arguments) -> Arguments:
    """Arguments after those of a partial application; of a keyword the later one counts."""
    positional = given.positional + arguments.positional
    return replace(arguments, positional=positional, keywords=arguments.keywords + given.keywords)


def _activate(machine: Machine, closure: Closure, arguments: Arguments, span: Span) -> Value:
    if closure.name is None:
        return inline(machine, closure, arguments, span)
    return call_named(machine, closure, arguments, span)


def _is_namer(closure: Closure) -> bool:
    """esbuild's helper that gives a function its name back, by what it does (minified, it has another name)."""
    span = closure.function.span
    if span.end - span.start > 120 or len(closure.function.params) != 2:
        return False
    text = closure.module.module.source.slice(span)
    return '"name"' in text and "configurable" in text


def _callable(choice: Choice) -> bool:
    return any(isinstance(value, Closure | DeclaredStep | BoundStepMethod) for _, value in choice.candidates)


def _is_lazy(value: Value) -> bool:
    """Whether a call of it runs nothing yet."""
    match value:
        case Closure(function=function):
            return function.start is Start.ON_AWAIT
        case DeclaredStep():
            return True
        case _:
            return False


def _call_choice(machine: Machine, choice: Choice, arguments: Arguments, span: Span) -> Value:
    target = Target(machine.new_id(), None, is_loop=False)
    outcomes = []
    for _, candidate in choice.candidates:

        def run(candidate: Value = candidate) -> Value:
            value = machine.call(candidate, arguments, span)
            if isinstance(value, Coroutine):
                value = start_coroutine(machine, value)
            machine.emit(model.Jump(model.JumpKind.BREAK, target.id, span))
            return value

        outcomes.append(machine.outcome(run))
    machine.join(outcomes, exhaustive=True)
    if all(len(outcome.nodes) == 1 for outcome in outcomes):
        return merge(outcome.value for outcome in outcomes)
    labels = [label for label, _ in choice.candidates]
    cases = tuple(model.Case(label, outcome.nodes, span) for label, outcome in zip(labels, outcomes, strict=True))
    machine.emit(
        model.Switch(choice.text or "<dynamic>", cases, target.id, span, exhaustive=not _is_optional(machine, arguments))
    )
    ids = tuple(dict.fromkeys(id_ for outcome in outcomes for id_ in promise_ids(outcome.value)))
    result = merge(o.value.result if isinstance(o.value, Promise) else o.value for o in outcomes)
    return Promise(ids, result) if ids else result


def _is_optional(machine: Machine, arguments: Arguments) -> bool:
    """Whether a call runs nothing when there is no function (``f?.()``): the tree has no mark of it, so the text tells."""
    place = arguments.name_span
    text = machine.module.module.source.text
    return place is not None and text[place.end : place.end + 8].lstrip(" \t\r\n])!").startswith("?.")
