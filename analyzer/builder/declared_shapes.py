"""What declared types say of a workflow's payload: in its parameter, or in the type arguments of its base class.

Types are followed through aliases, interfaces and generics, and through imports into other modules of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from analyzer.builder.machine import Machine
from analyzer.builder.module_scopes import module_scope, top_level
from analyzer.builder.modules import Missing
from analyzer.builder.scopes import ModuleScope
from analyzer.builder.values import ClassObject, Closure
from analyzer.flow import tree
from analyzer.graph.model import ObjectShape, PayloadShape, UnknownShape
from analyzer.records import record

MAX_DEPTH = 8
"""Types inside one another that are followed: a type may contain itself."""

EVENTS = frozenset({"WorkflowEvent"})
TRANSPARENT = frozenset({"Readonly", "Partial", "Required", "NonNullable", "DeepReadonly", "Annotated", "Optional"})
"""Types of one type whose fields are those of that type."""


@record
class _Placed:
    """A written type with the module it is written in, and what the type parameters in it stand for."""

    shape: tree.Shape
    scope: ModuleScope
    given: Mapping[str, _Placed]


Found: TypeAlias = "tuple[tree.TypeDeclaration, ModuleScope]"


def declared_payload(machine: Machine, entry: Closure, cls: ClassObject) -> PayloadShape:
    """The shape the payload is declared to have; unknown if nothing says."""
    params = entry.function.params
    if params and params[0].shape is not None:
        shape = _of_event(machine, _Placed(params[0].shape, entry.module, {}), 0)
        if shape != UnknownShape():
            return shape
    if len(cls.node.shapes) > 1:
        return _resolved(machine, _Placed(cls.node.shapes[1], cls.module, {}), 0)
    return UnknownShape()


def combined(read: PayloadShape | None, declared: PayloadShape) -> PayloadShape | None:
    """What is read, with the fields that are declared beside them."""
    match read, declared:
        case _, UnknownShape():
            return read
        case ObjectShape(fields=fields), ObjectShape(fields=further):
            known = dict(fields)
            rest = tuple((name, shape) for name, shape in further if name not in known)
            both = tuple((name, combined(shape, dict(further).get(name, UnknownShape())) or shape) for name, shape in fields)
            return ObjectShape(both + rest)
        case _:
            return declared


def _of_event(machine: Machine, event: _Placed, depth: int) -> PayloadShape:
    """The payload of a type of events: the argument of ``WorkflowEvent``, or the field of that name."""
    match event.shape:
        case tree.TypeName(name=name, args=args) if args and (name.rpartition(".")[2] in EVENTS or name in TRANSPARENT):
            inner = _Placed(args[0], event.scope, event.given)
            return _of_event(machine, inner, depth + 1) if name in TRANSPARENT else _resolved(machine, inner, depth)
        case _:
            match _resolved(machine, event, depth):
                case ObjectShape(fields=fields):
                    return dict(fields).get("payload", UnknownShape())
                case unknown:
                    return unknown


def _resolved(machine: Machine, placed: _Placed, depth: int) -> PayloadShape:
    if depth > MAX_DEPTH:
        return UnknownShape()
    match placed.shape:
        case tree.Fields(fields=fields):
            parts = (
                (name, _resolved(machine, _Placed(shape, placed.scope, placed.given), depth + 1)) for name, shape in fields
            )
            return ObjectShape(tuple(parts))
        case tree.TypeName(name=name) if name in placed.given:
            return _resolved(machine, placed.given[name], depth + 1)
        case tree.TypeName(name=name, args=args) if name in TRANSPARENT and args:
            return _resolved(machine, _Placed(args[0], placed.scope, placed.given), depth + 1)
        case tree.TypeName(name=name, args=args):
            return _named(machine, name, [_Placed(arg, placed.scope, placed.given) for arg in args], placed.scope, depth)
        case _:
            return UnknownShape()


def _named(machine: Machine, name: str, args: list[_Placed], scope: ModuleScope, depth: int) -> PayloadShape:
    found = _declaration(machine, scope, name, set())
    if found is None:
        return UnknownShape()
    declaration, home = found
    return _resolved(machine, _Placed(declaration.shape, home, dict(zip(declaration.params, args, strict=False))), depth + 1)


def _declaration(machine: Machine, scope: ModuleScope, name: str, seen: set[tuple[int, str]]) -> Found | None:
    """The declaration of a type name in a module, or where it is imported or exported from."""
    if (id(scope), name) in seen:
        return None
    seen.add((id(scope), name))
    specifiers: list[tuple[str, str]] = []
    for node in top_level(scope.module.body):
        match node:
            case tree.TypeDeclaration() if node.name == name:
                return node, scope
            case tree.Import(name=imported, local=local) if local == name and imported != "*":
                specifiers.insert(0, (node.specifier, imported))
            case tree.Export(name=exported, local=local, specifier=str(specifier)) if exported in (name, "*"):
                specifiers.append((specifier, name if exported == "*" else local))
            case tree.Export(name=exported, local=local, specifier=None) if exported == name != local:
                return _declaration(machine, scope, local, seen)
            case tree.Import(name="*", local="*", specifier=specifier):
                specifiers.append((specifier, name))
    for specifier, wanted in specifiers:
        loaded = machine.modules.load(specifier, scope.module)
        if not isinstance(loaded, Missing):
            found = _declaration(machine, module_scope(machine, loaded), wanted, seen)
            if found is not None:
                return found
    return None
