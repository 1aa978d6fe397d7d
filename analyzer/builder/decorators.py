"""Decorated functions and methods: step decorators declare, functions of the project are applied, others looked through."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.builder.machine import Machine
from analyzer.builder.values import Arguments, Closure, Decoration, Value
from analyzer.flow import tree
from analyzer.flow.walk import walk
from analyzer.records import replace

THIS = "this"
"""The receiver of JavaScript's functions, which no parameter stands for."""


def decorate(machine: Machine, closure: Closure, nodes: Iterable[tree.Node]) -> Value:
    """What the name of a decorated function holds; the decorator nearest to the function is applied first."""
    decorators = [(machine.eval(node), node.span) for node in nodes]
    value: Value = closure
    for decorator, span in reversed(decorators):
        match decorator:
            case Decoration():
                value = machine.call(decorator, Arguments((value,), span=span), span)
            case Closure() if isinstance(value, Closure):
                value = _applied(machine, decorator, value, Arguments((unbound(value),), span=span))
    return value


def _applied(machine: Machine, decorator: Closure, decorated: Closure, arguments: Arguments) -> Value:
    """What a decorator of the project makes of a function: another function of that name, unless it adds nothing."""
    with machine.aside():
        made = machine.call(decorator, arguments, decorator.function.span)
    match made:
        case Closure() if made.function is decorated.function:
            return bound_to(made, decorated.this)
        case Closure() if not _only_passes_on(machine, made.function):
            given = None if decorated.this is None else Arguments((decorated.this,))
            return replace(made, name=decorated.name, given=given)
        case _:
            return decorated


def _only_passes_on(machine: Machine, wrapper: tree.Function) -> bool:
    """Whether a wrapper awaits one thing, on every path and once: the function that it wraps, as far as steps go."""
    awaits = 0
    for node in walk(wrapper.body.nodes, into_functions=False):
        match node:
            case tree.Loop() | tree.Try() | tree.Branch():
                return False
            case tree.Member(key=tree.Literal(value=str(name))) if name in machine.module.methods:
                return False
            case tree.Await():
                awaits += 1
    return awaits <= 1


def is_unbound(closure: Closure) -> bool:
    """Whether a function is a method whose object is the first argument of its calls, as in ``Class.method(object)``."""
    return closure.this is None and closure.home is not None and closure.function.receiver not in (None, THIS)


def unbound(closure: Closure) -> Closure:
    """A method as the class has it; any other function as it is."""
    return bound_to(closure, None) if closure.home is not None else closure


def bound_to(closure: Closure, this: Value | None) -> Closure:
    """A function with another object."""
    return replace(closure, this=this)
