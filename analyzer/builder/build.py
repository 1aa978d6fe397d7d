"""From a module to the graphs of its workflows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyzer.builder.activation import run_function
from analyzer.builder.calls import call
from analyzer.builder.entrypoints import Entrypoint, find_entrypoints
from analyzer.builder.evaluate import HANDLERS
from analyzer.builder.function_table import FunctionTable
from analyzer.builder.machine import DEFAULT_OPTIONS, BuildOptions, Frame, Machine, class_chain
from analyzer.builder.members import member_name
from analyzer.builder.modules import NO_MODULES, Modules
from analyzer.builder.settle import settle
from analyzer.builder.shapes import Reads
from analyzer.builder.values import UNKNOWN, Arguments, Closure, Event, Instance, Origin, StepObject
from analyzer.flow import tree
from analyzer.flow.module import Module
from analyzer.graph import model
from analyzer.graph.steps import STEPS
from analyzer.records import record, replace

LOST_STEP = frozenset({"SG901", "SG904"})
"""Codes of notes that say where the step object was lost from sight."""

MAX_FRAMES = 60_000
"""Python frames an interpretation may take: ``MAX_ACTIVE`` functions of about 150 nested nodes, some six frames each."""


if TYPE_CHECKING:
    from analyzer.graph.facts import ImportFact


@record
class BuildResult:
    """The workflows of a module in source order, notes that belong to none of them, and its imports if facts are asked for."""

    workflows: tuple[model.Workflow, ...]
    notes: tuple[model.Note, ...]
    imports: tuple[ImportFact, ...] = ()


def build(module: Module, modules: Modules = NO_MODULES, options: BuildOptions = DEFAULT_OPTIONS) -> BuildResult:
    """Interprets every entrypoint of a module. Never raises for what a source contains."""
    with _room_for_frames():
        return _build(module, modules, options)


@contextmanager
def _room_for_frames() -> Iterator[None]:
    """Functions called 64 deep, each with deeply nested statements, need more Python frames than are allowed by default."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, MAX_FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _build(module: Module, modules: Modules, options: BuildOptions) -> BuildResult:
    notes = [model.Note(problem.span, "SG101", problem.message, model.Severity.ERROR) for problem in module.problems]
    machine = _machine(modules, options)
    workflows: list[model.Workflow] = []
    for entry in find_entrypoints(machine, module):
        workflow = _workflow(machine, entry)
        if workflow is None:
            notes.append(_without_run(entry))
        else:
            workflows.append(workflow)
    machine.close()
    imports = tuple(_imports(module)) if options.facts else ()
    return BuildResult(tuple(workflows), tuple(notes), imports)


def _machine(modules: Modules, options: BuildOptions) -> Machine:
    if not options.facts:
        return Machine(HANDLERS, call, modules, options)
    from analyzer.builder.observe import Observer

    return Observer(call, modules, options)


def _imports(module: Module) -> Iterator[ImportFact]:
    from analyzer.graph.facts import ImportFact

    for node in module.body:
        match node:
            case tree.Import(specifier=specifier, name=name, type_only=type_only, span=span):
                yield ImportFact(specifier, name, type_only, span)
            case _:
                continue


def _without_run(entry: Entrypoint) -> model.Note:
    message = f"class {entry.name} is a workflow entrypoint without a {entry.method} method the engine can call"
    return model.Note(entry.cls.node.span, "SG102", message, model.Severity.ERROR)


def _workflow(machine: Machine, entry: Entrypoint) -> model.Workflow | None:
    found = _entry_method(machine, entry)
    if found is None:
        return None
    machine.functions = FunctionTable()
    machine.notes, machine.sequence, machine.reads, machine.texts = [], [], {}, []
    machine.declared, machine.resolving = {}, []
    machine.trail.clear()
    machine.jumped.clear()
    machine.begin_workflow(found.this or UNKNOWN)
    reads = Reads()
    arguments = Arguments((Event(reads, Origin.PAYLOAD), StepObject(entry.agent)))
    frame = Frame(found.module, machine.next_id)
    nodes, _ = run_function(machine, found, arguments, frame)
    body, functions, entries = settle(tuple(nodes), machine.functions.entries, machine.reads)
    notes = {*machine.notes, *(note for function in entries for note in function.notes)}
    if not _is_callable(entry, found.function):
        notes.add(_without_run(entry))
    if not any(isinstance(node, STEPS) for sequence in (body, *(f.body for f in functions)) for node in model.walk(sequence)):
        notes = _without_steps(entry, notes)
    return model.Workflow(
        entry.name,
        found.module.module.source.language,
        body,
        functions,
        _payload(machine, entry, found, reads),
        tuple(sorted(notes, key=lambda note: (note.span or (), note.code, note.message))),
        entry.cls.node.span,
        facts=machine.facts(),
    )


def _payload(machine: Machine, entry: Entrypoint, method: Closure, reads: Reads) -> model.PayloadShape | None:
    """What is read of the payload, with what is declared of it if that is asked for."""
    if not machine.options.typed_payload:
        return reads.shape()
    from analyzer.builder.declared_shapes import combined, declared_payload

    return combined(reads.shape(), declared_payload(machine, method, entry.cls))


def _without_steps(entry: Entrypoint, notes: set[model.Note]) -> set[model.Note]:
    """The notes of a workflow in which no step was found: where the step object was lost is the error, if it was."""
    if any(note.code in LOST_STEP for note in notes):
        return {replace(note, severity=model.Severity.ERROR) if note.code in LOST_STEP else note for note in notes}
    message = f"no step was found in workflow {entry.name}"
    return {*notes, model.Note(entry.cls.node.span, "SG305", message, model.Severity.ERROR)}


def _entry_method(machine: Machine, entry: Entrypoint) -> Closure | None:
    """The entry method, own or inherited."""
    this = Instance(entry.cls)
    for cls in class_chain(entry.cls):
        for member in cls.node.members:
            if not member.is_static and member_name(machine, cls, member) == entry.method:
                function = member.value
                if not isinstance(function, tree.Function):
                    return None
                return Closure(function, cls.scope, cls.module, entry.method, this, cls)
    return None


def _is_callable(entry: Entrypoint, function: tree.Function) -> bool:
    """Whether the engine can call an entry method: it is written as a method, and is no generator."""
    if function.start is tree.Start.ON_ITERATION:
        return False
    members = (member for cls in class_chain(entry.cls) for member in cls.node.members)
    return any(member.value is function and member.kind is tree.MemberKind.METHOD for member in members)
