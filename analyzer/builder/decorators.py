"""Decorated functions and classes: step decorators declare, known functions are applied, others are looked through."""

from __future__ import annotations

from analyzer.builder.machine import Machine
from analyzer.builder.values import Arguments, Closure, Decoration, Value


def decorate(machine: Machine, closure: Closure) -> Value:
    """What the name of a decorated function holds; the decorator nearest to the function is applied first."""
    decorators = [(machine.eval(node), node.span) for node in closure.function.decorators]
    value: Value = closure
    for decorator, span in reversed(decorators):
        if isinstance(decorator, Decoration):
            value = machine.call(decorator, Arguments((value,), span=span), span)
    return value
