"""Finding the classes of a module that are workflow entrypoints, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzer.builder.machine import Machine, class_chain, read
from analyzer.builder.module_scopes import exported as exported_value
from analyzer.builder.module_scopes import module_scope, top_level
from analyzer.builder.scopes import ModuleScope, bound_names
from analyzer.builder.values import ClassObject, External, Value
from analyzer.builder.verbs import AGENT_BASES, ENTRYPOINTS
from analyzer.flow import tree
from analyzer.flow.module import Module
from analyzer.flow.walk import walk
from analyzer.records import record


@record
class Entrypoint:
    """An entrypoint class: its name as the platform sees it, its entry method, and whether it is an agents SDK one."""

    name: str
    cls: ClassObject
    method: str
    agent: bool


def find_entrypoints(machine: Machine, module: Module) -> list[Entrypoint]:
    """The entrypoints of a module, in source order; bases that are abstract, or only subclassed or wrapped, are left out."""
    scope = module_scope(machine, module)
    exported = _export_names(scope)
    found: dict[int, Entrypoint] = {}
    used_as_base: set[int] = set()
    for local, cls in _classes(machine, scope, exported):
        used_as_base.update(id(base) for base in class_chain(cls) if base is not cls)
        base = None if cls.node.abstract else _entry_base(machine, cls)
        if base is None:
            continue
        name = exported.get(local) if local else None
        known = found.get(id(cls))
        if known is None or (known.name not in exported.values() and name is not None):
            found[id(cls)] = Entrypoint(name or _own_name(cls, local), cls, _bases(machine)[base], base in AGENT_BASES)
    if machine.options.reexported:
        found.update(_reexported(machine, scope, found))
    names = {*exported.values(), *(scope.exports if machine.options.reexported else ())}
    kept = [entry for key, entry in found.items() if key not in used_as_base or entry.name in names]
    return sorted(kept, key=lambda entry: entry.cls.node.span.start)


def _reexported(machine: Machine, scope: ModuleScope, found: Mapping[int, Entrypoint]) -> dict[int, Entrypoint]:
    """Entrypoints of other modules of the project that a module exports, under the names it gives them."""
    further: dict[int, Entrypoint] = {}
    for name, export in scope.exports.items():
        if export.specifier is None and export.local not in scope.imports:
            continue
        match exported_value(machine, scope, name):
            case ClassObject() as cls if id(cls) not in found:
                base = _entry_base(machine, cls)
                if base is not None:
                    further[id(cls)] = Entrypoint(name, cls, _bases(machine)[base], base in AGENT_BASES)
            case _:
                continue
    return further


def is_entrypoint(machine: Machine, cls: ClassObject) -> bool:
    """Whether a class is a workflow entrypoint, or a base that entrypoints share."""
    return _entry_base(machine, cls) is not None


def _bases(machine: Machine) -> dict[str, str]:
    """The table of bases with those of the options."""
    return {**ENTRYPOINTS, **dict(machine.options.bases)}


def _export_names(scope: ModuleScope) -> dict[str, str]:
    """The first name under which each local one is exported; ``default`` is one for what has no name of its own."""
    names: dict[str, str] = {}
    for name, export in scope.exports.items():
        if export.specifier is None and (name != "default" or export.local == "*default*"):
            names.setdefault(export.local, name)
    return names


def _own_name(cls: ClassObject, local: str | None) -> str:
    if local and local != "*default*":
        return local
    return cls.name or ("default" if local else "<anonymous>")


def _classes(machine: Machine, scope: ModuleScope, exported: dict[str, str]) -> Iterator[tuple[str | None, ClassObject]]:
    """Classes bound at the top level, exported or not, and those hidden in calls, with the name they are bound to."""
    for node in top_level(scope.module.body):
        if not isinstance(node, tree.Bind) or node.value is None:
            continue
        for name in bound_names(node.target):
            if _worth_evaluating(scope, node.value, name in exported):
                cell = scope.scope.names[name]
                yield from ((name, cls) for cls in _class_of(machine, scope, read(cell), node.value))


def _worth_evaluating(scope: ModuleScope, value: tree.Node, is_exported: bool) -> bool:
    match value:
        case tree.Class():
            return True
        case tree.Call():
            return is_exported or any(isinstance(node, tree.Class) for node in walk(value, into_functions=False))
        case tree.Name() | tree.Member() | tree.Operation() | tree.Bind():
            return is_exported or isinstance(value, tree.Bind)
        case _:
            return False


def _class_of(machine: Machine, scope: ModuleScope, value: Value, node: tree.Node) -> Iterator[ClassObject]:
    if isinstance(value, ClassObject):
        yield value
    elif isinstance(node, tree.Call):
        with machine.in_module(scope), machine.inside(scope.scope), machine.aside():
            for argument in node.args:
                passed = machine.eval(argument)
                if isinstance(passed, ClassObject):
                    yield passed
                    return


def _entry_base(machine: Machine, cls: ClassObject) -> str | None:
    """The qualified name of the entrypoint base a class reaches, or None."""
    table = _bases(machine)
    for link in class_chain(cls):
        for base in link.bases:
            if isinstance(base, External) and base.name in table:
                return base.name
            if isinstance(base, External) and base.imported and base.name.rpartition(".")[2] in dict(machine.options.bases):
                return base.name.rpartition(".")[2]
    return None
