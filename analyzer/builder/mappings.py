"""Mappings of the standard libraries: made, written and looked into by key."""

from __future__ import annotations

from analyzer.builder.fold import known_text
from analyzer.builder.machine import Machine
from analyzer.builder.members import elements_of, get_element
from analyzer.builder.scopes import Cell
from analyzer.builder.unseen import call_unseen
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Arguments,
    Choice,
    Constant,
    Event,
    ListObject,
    Method,
    PayloadPart,
    RecordObject,
    Value,
    merge,
)
from analyzer.source import Language, Span


def mapping(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """A new mapping: of keywords, of another one, of entries, or with keys that cannot be told."""
    fields = {name: Cell(value) for name, value in arguments.keywords}
    match arguments.positional:
        case ():
            return RecordObject(fields)
        case (RecordObject() as source,):
            copied = {name: Cell(cell.value) for name, cell in source.fields.items()}
            return RecordObject(copied | fields, source.open, source.mutable)
        case (ListObject(open=False) as source,) if (entries := _entries(source)) is not None:
            return RecordObject(entries | fields)
        case _:
            call_unseen(machine, callee, arguments, span)
            return RecordObject(fields, open=True, mutable=True)


def _entries(source: ListObject) -> dict[str, Cell] | None:
    """The fields that a list of keys with their values makes; None if a key is not known."""
    fields: dict[str, Cell] = {}
    for element in elements_of(source):
        match element.value:
            case ListObject(open=False) as pair if not element.repeated:
                parts = [part.value for part in elements_of(pair)]
            case _:
                return None
        name = known_text(parts[0]) if len(parts) == 2 else None
        if name is None:
            return None
        fields[name] = Cell(parts[1])
    return fields


def put(machine: Machine, receiver: RecordObject, key: Value, value: Value) -> None:
    """Writes a key of a mapping; one that is not known holds what every such key was given."""
    match key:
        case Constant(value=name):
            machine.set(receiver.fields.setdefault(str(name), Cell(UNDEFINED, single=False)), value)
        case _:
            receiver.open = True
            cell = receiver.fields.get("[]")
            if cell is None:
                machine.set(receiver.fields.setdefault("[]", Cell(UNDEFINED, single=False)), value)
            else:
                machine.set(cell, merge([cell.value, value]))


def look_up(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """The entry of a mapping under a key, as by ``[key]``; one of all its entries if the key is not known."""
    owner = callee.receiver if isinstance(callee, Method) else UNKNOWN
    key = arguments.get(0)
    if key is None or not _is_mapping(machine, owner):
        return call_unseen(machine, callee, arguments, span)
    found = get_element(machine, owner, key, _text_of_key(machine, arguments))
    default = arguments.get(1)
    if default is None or isinstance(default, Constant):
        return found
    match found:
        case Choice(text=text, candidates=candidates, origins=origins):
            return Choice(text, (*candidates, (None, default)), origins)
        case _:
            return merge([found, default])


def _is_mapping(machine: Machine, owner: Value) -> bool:
    match owner:
        case RecordObject(open=more):
            return not more
        case Event() | PayloadPart():
            return machine.module.module.source.language is Language.PYTHON
        case _:
            return False


def _text_of_key(machine: Machine, arguments: Arguments) -> str:
    """What stands between the parentheses of the call."""
    if arguments.span is None or arguments.name_span is None:
        return ""
    between = Span(arguments.span.path, arguments.name_span.end, arguments.span.end)
    return machine.module.module.text(between).strip().removeprefix("(").removesuffix(")").strip()
