"""Values as rules see them: what they are, where from, and which piece of the source they are written as."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.builder.machine import class_chain, read
from analyzer.builder.members import elements_of
from analyzer.builder.values import (
    Arguments,
    BoundStepMethod,
    ClassObject,
    Closure,
    Constant,
    Coroutine,
    DeclaredStep,
    Hole,
    Instance,
    Instant,
    ListObject,
    Promise,
    RecordObject,
    StepObject,
    Text,
    Unknown,
    Value,
    origins_of,
)
from analyzer.flow import tree
from analyzer.graph.facts import HOLE, Given, GivenField, ValueKind
from analyzer.source import Span

MAX_DEPTH = 4
"""Records and lists inside one another that are looked into: a configuration has two levels."""

LITERALS = frozenset({tree.Literal, tree.Template, tree.Record, tree.Items, tree.Function})

MAX_ITEMS = 64
"""Fields or elements that are looked into."""


def given(value: Value, node: tree.Node | None, place: Span, depth: int = 0) -> Given:
    """A value, written as ``node`` (None: not known; then it stands at ``place``)."""
    span = place if node is None else node.span
    if value.__class__ is Closure:  # the commonest kind, asked for first
        return Given(ValueKind.FUNCTION, span, literal=_is_literal(node))
    match value:
        case Constant():
            scalar = value.value
            if isinstance(scalar, tree.Undefined):
                return Given(ValueKind.UNDEFINED, span)
            return Given(ValueKind.CONSTANT, span, scalar, _is_literal(node))
        case Text(parts=parts):
            text = "".join(HOLE if isinstance(part, Hole) else part for part in parts)
            return Given(ValueKind.TEXT, span, text, _is_literal(node), origins_of(value))
        case Instant(milliseconds=milliseconds):
            return Given(ValueKind.INSTANT, span, milliseconds)
        case RecordObject():
            fields = tuple(_fields(value, span, depth)) if depth < MAX_DEPTH else ()
            more = value.open or value.mutable or len(fields) < len(value.fields)
            return Given(ValueKind.RECORD, span, literal=_is_literal(node), fields=fields, open=more)
        case ListObject():
            return _list(value, span, depth, literal=_is_literal(node))
        case _:
            return _object(value, span)


def _is_literal(node: tree.Node | None) -> bool:
    """Whether a value is written right where it is handed over, not computed or named there."""
    return node.__class__ in LITERALS


def _fields(record: RecordObject, place: Span, depth: int) -> Iterable[GivenField]:
    entries = {} if record.node is None else dict(_entries(record.node))
    for name, cell in list(record.fields.items())[:MAX_ITEMS]:
        entry = entries.get(name)
        value = given(read(cell), entry.value if entry else None, entry.span if entry else place, depth + 1)
        yield GivenField(name, entry.key.span if entry else place, value)


def _entries(node: tree.Record) -> Iterable[tuple[str, tree.Entry]]:
    for entry in node.entries:
        match entry:
            case tree.Entry(key=tree.Literal(value=key)):
                yield str(key), entry
            case _:
                continue


def _list(value: ListObject, span: Span, depth: int, *, literal: bool) -> Given:
    elements = elements_of(value)[:MAX_ITEMS] if depth < MAX_DEPTH else ()
    items = tuple(given(element.value, None, span, depth + 1) for element in elements)
    kind = ValueKind.TUPLE if value.kind is tree.ItemsKind.TUPLE else ValueKind.LIST
    return Given(kind, span, literal=literal, items=items, open=value.open or value.mutable)


def _object(value: Value, span: Span) -> Given:
    origins = origins_of(value)
    match value:
        case Promise() | Coroutine():
            return Given(ValueKind.PROMISE, span, origins=origins)
        case StepObject() | BoundStepMethod() | DeclaredStep():
            return Given(ValueKind.STEP, span)
        case Instance(cls=cls):
            kind = ValueKind.INSTANCE if is_closed(cls) else ValueKind.ERROR
            return Given(kind, span, class_name=cls.name)
        case Unknown(library=str(name)):
            return Given(ValueKind.LIBRARY, span, origins=origins, class_name=name)
        case _:
            return Given(ValueKind.UNKNOWN, span, origins=origins)


def is_closed(cls: ClassObject) -> bool:
    """Whether a class and all its bases are the project's own."""
    return all(isinstance(base, ClassObject) for link in class_chain(cls) for base in link.bases)


def positional(arguments: Arguments, nodes: tuple[tree.Node, ...], index: int, place: Span) -> Given | None:
    """The argument at a position, written as the node there (if there is one), or None. ``place`` stands in for none."""
    if index >= len(arguments.positional):
        return None
    return given(arguments.positional[index], nodes[index] if index < len(nodes) else None, place)


def nodes_of(arguments: Arguments, node: tree.Call | None) -> tuple[tree.Node, ...]:
    """What the positional arguments of a call are written as, as far as they stand there one by one.

    Nothing for arguments that ``apply`` or a callback made of those written in the call.
    """
    if node is None or arguments.name_span is None or arguments.span != node.span:
        return ()
    spread = next((index for index, part in enumerate(node.args) if part.__class__ is tree.Spread), len(node.args))
    return node.args[:spread]


def keyword(arguments: Arguments, node: tree.Call | None, name: str, place: Span) -> Given | None:
    """The argument under a keyword, or None if there is none."""
    value = dict(arguments.keywords).get(name)
    if value is None:
        return None
    record = node.keywords if node is not None else None
    entry = None if record is None else dict(_entries(record)).get(name)
    return given(value, entry.value if entry else None, place)
