"""Members of values: fields, methods through the class chain, exports of modules, elements of lists."""

from __future__ import annotations

from analyzer.builder.decorators import decorate, unbound
from analyzer.builder.fold import known_number, known_text, reliable
from analyzer.builder.machine import Machine, class_chain, read
from analyzer.builder.module_scopes import member_of
from analyzer.builder.scopes import Cell, Scope
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    AgentMethod,
    Arguments,
    Choice,
    ClassObject,
    Closure,
    Constant,
    Element,
    Elements,
    Event,
    External,
    Instance,
    ListObject,
    Method,
    Namespace,
    Origin,
    PayloadPart,
    Promise,
    RecordObject,
    StepObject,
    SuperObject,
    Unknown,
    Value,
    merge,
    origins_of,
)
from analyzer.builder.verbs import AGENT_METHODS
from analyzer.flow import tree
from analyzer.source import Language


def get_member(machine: Machine, owner: Value, name: str) -> Value:
    """The value of ``owner.name`` as data: library methods are not looked for."""
    match owner:
        case StepObject():
            return _step_member(machine, name, owner.agent)
        case Event():
            if name == "payload":
                owner.reads.at(())
                return PayloadPart(owner.reads, (), owner.origin)
            return Unknown(frozenset({owner.origin}))
        case PayloadPart():
            path = (*owner.path, name)
            owner.reads.at(path)
            return PayloadPart(owner.reads, path, owner.origin, owner.copied)
        case RecordObject():
            cell, mutable = owner.fields.get(name), owner.mutable
            if cell is None:
                return UNKNOWN if owner.open or mutable else UNDEFINED
            return _inherit(reliable(read(cell), settled=not mutable), mutable)
        case Instance():
            return _instance_member(machine, owner, name)
        case ClassObject():
            return _static_member(machine, owner, name)
        case SuperObject(cls=cls, this=this):
            bases = [base for base in cls.bases if base.__class__ is ClassObject]
            return _inherited_member(machine, bases[0], this, name) if bases else UNKNOWN
        case Namespace():
            return member_of(machine, owner, name)
        case External():
            return _external_member(machine, owner.name, name, owner.imported)
        case Unknown(steplike=True):
            return _step_member(machine, name, agent=False)
        case _:
            return Unknown(origins_of(owner))


def get_method(machine: Machine, owner: Value, name: str) -> Value:
    """The value of ``owner.name`` where it is called: a library method if nothing nearer is known."""
    if owner.__class__ is StepObject:
        return get_member(machine, owner, name)
    meaning = machine.module.module.intrinsics.get("." + name)
    match owner:
        case PayloadPart() | Unknown(steplike=False) | ListObject() | Constant() | Promise() | Method():
            return Unknown(origins_of(owner)) if meaning is None else Method(meaning, owner, name)
        case RecordObject(fields=fields) if name not in fields and meaning is not None:
            return Method(meaning, owner, name)
    value = get_member(machine, owner, name)
    known = isinstance(value, External) and value.meaning is not None
    if (meaning is not None and not known and isinstance(value, Unknown | External)) or (meaning is not None and _plain(value)):
        return Method(meaning, owner, name)
    return value


def _plain(value: Value) -> bool:
    return value == UNDEFINED


def get_element(machine: Machine, owner: Value, key: Value, text: str) -> Value:
    """The value of ``owner[key]``; one of several under an unknown key is a choice."""
    name, index = known_text(key), known_number(key)
    if name is not None:
        return get_member(machine, owner, name)
    match owner:
        case ListObject():
            parts, more = iterate(machine, owner)
            if index is not None and isinstance(index, int) and -len(parts) <= index < len(parts):
                return parts[index]
            if more is not None:
                return more
            return _choose(text, [(str(number), part) for number, part in enumerate(parts)])
        case RecordObject(fields=fields, open=False, mutable=mutable):
            if index is not None:
                return get_member(machine, owner, str(index))
            cells = [(name, _inherit(reliable(read(cell), settled=not mutable), mutable)) for name, cell in fields.items()]
            return _choose(text, cells)
        case PayloadPart(reads=reads, path=path, origin=origin):
            reads.at(path).whole = True
            return Unknown(frozenset({origin}))
        case _:
            return Unknown(origins_of(owner) | origins_of(key))


def iterate(machine: Machine, value: Value) -> tuple[tuple[Value, ...], Value | None]:
    """The elements of a value, and what further ones are (None: there are none)."""
    match value:
        case ListObject(open=more, mutable=mutable):
            elements = elements_of(value)
            if more or any(element.repeated for element in elements):
                values = [element.value for element in elements]
                return (), merge(values) if values else UNKNOWN
            return tuple(_inherit(reliable(element.value, settled=not mutable), mutable) for element in elements), None
        case Promise(result=result):
            return iterate(machine, result)
        case _:
            return (), Unknown(origins_of(value))


def elements_of(value: ListObject) -> tuple[Element, ...]:
    """The elements a list holds now."""
    content = value.cell.value
    return content.items if isinstance(content, Elements) else ()


MAX_ELEMENTS = 10_000
"""Most elements of a list told apart, where lists are put together; as many as ``range`` gives."""


def condensed(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """Elements of a list, or, if there are too many, one that stands for all of them."""
    if len(elements) <= MAX_ELEMENTS:
        return elements
    values = {id(element.value): reliable(element.value, settled=False) for element in elements}
    return (Element(merge(values.values()), repeated=True),)


def _choose(text: str, candidates: list[tuple[str, Value]]) -> Value:
    if not candidates:
        return UNKNOWN
    return Choice(text, tuple(candidates))


def _inherit(value: Value, mutable: bool) -> Value:
    if mutable and isinstance(value, RecordObject | ListObject):
        value.mutable = True
    return value


def _step_member(machine: Machine, name: str, agent: bool) -> Value:
    method = machine.module.methods.get(name)
    if method is not None:
        return method
    if agent and name in AGENT_METHODS:
        return AgentMethod(AGENT_METHODS[name])
    return UNKNOWN


def _external_member(machine: Machine, prefix: str, name: str, imported: bool) -> Value:
    full = f"{prefix}.{name}"
    meaning = machine.module.module.intrinsics.get(full)
    if meaning is None and prefix == "globalThis":
        return External(name, machine.module.module.intrinsics.get(name))
    return External(full, meaning, imported)


def _instance_member(machine: Machine, instance: Instance, name: str) -> Value:
    cell = instance.fields.get(name)
    if cell is not None:
        return reliable(read(cell), settled=False)
    return _inherited_member(machine, instance.cls, instance, name)


def _inherited_member(machine: Machine, start: ClassObject, this: Value, name: str) -> Value:
    for cls in class_chain(start):
        for member in cls.node.members:
            if not member.is_static and member_name(machine, cls, member) == name:
                return _member_value(machine, cls, member, this, name)
    if name in ("env", "ctx"):
        return Unknown(frozenset({Origin.ENVIRONMENT}))
    return _static_member(machine, start, name) if _is_python(start) else UNKNOWN


def _member_value(machine: Machine, cls: ClassObject, member: tree.ClassMember, this: Value, name: str) -> Value:
    match member.kind, member.value:
        case tree.MemberKind.METHOD, tree.Function() as function:
            return make_method(machine, cls, member, function, this, name)
        case tree.MemberKind.GETTER, tree.Function() as function:
            getter = Closure(function, cls.scope, cls.module, name, this, cls)
            return machine.call(getter, Arguments(), function.span)
        case tree.MemberKind.FIELD, tree.Function() as function:
            return field_value(machine, cls, member, this)
        case tree.MemberKind.FIELD, value if value is not None:
            content = reliable(field_value(machine, cls, member, this), settled=False)
            return _inherit(content, mutable=True)
        case _:
            return UNKNOWN


def make_method(
    machine: Machine, cls: ClassObject, member: tree.ClassMember, function: tree.Function, this: Value, name: str
) -> Value:
    """A method taken off an object, its decorators applied."""
    closure = Closure(function, cls.scope, cls.module, name, this, cls)
    if not member.decorators or not _is_python(cls):
        return closure
    with machine.inside(cls.scope), machine.in_module(cls.module), machine.aside():
        return decorate(machine, closure, member.decorators)


def field_value(machine: Machine, cls: ClassObject, member: tree.ClassMember, this: Value) -> Value:
    """The initial value of a field, evaluated once an object."""
    name = member_name(machine, cls, member)
    fields = this.fields if isinstance(this, Instance) else cls.statics
    if name is not None and name in fields:
        return read(fields[name])
    assert member.value is not None
    if name is not None:
        fields[name] = Cell(UNKNOWN)  # what a field sees that needs itself
    scope = Scope(cls.scope)
    scope.names["this"] = Cell(this)
    with machine.inside(scope), machine.in_module(cls.module):
        value = machine.eval(member.value)
    if isinstance(value, Closure) and value.name is None:
        value.name = name
    if name is not None:
        fields[name] = Cell(value)
    return value


def _static_member(machine: Machine, start: ClassObject, name: str) -> Value:
    for cls in class_chain(start):
        if name in cls.statics:
            return read(cls.statics[name])
        for member in cls.node.members:
            if member.is_static and member.value is not None and member_name(machine, cls, member) == name:
                if isinstance(member.value, tree.Function) and member.kind is tree.MemberKind.METHOD:
                    return make_method(machine, cls, member, member.value, start, name)
                return field_value(machine, cls, member, cls)
            if _is_python(cls) and member.value is not None and member_name(machine, cls, member) == name:
                if member.kind is tree.MemberKind.FIELD:
                    return field_value(machine, cls, member, cls)
                if isinstance(member.value, tree.Function) and member.kind is tree.MemberKind.METHOD:
                    return unbound(Closure(member.value, cls.scope, cls.module, name, None, cls))
    return UNKNOWN


def _is_python(cls: ClassObject) -> bool:
    """Whether a class shares its fields and methods with its objects, and the other way round."""
    return cls.module.module.source.language is Language.PYTHON


def member_name(machine: Machine, cls: ClassObject, member: tree.ClassMember) -> str | None:
    """The name of a member, or None if it is computed and not constant."""
    match member.key:
        case tree.Literal(value=str(name)):
            return name
        case tree.Literal(value=value):
            return str(value)
        case key:
            with machine.inside(cls.scope), machine.in_module(cls.module), machine.isolated():
                return known_text(machine.eval(key))
