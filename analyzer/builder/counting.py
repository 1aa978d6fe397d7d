"""Loops that count: ``for (let i = a; i < b; i += c)`` with constants."""

from __future__ import annotations

from analyzer.builder.machine import Machine, read
from analyzer.builder.values import Constant, Value
from analyzer.flow import tree
from analyzer.flow.walk import walk

COMPARISONS = {"<": 0, "<=": 1, ">": 0, ">=": -1}
"""What is added to a bound to make it one that is not reached, by the comparison with it."""


def counted_turns(machine: Machine, node: tree.Loop) -> int | None:
    """How often a loop runs whose counter starts, ends and steps by constants and is written by its update only; else None."""
    match node:
        case tree.Loop(
            test=tree.Operation(operator=comparison, operands=(tree.Name(name=name), bound)),
            update=tree.Bind(
                target=tree.Name(name=written),
                value=tree.Operation(
                    operator="+" | "-" as sign, operands=(tree.Name(name=counter), tree.Literal(value=int(by)))
                ),
            ),
        ) if name == written == counter and comparison in COMPARISONS and by:
            step = by if sign == "+" else -by
            return _turns(machine, node, name, comparison, bound, step)
        case _:
            return None


def _turns(machine: Machine, node: tree.Loop, name: str, comparison: str, bound: tree.Node, step: int) -> int | None:
    cell = machine.scope.names.get(name)  # of the loop's own block: one from further out may have counted before
    start, end = _number(None if cell is None else read(cell)), _number(_plain(machine, bound))
    if start is None or end is None or (comparison[0] == "<") != (step > 0) or _writes(node.body, name):
        return None
    return len(range(start, end + COMPARISONS[comparison], step))


def _plain(machine: Machine, node: tree.Node) -> Value | None:
    """The value of an expression that does nothing."""
    match node:
        case tree.Literal() | tree.Name() | tree.Member(object=tree.Name(), key=tree.Literal()):
            with machine.isolated():
                return machine.eval(node)
        case _:
            return None


def _number(value: Value | None) -> int | None:
    match value:
        case Constant(value=bool()):
            return None
        case Constant(value=int(number)):
            return number
        case _:
            return None


def _writes(body: tuple[tree.Node, ...], name: str) -> bool:
    for node in walk(body, into_functions=True):
        match node:
            case tree.Bind(target=tree.Name(name=target)) if target == name:
                return True
            case _:
                continue
    return False
