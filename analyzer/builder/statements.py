"""Statements that are neither branches nor loops: leaving, try, with, blocks, imports."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.builder.activation import generate
from analyzer.builder.expressions import use
from analyzer.builder.jumps import leave, meet
from analyzer.builder.machine import Machine, Outcome, Target
from analyzer.builder.members import get_member
from analyzer.builder.module_scopes import import_value
from analyzer.builder.names import bind, declare
from analyzer.builder.promises import LEAVES, return_node, wait
from analyzer.builder.scopes import Cell, Scope
from analyzer.builder.sequences import evaluate_body, run_sequence
from analyzer.builder.texts import text_of
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Arguments,
    Closure,
    External,
    Generator,
    Instance,
    TaskGroup,
    Value,
    merge,
)
from analyzer.flow import tree
from analyzer.flow.intrinsics import Intrinsic
from analyzer.graph import model


def exit_(machine: Machine, node: tree.Exit) -> Value:
    """Leaves: the jump is emitted, and nothing after it in the sequence is live."""
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
    if machine.sequence is frame.sequence:
        frame.ended = True
    elif len(machine.frames) > 1:
        leave(machine, frame.mark, frame.ends)
    machine.emit(model.Jump(model.JumpKind.RETURN, frame.return_target, node.span))


def _leave(machine: Machine, node: tree.Exit) -> None:
    is_break = node.kind is tree.ExitKind.BREAK
    for target in reversed(machine.frame.targets):
        labelled = node.label is not None and target.label == node.label
        nearest = node.label is None and not target.is_block and (is_break or target.is_loop)
        if labelled or nearest:
            leave(machine, target.mark, target.breaks if is_break else target.continues)
            kind = model.JumpKind.BREAK if is_break else model.JumpKind.CONTINUE
            machine.emit(model.Jump(kind, target.id, node.span))
            return
    machine.emit(model.Jump(model.JumpKind.BREAK, None, node.span))


def block(machine: Machine, node: tree.Block) -> Value:
    """Runs a block; one that a labelled break leaves is a scope of the graph."""
    if node.label is None:
        with machine.inside(Scope(machine.scope)):
            run_sequence(machine, node.body)
        return UNKNOWN
    target = Target(machine.new_id(), node.label, is_loop=False, is_block=True, mark=len(machine.trail))
    machine.frame.targets.append(target)
    with machine.scratch() as nodes, machine.inside(Scope(machine.scope)):
        run_sequence(machine, node.body)
    machine.frame.targets.pop()
    meet(machine, target.mark, target.breaks)
    if target.breaks and nodes:
        machine.emit(model.Scope(tuple(nodes), target.id, node.span))
    else:
        machine.sequence.extend(nodes)
    return UNKNOWN


# ---------------------------------------------------------------- try


def try_(machine: Machine, node: tree.Try) -> Value:
    """Runs a try: the handler may begin after any part of the block."""

    def run_block() -> Value:
        evaluate_body(machine, node.body)
        if machine.live:
            evaluate_body(machine, node.orelse)
        return UNKNOWN

    guarded = bool(node.handlers) or node.final is not None
    machine.frame.tries += guarded
    body = machine.outcome(run_block)
    machine.frame.tries -= guarded
    handler = machine.outcome(lambda: _handle(machine, node.handlers, body)) if node.handlers else None
    machine.join([body, handler] if handler else [body], exhaustive=True)
    final = _final(machine, node.final)
    if body.nodes or (handler and handler.nodes) or final:
        machine.emit(model.Try(body.nodes, handler.nodes if handler else None, final, machine.new_id(), node.span))
    return UNKNOWN


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
    outer = machine.scope
    machine.scope = Scope(outer)
    if handler.target is not None:
        declare(machine, machine.scope, handler.target.target, handler.target.kind)
        bind(machine, handler.target.target, UNKNOWN, handler.target.kind)
    run_sequence(machine, handler.body)
    machine.scope = outer
    return UNKNOWN


def _final(machine: Machine, body: tuple[tree.Node, ...] | None) -> tuple[model.Node, ...] | None:
    if body is None:
        return None
    live, machine.live = machine.live, True
    with machine.scratch() as nodes:
        evaluate_body(machine, body)
    machine.live = machine.live and live
    return tuple(nodes)


# ---------------------------------------------------------------- with, modules


def with_(machine: Machine, node: tree.With) -> Value:
    """Runs the body of a ``with``, in what its object does before and after; a TaskGroup joins at its end."""
    context = machine.eval(node.context)
    if isinstance(context, Generator):
        _within(machine, context, node)
        return UNKNOWN
    if isinstance(context, External) and context.meaning is Intrinsic.TIME_SCOPE:
        _in_time(machine, node)
        return UNKNOWN
    value = context if isinstance(context, TaskGroup) else _hook(machine, context, node, "enter")
    if node.target is not None:
        bind(machine, node.target.target, value, node.target.kind)
    with machine.scratch() as body:
        run_sequence(machine, node.body)
    final = _left(machine, context, node)
    machine.sequence.extend([model.Try(tuple(body), None, final, machine.new_id(), node.span)] if final else body)
    if isinstance(context, TaskGroup) and context.ids:
        machine.emit(model.Join(tuple(context.ids), model.JoinKind.ALL, span=node.span))
    return UNKNOWN


def _in_time(machine: Machine, node: tree.With) -> None:
    """A body that has so much time: its race with the clock. One whose jumps or tasks lead out of it is as if without."""
    block_id = machine.new_id()
    with machine.scratch() as body:
        run_sequence(machine, node.body)
    if not any(isinstance(inner, LEAVES) for inner in model.walk(tuple(body))) or _leads_out(tuple(body), block_id):
        machine.sequence.extend(body)
        return
    first = body[0]
    if len(body) == 1 and isinstance(first, LEAVES):
        element, id_ = model.with_started(first, model.Started.FLOATING), first.id
    else:
        element, id_ = model.Block(tuple(body), model.Started.FLOATING, block_id, node.span), block_id
    machine.emit(model.Parallel(model.JoinKind.RACE, ((element,),), machine.new_id(), node.span))
    machine.emit(model.Join((id_,), model.JoinKind.RACE, span=node.span, others=True))


def _leads_out(body: tuple[model.Node, ...], first: int) -> bool:
    """Whether a sequence leaves for somewhere outside, waits for what was started before it, or leaves something running."""
    inside = {getattr(node, "id", None) for node in model.walk(body)}
    for node in model.walk(body):
        match node:
            case model.Jump(kind=kind, target=target) if kind is not model.JumpKind.THROW and target not in inside:
                return True
            case model.Join(members=members) if any(member < first for member in members):
                return True
            case model.StepDo(started=model.Started.FLOATING) | model.FunctionCall(started=model.Started.FLOATING):
                return True
    return False


def _within(machine: Machine, context: Generator, node: tree.With) -> None:
    """Runs a body where a generator made into a context manager yields."""
    depth, scope = len(machine.frames), machine.scope
    goes_on = True

    def run(value: Value) -> None:
        nonlocal goes_on
        inner = machine.frames[depth:]
        del machine.frames[depth:]
        with machine.inside(scope):
            if node.target is not None:
                bind(machine, node.target.target, value, node.target.kind)
            run_sequence(machine, node.body)
        goes_on = machine.live
        machine.frames.extend(inner)

    generate(machine, context, run)
    machine.live = machine.live and goes_on


def _left(machine: Machine, context: Value, node: tree.With) -> tuple[model.Node, ...]:
    """What an object of a known class does where its ``with`` is left, by whichever way."""
    live, machine.live = machine.live, True
    with machine.scratch() as nodes:
        _hook(machine, context, node, "exit")
    machine.live = live
    return tuple(nodes)


def _hook(machine: Machine, context: Value, node: tree.With, event: str) -> Value:
    """Calls ``__enter__``, ``__aexit__`` and the like of an object of a known class; a ``with`` waits for what is async."""
    if not isinstance(context, Instance):
        return UNKNOWN
    first = machine.next_id
    method = get_member(machine, context, f"__a{event}__" if node.is_async else f"__{event}__")
    if not isinstance(method, Closure):
        return UNKNOWN
    return wait(machine, machine.call(method, Arguments(open=True, span=node.span), node.span), node.span, first)


def import_(machine: Machine, node: tree.Import) -> Value:
    """Binds an import that stands inside a function."""
    if node.local is not None and node.local != "*" and not node.type_only:
        machine.scope.names[node.local] = Cell(import_value(machine, machine.module, node))
    return UNKNOWN


def nothing(machine: Machine, node: tree.Export | tree.TypeDeclaration) -> Value:
    """What only declares does nothing here."""
    return UNKNOWN
