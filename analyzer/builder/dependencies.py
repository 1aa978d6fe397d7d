"""Python's declared steps: what runs before one when it is started (SEMANTICS section 7).

Whether a definition has run is kept in a cell, so that branches merge it: true, false, or unknown (on some paths).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from analyzer.builder.machine import Machine, Outcome
from analyzer.builder.members import elements_of
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.promises import start_block, wait
from analyzer.builder.scopes import Cell
from analyzer.builder.values import UNKNOWN, Constant, DeclaredStep, ListObject, Value
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.source import Span

CONTEXT = "ctx"
"""The parameter the runtime fills with the step's context; it is no dependency."""

DONE = Constant(True)
NOT_DONE = Constant(False)

Run = Callable[[Machine, DeclaredStep, Span], Value]


def declared_cell(machine: Machine, name: str) -> Cell:
    """The cell that holds the definition last executed under a step name."""
    return machine.declared.setdefault(name, Cell(UNKNOWN, single=False))


def dependencies_of(machine: Machine, step: DeclaredStep) -> list[DeclaredStep]:
    """The steps whose results a step's parameters take, in order of its parameters."""
    listed = step.decoration.depends
    if isinstance(listed, ListObject):
        values = [element.value for element in elements_of(listed)]
        return [value for value in values if isinstance(value, DeclaredStep)]
    if not machine.options.implicit_dependencies:
        return []
    names = [param.target.name for param in step.closure.function.params if isinstance(param.target, tree.Name)]
    found = (machine.declared[name].value for name in names if name != CONTEXT and name in machine.declared)
    return [value for value in found if isinstance(value, DeclaredStep)]


def run_dependencies(machine: Machine, step: DeclaredStep, run: Run, span: Span) -> None:
    """Runs what a step needs and has not run: one after another, or side by side if it says so."""
    if any(active is step for active in machine.resolving):
        machine.note("SG906", span, f"step {step.name!r} depends on itself")
        return
    machine.resolving.append(step)
    pending = [dependency for dependency in dependencies_of(machine, step) if dependency.state.value != DONE]
    if step.decoration.concurrent and len(pending) > 1:
        _run_together(machine, pending, run, span)
    else:
        for dependency in pending:
            _run_one(machine, dependency, run, span)
    machine.resolving.pop()


def _run_one(machine: Machine, step: DeclaredStep, run: Run, span: Span) -> None:
    """Runs a step that may have run: certainly not, or not on some path that leads here."""
    if step.state.value == DONE:
        return
    if step.state.value == NOT_DONE:
        _run_and_wait(machine, step, run, span)
        return
    outcome = machine.outcome(lambda: _run_and_wait(machine, step, run, span))
    cases = (model.Case(f"{step.name} has not run", outcome.nodes, span), model.Case(None, ()))
    machine.join([outcome], exhaustive=False)
    machine.set(step.state, DONE)
    machine.emit(model.If(cases, machine.new_id(), span))


def _run_and_wait(machine: Machine, step: DeclaredStep, run: Run, span: Span) -> Value:
    first = machine.next_id
    return wait(machine, run(machine, step, span), span, first)


def _run_together(machine: Machine, steps: list[DeclaredStep], run: Run, span: Span) -> None:
    """Siblings side by side. What they share runs once before them if it needs nothing itself, else once for each."""
    needed = [_needed(machine, step) for step in steps]
    counts = Counter(key for needs in needed for key in needs)
    for key, need in {key: need for needs in needed for key, need in needs.items()}.items():
        if counts[key] < 2:
            continue
        if dependencies_of(machine, need):
            message = f"step {need.name!r} runs once for each of the concurrent steps that need it"
            machine.note("SG218", need.span, message, model.Severity.WARNING)
        else:
            _run_one(machine, need, run, span)
    left = [step for step in steps if step.state.value != DONE]
    if len(left) < 2:
        for step in left:
            _run_one(machine, step, run, span)
        return
    outcomes = [machine.outcome(lambda step=step: _sibling(machine, step, run, span)) for step in left]  # type: ignore[misc]
    for outcome in outcomes:
        for cell, value in outcome.writes.items():
            machine.set(cell, value)
    machine.emit(model.Parallel(model.JoinKind.ALL, tuple(outcome.nodes for outcome in outcomes), machine.new_id(), span))
    machine.emit(model.Join(_ids(outcomes), model.JoinKind.ALL, span=span))


def _needed(machine: Machine, step: DeclaredStep) -> dict[int, DeclaredStep]:
    """A step and all that runs before it, directly or not, that has not run on every path."""
    found: dict[int, DeclaredStep] = {}
    waiting = [step]
    while waiting:
        need = waiting.pop()
        if id(need) not in found and need.state.value != DONE:
            found[id(need)] = need
            waiting += dependencies_of(machine, need)
    return found


def _sibling(machine: Machine, step: DeclaredStep, run: Run, span: Span) -> Value:
    block_id = machine.new_id()
    with machine.scratch() as nodes:
        _run_one(machine, step, run, span)
    return start_block(machine, nodes, span, UNKNOWN, block_id)


def _ids(outcomes: list[Outcome]) -> tuple[int, ...]:
    return tuple(id_ for outcome in outcomes for id_ in promise_ids(outcome.value))
