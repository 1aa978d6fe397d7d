"""The flow tree as indented text: for people who ask what was read, and for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias, assert_never

from analyzer.flow.tree import (
    AnyShape,
    Arm,
    Await,
    Bind,
    Block,
    Branch,
    Call,
    Class,
    ClassMember,
    Constant,
    Default,
    Entry,
    Exit,
    Export,
    Fields,
    Function,
    Handler,
    Import,
    Items,
    Literal,
    Loop,
    Member,
    Name,
    Node,
    Opaque,
    Operation,
    Param,
    ParamKind,
    Record,
    Shape,
    Spread,
    Start,
    Template,
    Try,
    TypeDeclaration,
    TypeName,
    Undefined,
    With,
    Write,
    Yield,
)

_MAX_INDENT = 100


class _Group(NamedTuple):
    """Pieces under a word that says what they are."""

    label: str
    pieces: Sequence[_Piece]


_Piece: TypeAlias = Node | Arm | Handler | Param | ClassMember | Entry | _Group
_Line: TypeAlias = tuple[str, Sequence[_Piece]]


def dump(nodes: Iterable[Node]) -> str:
    """The nodes as text, a line each with its children indented below it, without spans. Lowers every function body.

    A line nested more than 100 deep is indented like 100 and begins with its depth.
    """
    lines: list[str] = []
    stack: list[Iterator[_Piece]] = [iter(nodes)]
    while stack:
        piece = next(stack[-1], None)
        if piece is None:
            stack.pop()
            continue
        depth = len(stack) - 1
        head, inner = _line(piece)
        deep = f"{depth}: " if depth > _MAX_INDENT else ""
        lines.append("  " * min(depth, _MAX_INDENT) + deep + head)
        stack.append(iter(inner))
    return "\n".join(lines) + "\n" if lines else ""


def _line(piece: _Piece) -> _Line:
    match piece:
        case Name(name=name):
            return f"Name {name}", ()
        case Literal(value=value):
            return f"Literal {_constant(value)}", ()
        case Import() | Export() | TypeDeclaration():
            return _outside(piece), ()
        case Template(parts=parts):
            return "Template", parts
        case Operation(operator=operator, operands=operands):
            return f"Operation {operator}", operands
        case Items(elements=elements, kind=kind):
            return f"Items {kind.name}", elements
        case Opaque(parts=parts, reason=reason):
            return f"Opaque {reason.name}", parts
        case Member() | Call() | Await() | Yield() | Spread() | Default() | Record() | Entry():
            return _expression(piece)
        case Function() | Param() | Class() | ClassMember():
            return _definition(piece)
        case Bind() | Write() | Exit() | Branch() | Arm() | Loop() | Block() | Try() | Handler() | With():
            return _statement(piece)
        case _Group(label=label, pieces=pieces):
            return label, pieces
        case _:
            assert_never(piece)


def _expression(piece: Member | Call | Await | Yield | Spread | Default | Record | Entry) -> _Line:
    match piece:
        case Member(object=owner, key=Literal(value=str() as name), subscript=False):
            return f"Member .{name}", (owner,)
        case Member(object=owner, key=key):
            return "Member []", (owner, key)
        case Call(callee=callee, args=args, keywords=keywords, is_new=is_new):
            return "New" if is_new else "Call", (callee, *args, *_group("keywords", keywords))
        case Await(value=value):
            return "Await", (value,)
        case Yield(value=result, delegate=delegate):
            return "Yield delegate" if delegate else "Yield", _optional(result)
        case Spread(value=value):
            return "Spread", (value,)
        case Default(target=target, value=value):
            return "Default", (target, _Group("value", (value,)))
        case Record(entries=entries):
            return "Record", entries
        case Entry(key=Literal(value=constant), value=value):
            return f"Entry {_constant(constant)}", (value,)
        case Entry(key=key, value=value):
            return "Entry", (_Group("key", (key,)), value)
        case _:
            assert_never(piece)


def _definition(piece: Function | Param | Class | ClassMember) -> _Line:
    match piece:
        case Function(name=name, params=params, body=body, decorators=decorators):
            start = "" if piece.start is Start.EAGER else piece.start.name
            receiver = "" if piece.receiver is None else f"receiver={piece.receiver}"
            head = _words("Function", name or "", "async" if piece.is_async else "", start, receiver)
            return head, [*_group("decorators", *decorators), *params, *body.nodes]
        case Param(target=target, default=default, kind=kind, shape=shape):
            word = "" if kind is ParamKind.NORMAL else kind.name
            declared = "" if shape is None else f": {_shape(shape)}"
            return _words("Param", word) + declared, [target, *_group("default", default)]
        case Class(name=name, bases=bases, members=members, decorators=decorators, shapes=shapes):
            declared = f"<{', '.join(_shape(shape) for shape in shapes)}>" if shapes else ""
            inner: list[_Piece] = [*_group("decorators", *decorators), *_group("bases", *bases), *members]
            return _words("Class", name or "", declared), inner
        case ClassMember(key=key, value=value, kind=member_kind, decorators=decorators):
            known = type(key) is Literal
            shown = _constant(key.value) if type(key) is Literal else ""
            head = _words("Member", member_kind.name, shown, "static" if piece.is_static else "")
            return head, [*_group("decorators", *decorators), *(() if known else _group("key", key)), *_optional(value)]
        case _:
            assert_never(piece)


def _statement(piece: Bind | Write | Exit | Branch | Arm | Loop | Block | Try | Handler | With) -> _Line:
    match piece:
        case Bind(target=target, value=value, kind=kind):
            return f"Bind {kind.name}", (target, *_optional(value))
        case Write(target=target, value=value):
            return "Write delete" if value is None else "Write", (target, *_optional(value))
        case Exit(kind=exit_kind, value=value, label=label):
            return _words("Exit", exit_kind.name, label or ""), _optional(value)
        case Branch(kind=branch_kind, subject=subject, arms=arms):
            return f"Branch {branch_kind.name}", (*_group("subject", subject), *arms)
        case Arm(test=test, body=body):
            return "Arm", (*_group("test", test), *body)
        case Loop(kind=loop_kind, label=label, body=body):
            before = (*_group("iterable", piece.iterable), *_group("target", piece.target), *_group("test", piece.test))
            after = (*_group("update", piece.update), *_group("orelse", *piece.orelse))
            return _words("Loop", loop_kind.name, label or ""), (*before, *body, *after)
        case Block(body=body, label=label):
            return _words("Block", label or ""), body
        case Try(body=body, handlers=handlers, orelse=orelse, final=final):
            last = () if final is None else (_Group("final", final),)
            return "Try", (*body, *handlers, *_group("orelse", *orelse), *last)
        case Handler(test=test, target=bound, body=body):
            return "Handler", (*_group("test", test), *_group("target", bound), *body)
        case With(context=context, target=bound, body=body, is_async=is_async):
            return "With async" if is_async else "With", (context, *_group("target", bound), *body)
        case _:
            assert_never(piece)


def _outside(piece: Import | Export | TypeDeclaration) -> str:
    match piece:
        case Import(specifier=specifier, name=name, local=local, type_only=type_only):
            renamed = "" if local is None else f"as {local}"
            return _words("Import", "type" if type_only else "", name, f"from {json.dumps(specifier)}", renamed)
        case Export(name=name, local=local, specifier=source):
            return _words("Export", name, "=", local, "" if source is None else f"from {json.dumps(source)}")
        case TypeDeclaration(name=name, params=params, shape=shape):
            listed = f"<{', '.join(params)}>" if params else ""
            return f"Type {name}{listed} = {_shape(shape)}"
        case _:
            assert_never(piece)


def _shape(shape: Shape) -> str:
    match shape:
        case Fields(fields=fields):
            return "{" + ", ".join(f"{name}: {_shape(declared)}" for name, declared in fields) + "}"
        case TypeName(name=name, args=args):
            return f"{name}<{', '.join(_shape(arg) for arg in args)}>" if args else name
        case AnyShape():
            return "?"
        case _:
            assert_never(shape)


def _constant(value: Constant) -> str:
    return "undefined" if value is Undefined.UNDEFINED else json.dumps(value)


def _words(*words: str) -> str:
    return " ".join(word for word in words if word)


def _optional(node: Node | None) -> tuple[Node, ...]:
    return () if node is None else (node,)


def _group(label: str, *pieces: Node | None) -> tuple[_Group, ...]:
    present = [piece for piece in pieces if piece is not None]
    return (_Group(label, present),) if present else ()
