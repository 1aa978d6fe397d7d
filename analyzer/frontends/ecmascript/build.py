"""Flow nodes that both JavaScript readers build in the same way, whatever their parser's nodes look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analyzer.flow.tree import (
    Arm,
    Bind,
    BindKind,
    Branch,
    BranchKind,
    Default,
    Export,
    Ignorance,
    Items,
    Literal,
    Member,
    Name,
    Node,
    Opaque,
    Operation,
    Record,
    Spread,
    Template,
    Undefined,
    Write,
)
from analyzer.source import Span

MAX_DEPTH = 150
"""Deepest nesting of flow nodes in one function body; what lies deeper is an Opaque of reason DEPTH."""

DEFAULT_EXPORT = "*default*"
"""The name that ``export default <expression>`` binds."""

LOGICAL: dict[str, BranchKind] = {"&&": BranchKind.AND, "||": BranchKind.OR, "??": BranchKind.NULLISH}
"""Operators that are branches; with ``=`` after them they are logical assignments."""

FLAT = frozenset({"+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>"})
"""Left-associative operators of which a chain is one Operation."""


def name(text: str, span: Span) -> Name | Literal:
    """An identifier that is read: ``undefined`` is a constant, anything else a name."""
    return Literal(Undefined.UNDEFINED, span) if text == "undefined" else Name(text, span)


def template(parts: Iterable[Node], span: Span) -> Template | Literal:
    """A template of text and holes in order: without empty texts; a Literal if there is no hole."""
    kept = tuple([part for part in parts if type(part) is not Literal or part.value != ""])
    if not kept:
        return Literal("", span)
    only = kept[0]
    if len(kept) == 1 and type(only) is Literal and type(only.value) is str:
        return Literal(only.value, span)
    return Template(kept, span)


def unary(operator: str, operand: Node, span: Span) -> Node:
    """A prefix operator; ``void`` of a constant is undefined, ``delete`` of a member a Write without value."""
    if operator == "void" and type(operand) is Literal:
        return Literal(Undefined.UNDEFINED, span)
    if operator == "delete" and type(operand) is Member:
        return Write(operand, None, span)
    return Operation(operator, (operand,), span)


def binary(operator: str, left: Node, right: Node, span: Span) -> Node:
    """An infix operator; a chain of one left-associative operator is one node with many operands."""
    kind = LOGICAL.get(operator)
    if kind is not None:
        return Branch(kind, left, (Arm(None, (right,), None, right.span),), span)
    if operator in FLAT and type(left) is Operation and left.operator == operator and len(left.operands) > 1:
        return Operation(operator, (*left.operands, right), span)
    return Operation(operator, (left, right), span)


def ternary(test: Node, condition: Span, yes: Node, no: Node, span: Span) -> Branch:
    """``test ? yes : no``; ``condition`` is the span whose text names the first way."""
    arms = (Arm(test, (yes,), condition, yes.span), Arm(None, (no,), None, no.span))
    return Branch(BranchKind.TERNARY, None, arms, span)


def assignment(operator: str, target: Node, value: Node, span: Span) -> Node:
    """``target = value``, ``+=`` and its like, ``&&=`` and its like. Patterns take ``=`` only."""
    if operator == "=":
        return _store(target, value, span)
    symbol = operator[:-1]
    kind = LOGICAL.get(symbol)
    if kind is not None:
        store = _store(_again(target), value, span)
        return Branch(kind, target, (Arm(None, (store,), None, span),), span)
    return _store(target, Operation(symbol, (_again(target), value), span), span)


def update(operator: str, target: Node, span: Span) -> Node:
    """``x++`` and ``++x``: the assignment of the operation with 1 (the old value that ``x++`` yields is not told apart)."""
    return _store(target, Operation(operator[0], (_again(target), Literal(1, span)), span), span)


def _again(target: Node) -> Node:
    """A target that stands a second time: what runs in it has run, so it is unknown there. Nor may copies nest."""
    match target:
        case Name() | Literal():
            return target
        case Member(object=owner, key=key, subscript=subscript, span=span):
            return Member(_again(owner), _again(key), subscript, span)
        case _:
            return Opaque((), Ignorance.NO_VALUE, target.span)


def bound_names(target: Node) -> list[str]:
    """The names a pattern binds, in source order."""
    found: list[str] = []
    stack: list[Node] = [target]
    while stack:
        match stack.pop():
            case Name(name=text):
                found.append(text)
            case Items(elements=elements):
                stack.extend(reversed(elements))
            case Record(entries=entries):
                stack.extend([entry.value for entry in reversed(entries)])
            case Default(target=inner) | Spread(value=inner):
                stack.append(inner)
            case _:
                continue
    return found


def exports(targets: Iterable[Node], span: Span) -> list[Export]:
    """The exports of ``export const …``: each bound name under itself."""
    return [Export(text, text, None, span) for target in targets for text in bound_names(target)]


def default_export(value: Node, span: Span) -> tuple[Bind, Export]:
    """``export default <expression>``, given the span of the statement; a semicolon is no part of it."""
    span = Span(span.path, span.start, value.span.end)
    bind = Bind(Name(DEFAULT_EXPORT, value.span), value, BindKind.CONST, span)
    return bind, Export("default", DEFAULT_EXPORT, None, span)


def sequence(parts: Sequence[Node], span: Span) -> Node:
    """The comma operator."""
    return parts[0] if len(parts) == 1 else Operation(",", tuple(parts), span)


def _store(target: Node, value: Node, span: Span) -> Node:
    if type(target) is Member:
        return Write(target, value, span)
    return Bind(target, value, BindKind.ASSIGN, span)
