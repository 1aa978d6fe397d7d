"""What a module exports, as far as a worker's configuration can name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzer.builder.calls import call
from analyzer.builder.entrypoints import find_entrypoints, is_entrypoint
from analyzer.builder.evaluate import HANDLERS
from analyzer.builder.machine import DEFAULT_OPTIONS, BuildOptions, Machine
from analyzer.builder.module_scopes import WHOLE, exported, module_scope
from analyzer.builder.modules import NO_MODULES, Missing, Modules
from analyzer.builder.scopes import ModuleScope
from analyzer.builder.values import ClassObject, External, Namespace, Unknown, Value
from analyzer.flow.module import Module
from analyzer.records import record
from analyzer.source import Language, Span


@record
class Exports:
    """The names a module exports: whether each is a workflow entrypoint, None: that cannot be seen.

    ``complete``: there are no more. ``entrypoints``: those the module defines itself, by the platform's names, with places.
    """

    names: Mapping[str, bool | None]
    complete: bool
    entrypoints: tuple[tuple[str, Span], ...]


def exports_of(module: Module, modules: Modules = NO_MODULES, options: BuildOptions = DEFAULT_OPTIONS) -> Exports:
    """The exports of a module; no function in it is interpreted."""
    machine = Machine(HANDLERS, call, modules, options)
    scope = module_scope(machine, module)
    entrypoints = tuple((entry.name, entry.cls.node.span) for entry in find_entrypoints(machine, module))
    names, complete = _names(machine, scope)
    own = {name for name, _ in entrypoints}
    kinds = {name: True if name in own else _kind(machine, exported(machine, scope, name)) for name in names}
    return Exports(kinds, complete, entrypoints)


def _names(machine: Machine, start: ModuleScope) -> tuple[list[str], bool]:
    """Every exported name, those of ``export * from`` included, and whether all of those modules could be read."""
    names: dict[str, None] = {}
    complete = True
    seen: set[int] = set()
    pending = [start]
    while pending:
        scope = pending.pop()
        if id(scope) in seen:
            continue
        seen.add(id(scope))
        names.update(dict.fromkeys(_own_names(scope)))
        for specifier in [*scope.star_exports, *(node.specifier for node in scope.star_imports)]:
            match machine.modules.load(specifier, scope.module):
                case Missing():
                    complete = False
                case loaded:
                    pending.append(module_scope(machine, loaded))
    return list(names), complete


def _own_names(scope: ModuleScope) -> Iterator[str]:
    yield from scope.exports
    yield from (name for name in scope.commonjs if name != WHOLE)
    if scope.module.source.language is Language.PYTHON:
        yield from scope.scope.names


def _kind(machine: Machine, value: Value) -> bool | None:
    match value:
        case ClassObject():
            return is_entrypoint(machine, value)
        case Unknown() | External() | Namespace():
            return None
        case _:
            return False
