"""Short constructors of flow nodes for expectations; every span is nowhere, since equality ignores it."""

from __future__ import annotations

from analyzer.flow.tree import (
    Arm,
    Await,
    Bind,
    BindKind,
    Block,
    Body,
    Branch,
    BranchKind,
    Call,
    Constant,
    Default,
    Entry,
    Exit,
    ExitKind,
    Function,
    Ignorance,
    Items,
    ItemsKind,
    Literal,
    Loop,
    LoopKind,
    Member,
    Name,
    Node,
    Opaque,
    Operation,
    Param,
    ParamKind,
    Record,
    Spread,
    Start,
    Template,
    Undefined,
    Write,
    Yield,
)
from analyzer.source import Span

AT = Span("", 0, 0)
UNDEFINED = Literal(Undefined.UNDEFINED, AT)


def name(text: str) -> Name:
    return Name(text, AT)


def lit(value: Constant) -> Literal:
    return Literal(value, AT)


def names(text: str) -> tuple[Name, ...]:
    return tuple(name(each) for each in text.split())


def template(*parts: Node) -> Template:
    return Template(parts, AT)


def op(operator: str, *operands: Node) -> Operation:
    return Operation(operator, operands, AT)


def member(target: Node, key: str) -> Member:
    return Member(target, lit(key), False, AT)


def subscript(target: Node, key: Node) -> Member:
    return Member(target, key, True, AT)


def call(callee: Node, *args: Node, new: bool = False) -> Call:
    return Call(callee, args, None, new, AT)


def bind(target: Node, value: Node | None, kind: BindKind = BindKind.ASSIGN) -> Bind:
    return Bind(target, value, kind, AT)


def write(target: Node, value: Node | None) -> Write:
    return Write(target, value, AT)


def await_(value: Node) -> Await:
    return Await(value, AT)


def yield_(value: Node | None, *, delegate: bool = False) -> Yield:
    return Yield(value, delegate, AT)


def default(target: Node, value: Node) -> Default:
    return Default(target, value, AT)


def block(*nodes: Node, label: str | None = None) -> Block:
    return Block(nodes, label, AT)


def arm(test: Node | None, *body: Node) -> Arm:
    return Arm(test, body, None, AT)


def branch(kind: BranchKind, subject: Node | None, *arms: Arm) -> Branch:
    return Branch(kind, subject, arms, AT)


def exit_(kind: ExitKind, value: Node | None = None, label: str | None = None) -> Exit:
    return Exit(kind, value, label, AT)


def items(*elements: Node) -> Items:
    return Items(elements, ItemsKind.LIST, AT)


def record(*entries: Entry | Spread) -> Record:
    return Record(entries, AT)


def entry(key: str | int | Node, value: Node) -> Entry:
    match key:
        case str() | int():
            return Entry(lit(key), value, AT)
        case _:
            return Entry(key, value, AT)


def spread(value: Node) -> Spread:
    return Spread(value, AT)


def opaque(*parts: Node, reason: Ignorance = Ignorance.NO_VALUE) -> Opaque:
    return Opaque(parts, reason, AT)


def param(target: Node, default: Node | None = None, kind: ParamKind = ParamKind.NORMAL) -> Param:
    return Param(target, default, kind)


def body(*nodes: Node) -> Body:
    return Body(lambda: nodes)


def function(
    *nodes: Node,
    name: str | None = None,
    params: tuple[Param, ...] = (),
    start: Start = Start.EAGER,
    is_async: bool = False,
    receiver: str | None = "this",
) -> Function:
    return Function(name, params, body(*nodes), start, is_async, receiver, (), AT)


def arrow(*nodes: Node, params: tuple[Param, ...] = (), is_async: bool = False) -> Function:
    return function(*nodes, params=params, is_async=is_async, receiver=None)


def loop(
    kind: LoopKind,
    *nodes: Node,
    target: Bind | None = None,
    iterable: Node | None = None,
    test: Node | None = None,
    update: Node | None = None,
    label: str | None = None,
) -> Loop:
    return Loop(kind, target, iterable, test, nodes, update, (), label, AT)
