"""Names: looking them up, binding patterns, and what is free."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.builder.fold import reliable
from analyzer.builder.machine import Machine, read
from analyzer.builder.members import elements_of, get_member, iterate
from analyzer.builder.module_scopes import from_stars
from analyzer.builder.scopes import Cell, Scope, bound_names
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    ClassObject,
    Constant,
    DeclaredStep,
    Element,
    Elements,
    External,
    Instance,
    Instant,
    ListObject,
    RecordObject,
    Text,
    Value,
)
from analyzer.flow import tree


def lookup(machine: Machine, node: tree.Name) -> Value:
    """The value of a name; a free one is a global."""
    cell = machine.scope.find(node.name)
    if cell is None:
        starred = from_stars(machine, machine.module, node.name) if machine.module.star_imports else None
        return starred or External(node.name, machine.module.module.intrinsics.get(node.name))
    value = cell.value if cell.thunk is None else read(cell)
    if value.__class__ in FOLDED and not cell.single:
        return reliable(value, settled=False)
    return value


FOLDED = frozenset({Constant, Text, Instant})
"""The kinds of value of which it matters whether their place is bound once."""


def declare(machine: Machine, scope: Scope, target: tree.Node, kind: tree.BindKind) -> None:
    """Makes cells for the names of a target, without values."""
    for name in bound_names(target):
        home = scope.owner if kind is tree.BindKind.VAR else scope
        if name not in home.names or kind is not tree.BindKind.VAR:
            home.names[name] = Cell(UNDEFINED, single_in(home, name, kind))


def single_in(scope: Scope, name: str, kind: tree.BindKind) -> bool | Callable[[], bool]:
    """Whether a name declared in a scope is bound once; asked when it matters."""
    if kind is tree.BindKind.CONST:
        return True
    usage_of = scope.usage_of
    return lambda: usage_of().is_single(name, kind)


def bind(machine: Machine, target: tree.Node, value: Value, kind: tree.BindKind) -> None:
    """Gives the names of a target their parts of a value."""
    match target:
        case tree.Name():
            _bind_name(machine, target.name, value, kind)
        case tree.Default(target=inner, value=default):
            bind(machine, inner, _or_default(machine, value, default), kind)
        case tree.Items(elements=elements):
            _bind_items(machine, elements, value, kind)
        case tree.Record():
            _bind_record(machine, target, value, kind)
        case tree.Member():
            write_member(machine, target, value)
        case tree.Spread(value=inner):
            bind(machine, inner, value, kind)
        case _:
            machine.eval(target)


def _bind_name(machine: Machine, name: str, value: Value, kind: tree.BindKind) -> None:
    scope = machine.scope.owner if kind is tree.BindKind.VAR else machine.scope
    cell = machine.scope.find(name) if kind is tree.BindKind.ASSIGN else scope.names.get(name)
    if cell is None:
        cell = scope.names[name] = Cell(UNDEFINED, single_in(scope, name, kind))
        if kind is tree.BindKind.ASSIGN:
            cell.forget()
    match value:
        case RecordObject() | ListObject() if name in scope.usage.mutated or not cell.single:
            value.mutable = True
        case _:
            pass
    machine.set(cell, value)


def _or_default(machine: Machine, value: Value, default: tree.Node) -> Value:
    if value == UNDEFINED:
        return machine.eval(default)
    return value


def _bind_items(machine: Machine, elements: tuple[tree.Node, ...], value: Value, kind: tree.BindKind) -> None:
    parts, more = iterate(machine, value)
    for index, element in enumerate(elements):
        if isinstance(element, tree.Spread):
            rest = ListObject(Cell(Elements(tuple(Element(part) for part in parts[index:]))), open=more is not None)
            bind(machine, element, rest, kind)
        elif index < len(parts):
            bind(machine, element, parts[index], kind)
        else:
            bind(machine, element, more if more is not None else UNDEFINED, kind)


def _bind_record(machine: Machine, target: tree.Record, value: Value, kind: tree.BindKind) -> None:
    taken: list[str] = []
    for entry in target.entries:
        if isinstance(entry, tree.Spread):
            bind(machine, entry.value, _without(value, taken), kind)
            continue
        key = machine.eval(entry.key)
        if isinstance(key, Constant) and isinstance(key.value, str):
            taken.append(key.value)
            bind(machine, entry.value, get_member(machine, value, key.value), kind)
        else:
            bind(machine, entry.value, UNKNOWN, kind)


def _without(value: Value, taken: list[str]) -> Value:
    match value:
        case RecordObject(fields=fields, open=more, mutable=mutable):
            return RecordObject({name: cell for name, cell in fields.items() if name not in taken}, more, mutable)
        case DeclaredStep():
            return UNKNOWN
        case _:
            return reliable(value, settled=False)


def write_member(machine: Machine, target: tree.Member, value: Value) -> None:
    """Writes ``object.name`` or ``object[key]``: fields of known objects hold it, anything else forgets it."""
    owner = machine.eval(target.object)
    key = machine.eval(target.key)
    name = key.value if isinstance(key, Constant) else None
    match owner:
        case Instance(fields=fields) | RecordObject(fields=fields) | ClassObject(statics=fields):
            if isinstance(owner, RecordObject):
                owner.mutable = True
            if not isinstance(name, str):
                name = "[]"
            machine.set(fields.setdefault(name, Cell(UNDEFINED, single=False)), value)
        case ListObject(cell=cell):
            owner.mutable = True
            machine.set(cell, Elements((*elements_of(owner), Element(value))))
        case _:
            return
