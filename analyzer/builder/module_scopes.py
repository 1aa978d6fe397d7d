"""Modules: their definitions evaluated on demand, what they import and export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.builder.fold import reliable
from analyzer.builder.machine import Machine, read
from analyzer.builder.modules import Missing
from analyzer.builder.scopes import Cell, ModuleScope, Scope, Usage, bound_names
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Arguments,
    BoundStepMethod,
    ClassObject,
    Closure,
    Constant,
    External,
    Instant,
    ListObject,
    Namespace,
    RecordObject,
    Text,
    Value,
    merge,
)
from analyzer.builder.verbs import METHODS
from analyzer.flow import tree
from analyzer.flow.module import Module
from analyzer.source import Language

WHOLE = "module.exports"
"""The name under which a CommonJS module's only export is kept."""


def module_scope(machine: Machine, module: Module) -> ModuleScope:
    """The scope of a module, its top-level names bound to what will be evaluated when asked for."""
    known = machine.module_scopes.get(id(module))
    if known is not None:
        return known
    methods = {name: BoundStepMethod(method, name) for name, method in METHODS[module.source.language].items()}
    scope = ModuleScope(module, Scope(None, Usage), methods)
    machine.module_scopes[id(module)] = scope
    machine.captured[scope.scope] = None
    definitions: dict[str, list[tree.Bind]] = {}
    for node in top_level(module.body):
        match node:
            case tree.Import():
                _define_import(machine, scope, node)
            case tree.Export(name=name, local="*", specifier=str(specifier)) if name == "*":
                scope.star_exports.append(specifier)
            case tree.Export(name=name):
                scope.exports[name] = node
            case tree.Bind(target=target):
                for name in bound_names(target):
                    definitions.setdefault(name, []).append(node)
            case tree.Write(target=tree.Member() as member, value=written) if written is not None:
                _define_commonjs(machine, scope, member, written)
            case tree.Call(args=(tree.Name(name=name), tree.Record())):
                scope.additions.setdefault(name, []).append(node)
    for name, binds in definitions.items():
        _define(machine, scope, name, binds)
    return scope


def top_level(body: Iterable[tree.Node]) -> Iterator[tree.Node]:
    """The statements of a module that define names, those in blocks and branches of it included."""
    stack = list(body)[::-1]
    while stack:
        node = stack.pop()
        match node:
            case tree.Block(body=inner) | tree.With(body=inner):
                stack.extend(reversed(inner))
            case tree.Branch(arms=arms):
                stack.extend(inner for arm in reversed(arms) for inner in reversed(arm.body))
            case tree.Try(body=inner, handlers=handlers):
                stack.extend(part for handler in reversed(handlers) for part in reversed(handler.body))
                stack.extend(reversed(inner))
            case tree.Bind(value=tree.Bind() as nested):
                yield node
                stack.append(nested)
            case tree.Operation(operator=",", operands=parts):
                stack.extend(reversed(parts))
            case _:
                yield node


def _define(machine: Machine, scope: ModuleScope, name: str, binds: list[tree.Bind]) -> None:
    valued = [bind for bind in binds if bind.value is not None]

    def evaluate() -> Value:
        with machine.in_module(scope), machine.aside():
            values = [_definition(machine, scope, bind, name) for bind in valued]
        value = merge(values) if values else UNDEFINED
        _add_getters(machine, scope, name, value)
        _settle(scope, name, value, valued)
        return value

    scope.scope.names[name] = Cell(UNDEFINED, len(valued) <= 1, evaluate)


def _definition(machine: Machine, scope: ModuleScope, bind: tree.Bind, name: str) -> Value:
    if bind.kind is tree.BindKind.ASSIGN and bind.value is not None:
        with machine.inside(scope.scope):
            return machine.eval(bind.value)
    own = Scope(scope.scope, Usage)
    with machine.inside(own):
        machine.eval(bind)
        cell = own.names.get(name)
        return UNKNOWN if cell is None else read(cell)


def _add_getters(machine: Machine, scope: ModuleScope, name: str, value: Value) -> None:
    """A bundler's ``__export(object, { name: () => value })``: the object has what the getters give."""
    if not isinstance(value, RecordObject):
        return
    for call in scope.additions.get(name, ()):
        with machine.in_module(scope), machine.inside(scope.scope), machine.aside():
            helper, getters = machine.eval(call.callee), machine.eval(call.args[1])
            if isinstance(helper, Closure) and isinstance(getters, RecordObject) and _defines_getters(helper):
                for key, cell in getters.fields.items():
                    value.fields[key] = Cell(machine.call(read(cell), Arguments(), call.span))


def _defines_getters(closure: Closure) -> bool:
    span = closure.function.span
    text = closure.module.module.source.slice(span) if span.end - span.start < 200 else ""
    return "enumerable" in text and "get" in text


def _settle(scope: ModuleScope, name: str, value: Value, binds: list[tree.Bind]) -> None:
    """Asks for a pass over the file only where the answer matters."""
    cell = scope.scope.names[name]
    match value:
        case Constant() | Text() | Instant():
            fixed = bool(binds) and binds[0].kind is tree.BindKind.CONST
            if cell.single and not fixed and name in scope.module.effects().assigned:
                cell.forget()
        case RecordObject() | ListObject():
            effects = scope.module.effects()
            if name in effects.mutated or (name in effects.assigned and binds[0].kind is not tree.BindKind.CONST):
                value.mutable = True
        case _:
            return


def _define_commonjs(machine: Machine, scope: ModuleScope, target: tree.Member, value: tree.Node) -> None:
    """``exports.name = value``, ``module.exports.name = value``, ``module.exports = value``; the last of several counts."""
    match target:
        case tree.Member(object=tree.Name(name="module"), key=tree.Literal(value="exports")):
            name = WHOLE
        case tree.Member(
            object=tree.Name(name="exports") | tree.Member(object=tree.Name(name="module"), key=tree.Literal(value="exports")),
            key=tree.Literal(value=str(name)),
        ):
            pass
        case _:
            return

    def evaluate() -> Value:
        with machine.in_module(scope), machine.inside(scope.scope), machine.aside():
            return machine.eval(value)

    scope.commonjs[name] = Cell(UNDEFINED, True, evaluate)


def _define_import(machine: Machine, scope: ModuleScope, node: tree.Import) -> None:
    if node.local == "*":
        scope.star_imports.append(node)
        return
    if node.local is None or node.type_only:
        return
    scope.imports[node.local] = node
    scope.scope.names[node.local] = Cell(thunk=lambda: import_value(machine, scope, node))


def import_value(machine: Machine, scope: ModuleScope, node: tree.Import) -> Value:
    """What an import binds: a value of a project module, or a name from outside."""
    loaded = machine.modules.load(node.specifier, scope.module)
    if isinstance(loaded, Missing):
        return _external(scope, node)
    target = module_scope(machine, loaded)
    if node.name == "*":
        whole = read(target.commonjs[WHOLE]) if WHOLE in target.commonjs else UNKNOWN
        return whole if isinstance(whole, Closure | ClassObject) else Namespace(target, node.specifier)
    if not has_export(machine, target, node.name):
        submodule = _submodule(machine, scope, node.specifier, node.name)
        if submodule is not None:
            return submodule
    return exported(machine, target, node.name)


def _submodule(machine: Machine, scope: ModuleScope, package: str, name: str) -> Value | None:
    specifier = f"{package}{name}" if package.endswith(".") else f"{package}.{name}"
    loaded = machine.modules.load(specifier, scope.module)
    return None if isinstance(loaded, Missing) else Namespace(module_scope(machine, loaded), specifier)


def member_of(machine: Machine, namespace: Namespace, name: str) -> Value:
    """A member of a module as an object: what it exports, else a module inside it; unknown if neither."""
    found = _find_export(machine, namespace.module, name, set())
    if found is None and namespace.specifier:
        found = _submodule(machine, machine.module, namespace.specifier, name)
    return UNKNOWN if found is None else found


def _external(scope: ModuleScope, node: tree.Import) -> Value:
    name = node.specifier if node.name == "*" else f"{node.specifier}.{node.name}"
    return External(name, scope.module.intrinsics.get(name), imported=True)


def has_export(machine: Machine, scope: ModuleScope, name: str) -> bool:
    """Whether a module exports a name itself or through another module of the project."""
    return _find_export(machine, scope, name, set()) is not None


def exported(machine: Machine, scope: ModuleScope, name: str) -> Value:
    """What a module of the project exports under a name; unknown if it does not."""
    value = _find_export(machine, scope, name, set())
    return UNKNOWN if value is None else value


def _find_export(machine: Machine, scope: ModuleScope, name: str, seen: set[int]) -> Value | None:
    if id(scope) in seen:
        return None
    seen.add(id(scope))
    export = scope.exports.get(name)
    if export is not None and export.specifier is None:
        cell = scope.scope.names.get(export.local)
        return None if cell is None else reliable(read(cell), settled=cell.single)
    if export is not None and export.specifier is not None:
        loaded = machine.modules.load(export.specifier, scope.module)
        if isinstance(loaded, Missing):
            return External(f"{export.specifier}.{export.local}", imported=True)
        target = module_scope(machine, loaded)
        return Namespace(target) if export.local == "*" else _find_export(machine, target, export.local, seen)
    if scope.module.source.language is Language.PYTHON and name in scope.scope.names:
        cell = scope.scope.names[name]
        return reliable(read(cell), settled=cell.single)
    if scope.commonjs and (found := _from_commonjs(scope, name)) is not None:
        return found
    return _from_stars(machine, scope, name, seen)


def _from_commonjs(scope: ModuleScope, name: str) -> Value | None:
    """What a CommonJS module exports under a name; its default is all that it exports."""
    if name in scope.commonjs:
        return read(scope.commonjs[name])
    whole = read(scope.commonjs[WHOLE]) if WHOLE in scope.commonjs else None
    match whole:
        case RecordObject(fields=fields) if name in fields:
            return reliable(read(fields[name]), settled=not whole.mutable)
        case _:
            return whole if name == "default" else None


def from_stars(machine: Machine, scope: ModuleScope, name: str) -> Value | None:
    """What a name is in a module that has it by ``from … import *``; None if no such import is known to bring it."""
    found = _from_stars(machine, scope, name, {id(scope)})
    if found is not None:
        return found
    full = (f"{node.specifier}.{name}" for node in scope.star_imports)
    return next((External(each, scope.module.intrinsics[each], True) for each in full if each in scope.module.intrinsics), None)


def _from_stars(machine: Machine, scope: ModuleScope, name: str, seen: set[int]) -> Value | None:
    for specifier in [*scope.star_exports, *(node.specifier for node in scope.star_imports)]:
        loaded = machine.modules.load(specifier, scope.module)
        if not isinstance(loaded, Missing):
            found = _find_export(machine, module_scope(machine, loaded), name, seen)
            if found is not None:
                return found
    return None
