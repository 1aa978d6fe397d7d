"""Expressions: each evaluated in order, for its nodes and its value."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.builder.activation import generate
from analyzer.builder.decorators import decorate
from analyzer.builder.fold import concatenate, is_text, known_text, operate, parts_of, unknown_of
from analyzer.builder.machine import Machine
from analyzer.builder.members import condensed, elements_of, get_element, get_member, get_method, iterate
from analyzer.builder.names import bind, write_member
from analyzer.builder.promises import await_node
from analyzer.builder.scopes import Cell, Scope
from analyzer.builder.steps import note_unknown_receiver
from analyzer.builder.texts import note_await_text
from analyzer.builder.texts_of_values import percent
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Arguments,
    ClassObject,
    Closure,
    Constant,
    Element,
    Elements,
    External,
    Generator,
    Hole,
    ListObject,
    PayloadPart,
    RecordObject,
    Unknown,
    Value,
    origins_of,
)
from analyzer.flow import tree
from analyzer.flow.intrinsics import Intrinsic
from analyzer.source import Span


def literal(machine: Machine, node: tree.Literal) -> Value:
    """A constant."""
    return Constant(node.value)


def spread(machine: Machine, node: tree.Spread) -> Value:
    """A spread where nothing takes it apart: its value is used."""
    return use(machine.eval(node.value))


def default(machine: Machine, node: tree.Default) -> Value:
    """The value that stands in, where a default is no target."""
    return machine.eval(node.value)


def opaque(machine: Machine, node: tree.Opaque) -> Value:
    """Runs the parts of what is not understood; what was nested too deeply to be read is noted."""
    if node.reason is tree.Ignorance.DEPTH:
        machine.note("SG906", node.span, "nested too deeply to be followed")
    return unknown_of([use(machine.eval(part)) for part in node.parts])


def use(value: Value) -> Value:
    """Marks a value as used for what it is: a part of a payload is then no longer known by its fields alone."""
    if isinstance(value, PayloadPart):
        value.reads.at(value.path).whole = True
    return value


def template(machine: Machine, node: tree.Template) -> Value:
    """Folds a template: a text, with holes where parts are not known."""
    parts: list[str | Hole] = []
    for part in node.parts:
        value = use(machine.eval(part))
        parts.extend(parts_of(value))
    return concatenate(parts)


def operation(machine: Machine, node: tree.Operation) -> Value:
    """Evaluates an operator over its operands."""
    values = [machine.eval(operand) for operand in node.operands]
    if node.operator != ",":
        for value in values:
            use(value)
    if node.operator == "%" and is_text(values[0]):
        return percent(values[0], values[1])
    return operate(node.operator, values)


def record(machine: Machine, node: tree.Record) -> Value:
    """Makes a record; what is spread in comes in order."""
    record = RecordObject({})
    for entry in node.entries:
        if isinstance(entry, tree.Spread):
            _spread_into(record, machine.eval(entry.value))
            continue
        key = machine.eval(entry.key)
        value = machine.eval(entry.value)
        name = known_text(key) if not isinstance(key, Constant) or isinstance(key.value, str) else str(key.value)
        if name is None:
            record.open = True
            continue
        give_name(entry.value, value, name)
        record.fields.pop(name, None)
        record.fields[name] = Cell(value)
    return record


def _spread_into(record: RecordObject, value: Value) -> None:
    if isinstance(value, RecordObject):
        for name, cell in value.fields.items():
            record.fields[name] = Cell(cell.value)
        record.open = record.open or value.open
        record.mutable = record.mutable or value.mutable
        return
    use(value)
    record.open = True
    record.fields = {
        name: Cell(Unknown(origins_of(cell.value))) for name, cell in record.fields.items() if _is_data(cell.value)
    } | {name: cell for name, cell in record.fields.items() if not _is_data(cell.value)}


def _is_data(value: Value) -> bool:
    return isinstance(value, Constant | Unknown)


def items(machine: Machine, node: tree.Items) -> Value:
    """Makes a list."""
    elements: list[Element] = []
    more = False
    for part in node.elements:
        if isinstance(part, tree.Spread):
            value = machine.eval(part.value)
            if isinstance(value, ListObject):
                elements.extend(elements_of(value))
                more = more or value.open
            else:
                use(value)
                more = True
        else:
            elements.append(Element(machine.eval(part)))
    return ListObject(Cell(Elements(condensed(tuple(elements)))), more, kind=node.kind)


def member(machine: Machine, node: tree.Member) -> Value:
    """Evaluates a member: of a known object its value, else unknown."""
    owner = machine.eval(node.object)
    name = constant_key(node)
    return get_member(machine, owner, name) if name is not None else _select(machine, node, owner, get_member)


def constant_key(node: tree.Member) -> str | None:
    """The name of a member, if it is a constant string."""
    key = node.key
    if key.__class__ is not tree.Literal:
        return None
    assert isinstance(key, tree.Literal)
    return key.value if isinstance(key.value, str) else None


def call(machine: Machine, node: tree.Call) -> Value:
    """Evaluates a call: the callee, its arguments, then what it does."""
    mark, first = len(machine.sequence), machine.next_id
    callee, name, name_span = _callee(machine, node.callee)
    arguments = _arguments(machine, node, name_span, mark, first)
    if name is not None and callee.__class__ in UNSEEN:
        note_unknown_receiver(machine, name, arguments, node.span)
    return machine.call(callee, arguments, node.span)


UNSEEN = frozenset({Unknown, External})
"""The kinds of callee whose name may look like that of a step's method."""


def _callee(machine: Machine, node: tree.Node) -> tuple[Value, str | None, Span]:
    """What is called, the member's name if it is a constant one, and the place of the name."""
    if node.__class__ is not tree.Member:
        return machine.eval(node), None, node.span
    assert isinstance(node, tree.Member)
    owner, name = machine.eval(node.object), constant_key(node)
    if name is None:
        return _select(machine, node, owner, get_method), None, node.key.span
    return get_method(machine, owner, name), name, node.key.span


def _select(machine: Machine, node: tree.Member, owner: Value, get: Callable[[Machine, Value, str], Value]) -> Value:
    key = use(machine.eval(node.key))
    name = known_text(key)
    if name is not None:
        return get(machine, owner, name)
    return get_element(machine, owner, key, machine.module.module.text(node.key.span))


def _arguments(machine: Machine, node: tree.Call, name_span: Span, mark: int, first: int) -> Arguments:
    if node.keywords is None and tree.Spread not in [part.__class__ for part in node.args]:
        positional = tuple([machine.eval(part) for part in node.args])
        return Arguments(positional, (), False, node.span, node.is_new, name_span, mark, first)
    values, more = _spread_arguments(machine, node)
    keywords: list[tuple[str, Value]] = []
    if node.keywords is not None:
        match machine.eval(node.keywords):
            case RecordObject(fields=fields):
                keywords = [(name, cell.value) for name, cell in fields.items()]
    return Arguments(values, tuple(keywords), more, node.span, node.is_new, name_span, mark, first)


def _spread_arguments(machine: Machine, node: tree.Call) -> tuple[tuple[Value, ...], bool]:
    positional: list[Value] = []
    more = False
    for part in node.args:
        match part:
            case tree.Spread(value=inner):
                value = machine.eval(inner)
                parts, rest = iterate(machine, value)
                positional.extend(parts)
                if rest is not None and value.__class__ is ListObject:
                    positional.append(value)
                more = more or rest is not None
            case _:
                positional.append(machine.eval(part))
    return tuple(positional), more


def await_(machine: Machine, node: tree.Await) -> Value:
    """Evaluates an ``await``; in conditions, one of nothing but a step call is written as the call."""
    mark = len(machine.texts)
    value = await_node(machine, node.value, node.span)
    if isinstance(node.value, tree.Call):
        note_await_text(machine, node.span, node.value.span, mark)
    return value


def yield_(machine: Machine, node: tree.Yield) -> Value:
    """Hands a value to whoever iterates the generator being interpreted."""
    value = UNDEFINED if node.value is None else use(machine.eval(node.value))
    if node.delegate:
        match value:
            case Generator():
                machine.frame.yields.append(generate(machine, value))
            case _:
                parts, rest = iterate(machine, value)
                machine.frame.yields.extend(parts if rest is None else [rest])
    else:
        machine.frame.yields.append(value)
        if machine.frame.on_yield is not None:
            machine.frame.on_yield(value)
    if machine.sequence is machine.frame.sequence:
        machine.frame.cuts.append((len(machine.sequence), len(machine.frame.yields)))
    return UNKNOWN


def bind_value(machine: Machine, node: tree.Bind) -> Value:
    """Evaluates a binding, and binds."""
    if node.value is None:
        return UNDEFINED
    value = machine.eval(node.value)
    if isinstance(node.target, tree.Name):
        give_name(node.value, value, node.target.name)
    bind(machine, node.target, value, node.kind)
    return value


def write(machine: Machine, node: tree.Write) -> Value:
    """Evaluates a write to a member or element."""
    value = UNDEFINED if node.value is None else machine.eval(node.value)
    if isinstance(node.target, tree.Member):
        if node.value is not None and isinstance(node.target.key, tree.Literal):
            give_name(node.value, value, str(node.target.key.value))
        write_member(machine, node.target, value)
    return value


def give_name(node: tree.Node, value: Value, name: str) -> None:
    """An anonymous function or class written where it is bound takes the name it is bound to."""
    match node, value:
        case tree.Function() | tree.Class(), Closure(name=None) | ClassObject(name=None):
            value.name = name


def function(machine: Machine, node: tree.Function) -> Value:
    """Makes a closure; its decorators are applied."""
    machine.captured[machine.scope] = None
    closure = Closure(node, machine.scope, machine.module, node.name)
    return decorate(machine, closure, node.decorators) if node.decorators else closure


def class_(machine: Machine, node: tree.Class) -> Value:
    """Makes a class."""
    bases = tuple(machine.eval(base) for base in node.bases)
    for decorator in node.decorators:
        machine.eval(decorator)
    scope = Scope(machine.scope)
    cls = ClassObject(node, scope, machine.module, node.name, bases)
    if node.name is not None:
        scope.names[node.name] = Cell(cls)
    machine.captured.update({machine.scope: None, scope: None})
    for member in node.members:
        if member.kind is tree.MemberKind.STATIC_BLOCK and isinstance(member.value, tree.Function):
            _static_block(machine, cls, member.value)
    return cls


def _static_block(machine: Machine, cls: ClassObject, block: tree.Function) -> None:
    """A bundler's ``static { __name(this, "Class") }`` names the class; anything else in it is of no matter here."""
    nodes = block.body.nodes
    if len(nodes) != 1 or not isinstance(nodes[0], tree.Call) or len(nodes[0].args) != 2:
        return
    callee, name = machine.eval(nodes[0].callee), nodes[0].args[1]
    helper = isinstance(callee, Closure) and _is_namer(callee)
    if (helper or getattr(callee, "meaning", None) is Intrinsic.NAMED) and isinstance(name, tree.Literal):
        cls.name = str(name.value)


def _is_namer(closure: Closure) -> bool:
    text = closure.module.module.source.slice(closure.function.span)
    return len(text) < 200 and "configurable" in text
