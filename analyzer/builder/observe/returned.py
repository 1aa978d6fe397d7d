"""Callbacks of steps that do no more than return a name: what evaluating their call would record, without the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.builder.expressions import use
from analyzer.builder.observe.given import given
from analyzer.builder.scopes import Scope, Usage
from analyzer.builder.values import Accumulator, Closure, Coroutine, Promise, Value
from analyzer.flow import tree
from analyzer.graph.facts import ResultFact

if TYPE_CHECKING:
    from analyzer.builder.observe.observer import Observer

AWAITED = frozenset({Promise, Coroutine, Accumulator})
"""The kinds of value that whoever is handed them waits for."""


def returned_name(machine: Observer, callback: Closure) -> Value | None:
    """What a callback of a step gives, recorded as its result; None if it has to be called to know."""
    if not callback.function.body.returned or callback.function.params or callback.name is not None:
        return None
    match callback.function.body.nodes:
        case (tree.Exit(value=tree.Name() as name, span=span),) if callback.module is machine.module:
            with machine.inside(Scope(callback.scope, Usage)):
                value = use(machine.eval(name))
            if value.__class__ in AWAITED:
                return None
            machine.add(ResultFact(machine.frame.step, given(value, name, name.span), span, machine.own_step))
            return value
        case _:
            return None
