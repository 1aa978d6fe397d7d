"""Sequences of statements: declarations first, then each in order, until one leaves."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.builder.machine import Machine
from analyzer.builder.names import declare
from analyzer.builder.scopes import Scope
from analyzer.builder.values import UNKNOWN, Value
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.graph.steps import STEPS


def evaluate_body(machine: Machine, body: tuple[tree.Node, ...]) -> Value:
    """Runs a sequence in a block scope of its own."""
    outer = machine.scope
    machine.scope = Scope(outer)
    run_sequence(machine, body)
    machine.scope = outer
    return UNKNOWN


def run_sequence(machine: Machine, body: tuple[tree.Node, ...], *, hoisted: bool = True) -> None:
    """Runs statements in the current scope; what comes after one that leaves is dropped, with a note if it held steps."""
    if hoisted:
        hoist(machine, body)
    for index, node in enumerate(body):
        if not machine.live:
            _drop(machine, body[index:])
            return
        if isinstance(node, tree.Bind) and node.kind is tree.BindKind.HOISTED:
            continue
        machine.eval(node)


def hoist(machine: Machine, body: Iterable[tree.Node]) -> None:
    """Makes the cells of a block's names, and binds its function declarations."""
    functions = []
    for node in body:
        if not isinstance(node, tree.Bind):
            continue
        if node.kind in (tree.BindKind.CONST, tree.BindKind.LET):
            declare(machine, machine.scope, node.target, node.kind)
        elif node.kind is tree.BindKind.HOISTED:
            declare(machine, machine.scope, node.target, node.kind)
            functions.append(node)
    for node in functions:
        machine.eval(node)


def _drop(machine: Machine, rest: tuple[tree.Node, ...]) -> None:
    with machine.isolated() as nodes:
        for node in rest:
            machine.eval(node)
    note_unreachable(machine, tuple(nodes))


def note_unreachable(machine: Machine, nodes: tuple[model.Node, ...]) -> None:
    """One note for dropped nodes that hold a step."""
    for node in model.walk(nodes):
        if isinstance(node, STEPS):
            machine.note("SG304", node.span, f"step {node.name!r} is never reached", model.Severity.WARNING)
            return
