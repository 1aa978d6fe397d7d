"""Writes and reads of state: in steps, of the event, of modules, and of coroutines that can start only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.builder.observe.peek import dotted, peek, root_of
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.scopes import Cell, Scope
from analyzer.builder.values import (
    ClassObject,
    Constant,
    Coroutine,
    Event,
    Instance,
    ListObject,
    Method,
    PayloadPart,
    RecordObject,
    Text,
    Unknown,
    Value,
    origins_of,
)
from analyzer.flow import tree
from analyzer.graph.facts import ModuleState, Origin, SlipKind, WriteFact, WriteKind
from analyzer.source import Span

if TYPE_CHECKING:
    from analyzer.builder.observe.observer import Observer

NOT_STARTED = Constant(False)
STARTED = Constant(True)

CONTAINERS = frozenset({"Map", "Set", "WeakMap", "WeakSet"})
"""Classes of the library whose objects hold state by mutating methods."""

REORDERING = frozenset({"sort", "reverse"})
"""Mutating methods that give the same when they run again: no lost state, no changed event."""


def observe_read(machine: Observer, name: str, cell: Cell) -> None:
    """A name or field is read. A function that assigns an outer name itself keeps a cache there: no reader."""
    state = machine.collector.state
    if machine.quiet or not state.is_watching:
        return
    if machine.scope.owner.parent is None or not _is_cache(machine, name):
        state.read(cell, machine.step)


def _is_cache(machine: Observer, name: str) -> bool:
    """Whether the function being interpreted assigns a name of an outer one; its own names need no look at its code."""
    scope: Scope | None = machine.scope
    owner = machine.scope.owner
    while scope is not None:
        if name in scope.names:
            return False
        if scope is owner:
            break
        scope = scope.parent
    return name in owner.usage.assigned


def with_module_state(machine: Observer, name: str, cell: Cell, value: Value) -> Value:
    """The value of a name; one of the module that functions assign has the module's state as an origin."""
    match value:
        case Constant() | Unknown() | Text():
            module = machine.module
            if module.scope.names.get(name) is cell and name in module.module.effects().assigned:
                return Unknown(origins_of(value) | {ModuleState(name)})
            return value
        case _:
            return value


def with_member_state(machine: Observer, node: tree.Member, owner: tree.Name, value: Value) -> Value:
    """The value of a member; one of an object of the module whose members functions write has it as an origin."""
    match value:
        case Constant() | Unknown() | Text():
            module = machine.module
            cell = module.scope.names.get(owner.name)
            is_state = cell is not None and owner.name in module.module.effects().mutated
            if is_state and machine.scope.find(owner.name) is cell:
                return Unknown(origins_of(value) | {ModuleState(dotted(node))})
            return value
        case _:
            return value


def observe_bind(machine: Observer, node: tree.Bind, name: str, cell: Cell, value: Value) -> None:
    """A name is bound: declared, or assigned somewhere inside its scope."""
    if machine.quiet or machine.unsure:
        return
    if node.kind is not tree.BindKind.ASSIGN:
        machine.collector.state.bind(cell)
        return
    if ModuleState(name) in origins_of(value) and machine.module.scope.names.get(name) is cell:
        machine.add(WriteFact(WriteKind.MODULE, name, node.span, machine.own_step))
    if machine.step is not None and _is_outer(machine, name):
        machine.collector.state.write(cell, name, node.span, machine.step)


def observe_write(machine: Observer, node: tree.Write, value: Value) -> None:
    """A member or element is written or deleted."""
    match node.target:
        case tree.Member(object=owner) as target:
            known = peek(machine, owner)
            if not _keeps(known):
                machine.collector.escape(promise_ids(value))
            if ModuleState(dotted(target)) in origins_of(value) and not machine.quiet and not machine.unsure:
                machine.add(WriteFact(WriteKind.MODULE, dotted(target), node.span, machine.own_step))
            _observe_change(machine, target, known, node.span)
        case _:
            return


def _keeps(owner: Value | None) -> bool:
    """Whether what is written into an object can be found there again."""
    match owner:
        case Instance() | RecordObject() | ClassObject() | ListObject():
            return True
        case _:
            return False


def observe_mutation(machine: Observer, method: Method, node: tree.Call | None, span: Span) -> None:
    """A mutating method is called on a value."""
    match node:
        case tree.Call(callee=tree.Member(object=owner)) if method.name not in REORDERING:
            _observe_change(machine, owner, method.receiver, span)
        case _:
            return


def observe_assign(machine: Observer, receiver: Value, node: tree.Call | None, span: Span) -> None:
    """``Object.assign`` writes into its first argument."""
    match node:
        case tree.Call(args=(target, *_)):
            _observe_change(machine, target, receiver, span)
        case _:
            return


def _observe_change(machine: Observer, target: tree.Node, owner: Value | None, span: Span) -> None:
    """Something in an object changes."""
    match owner:
        case Event(origin=Origin.PAYLOAD) | PayloadPart(origin=Origin.PAYLOAD, copied=False):
            machine.add(WriteFact(WriteKind.EVENT, dotted(target), span, machine.own_step))
        case _ if machine.step is not None and not machine.quiet and not machine.unsure:
            cell = _state_cell(machine, target, owner)
            if cell is not None:
                machine.collector.state.write(cell, dotted(target), span, machine.step)
        case _:
            return


def _state_cell(machine: Observer, target: tree.Node, owner: Value | None) -> Cell | None:
    """The cell that stands for an object declared outside the step: of the name, or of the workflow's field."""
    root, first = root_of(target)
    if root is None:
        return None
    match peek(machine, root):
        case Instance(fields=fields) as instance if instance is machine.this:
            match first:
                case tree.Member(key=tree.Literal(value=str(name))):
                    return fields.get(name)
                case _:
                    return None
        case _ if _is_state(owner) and _is_outer(machine, root.name):
            return machine.scope.find(root.name)
        case _:
            return None


def _is_state(value: Value | None) -> bool:
    match value:
        case RecordObject() | ListObject() | Instance():
            return True
        case Unknown(library=library):
            return library in CONTAINERS
        case _:
            return False


def _is_outer(machine: Observer, name: str) -> bool:
    """Whether a name is declared outside the callback of the innermost step."""
    home: Scope | None = machine.scope
    while home is not None and name not in home.names:
        home = home.parent
    depth = max((index for index, frame in enumerate(machine.frames) if frame.step is not None), default=None)
    base = None if depth is None else machine.bases.get(depth)
    if home is None or base is None:
        return False
    while base is not None and base is not home:
        base = base.parent
    return base is home or home.parent is None


def observe_start(machine: Observer, coroutine: Coroutine, span: Span) -> None:
    """A coroutine is awaited or scheduled; one that certainly was before cannot be again."""
    cell = machine.starts.get(id(coroutine))
    if cell is None:
        cell = machine.starts[id(coroutine)] = Cell(NOT_STARTED)
        machine.keep.append(coroutine)
    if cell.value == STARTED:
        machine.slip(SlipKind.REUSED_COROUTINE, "", span)
    machine.set(cell, STARTED)
