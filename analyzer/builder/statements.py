"""Statements that are neither branches nor loops: leaving, try, with, blocks, imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from analyzer.builder.branches import branch
from analyzer.builder.expressions import use
from analyzer.builder.loops import loop
from analyzer.builder.machine import Machine, Outcome, Target
from analyzer.builder.module_scopes import import_value
from analyzer.builder.names import bind, declare
from analyzer.builder.promises import return_node
from analyzer.builder.scopes import Cell, Scope
from analyzer.builder.sequences import run_sequence
from analyzer.builder.texts import text_of
from analyzer.builder.values import UNDEFINED, UNKNOWN, TaskGroup, Value, merge
from analyzer.flow import tree
from analyzer.graph import model

Statement: TypeAlias = (
    tree.Exit | tree.Branch | tree.Loop | tree.Block | tree.Try | tree.With | tree.Import | tree.Export | tree.TypeDeclaration
)


def statement(machine: Machine, node: Statement) -> Value:
    """Evaluates what is not an expression alone; comprehensions and short circuits have a value."""
    match node:
        case tree.Branch():
            return branch(machine, node)
        case tree.Exit():
            return _exit(machine, node)
        case tree.Loop():
            return loop(machine, node)
        case tree.Block():
            return _block(machine, node)
        case tree.Try():
            return _try(machine, node)
        case tree.With():
            return _with(machine, node)
        case tree.Import():
            return _import(machine, node)
        case tree.Export() | tree.TypeDeclaration():
            return UNKNOWN
        case _:
            assert_never(node)


def _exit(machine: Machine, node: tree.Exit) -> Value:
    match node.kind:
        case tree.ExitKind.RETURN:
            _return(machine, node)
        case tree.ExitKind.THROW:
            if node.value is not None:
                use(machine.eval(node.value))
            machine.emit(model.Jump(model.JumpKind.THROW, None, node.span))
        case tree.ExitKind.BREAK | tree.ExitKind.CONTINUE:
            _leave(machine, node)
    machine.live = False
    return UNKNOWN


def _return(machine: Machine, node: tree.Exit) -> None:
    frame = machine.frame
    value = UNDEFINED if node.value is None else return_node(machine, node.value, node.span)
    frame.returns.append(use(value))
    machine.emit(model.Jump(model.JumpKind.RETURN, frame.return_target, node.span))


def _leave(machine: Machine, node: tree.Exit) -> None:
    is_break = node.kind is tree.ExitKind.BREAK
    for target in reversed(machine.frame.targets):
        labelled = node.label is not None and target.label == node.label
        nearest = node.label is None and not target.is_block and (is_break or target.is_loop)
        if labelled or nearest:
            target.breaks = target.breaks or is_break
            target.continues = target.continues or not is_break
            kind = model.JumpKind.BREAK if is_break else model.JumpKind.CONTINUE
            machine.emit(model.Jump(kind, target.id, node.span))
            return
    machine.emit(model.Jump(model.JumpKind.BREAK, None, node.span))


def _block(machine: Machine, node: tree.Block) -> Value:
    if node.label is None:
        with machine.inside(Scope(machine.scope)):
            run_sequence(machine, node.body)
        return UNKNOWN
    target = Target(machine.new_id(), node.label, is_loop=False, is_block=True)
    machine.frame.targets.append(target)
    with machine.scratch() as nodes, machine.inside(Scope(machine.scope)):
        run_sequence(machine, node.body)
    machine.frame.targets.pop()
    machine.live = machine.live or target.breaks
    if target.breaks and nodes:
        machine.emit(model.Scope(tuple(nodes), target.id, node.span))
    else:
        machine.sequence.extend(nodes)
    return UNKNOWN


# ---------------------------------------------------------------- try


def _try(machine: Machine, node: tree.Try) -> Value:
    def run_block() -> Value:
        _scoped(machine, node.body)
        if machine.live:
            _scoped(machine, node.orelse)
        return UNKNOWN

    block = machine.outcome(run_block)
    handler = machine.outcome(lambda: _handle(machine, node.handlers, block)) if node.handlers else None
    machine.join([block, handler] if handler else [block], exhaustive=True)
    final = _final(machine, node.final)
    if block.nodes or (handler and handler.nodes) or final:
        machine.emit(model.Try(block.nodes, handler.nodes if handler else None, final, machine.new_id(), node.span))
    return UNKNOWN


def _scoped(machine: Machine, body: tuple[tree.Node, ...]) -> None:
    with machine.inside(Scope(machine.scope)):
        run_sequence(machine, body)


def _handle(machine: Machine, handlers: Sequence[tree.Handler], block: Outcome) -> Value:
    """One handler stands as it is; several are one ``if``. The block may have failed before or after any write of it."""
    for cell, value in block.writes.items():
        machine.set(cell, merge([cell.value, value]))
    if len(handlers) == 1:
        _handler(machine, handlers[0])
        return UNKNOWN
    cases: list[model.Case] = []
    outcomes: list[Outcome] = []
    for handler in handlers:
        mark = len(machine.texts)
        if handler.test is not None:
            machine.eval(handler.test)
        text = text_of(machine, handler.condition, mark) if handler.condition else None
        outcome = machine.outcome(lambda handler=handler: _handler(machine, handler))  # type: ignore[misc]
        outcomes.append(outcome)
        cases.append(model.Case(text, outcome.nodes, handler.span))
    machine.join(outcomes, exhaustive=True)
    if any(case.body for case in cases):
        machine.emit(model.If(tuple(cases), machine.new_id(), handlers[0].span))
    return UNKNOWN


def _handler(machine: Machine, handler: tree.Handler) -> Value:
    with machine.inside(Scope(machine.scope)):
        if handler.target is not None:
            declare(machine, machine.scope, handler.target.target, handler.target.kind)
            bind(machine, handler.target.target, UNKNOWN, handler.target.kind)
        run_sequence(machine, handler.body)
    return UNKNOWN


def _final(machine: Machine, body: tuple[tree.Node, ...] | None) -> tuple[model.Node, ...] | None:
    if body is None:
        return None
    live, machine.live = machine.live, True
    with machine.scratch() as nodes:
        _scoped(machine, body)
    machine.live = machine.live and live
    return tuple(nodes)


# ---------------------------------------------------------------- with, modules


def _with(machine: Machine, node: tree.With) -> Value:
    context = machine.eval(node.context)
    if node.target is not None:
        value = context if isinstance(context, TaskGroup) else UNKNOWN
        bind(machine, node.target.target, value, node.target.kind)
    run_sequence(machine, node.body)
    if isinstance(context, TaskGroup) and context.ids:
        machine.emit(model.Join(tuple(context.ids), model.JoinKind.ALL, span=node.span))
    return UNKNOWN


def _import(machine: Machine, node: tree.Import) -> Value:
    if node.local is not None and node.local != "*" and not node.type_only:
        machine.scope.names[node.local] = Cell(import_value(machine, machine.module, node))
    return UNKNOWN
