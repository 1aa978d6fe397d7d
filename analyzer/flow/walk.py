"""The one generic traversal of the flow tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from analyzer.flow.tree import (
    Arm,
    Await,
    Bind,
    Block,
    Branch,
    Call,
    Class,
    Default,
    Entry,
    Exit,
    Export,
    Function,
    Import,
    Items,
    Literal,
    Loop,
    LoopKind,
    Member,
    Name,
    Node,
    Opaque,
    Operation,
    Record,
    Spread,
    Template,
    Try,
    TypeDeclaration,
    With,
    Write,
    Yield,
)


def walk(nodes: Node | tuple[Node, ...] | list[Node], *, into_functions: bool) -> Iterator[Node]:
    """Every node, each before its children, in the order in which they run; without recursion.

    ``into_functions``: parameters and bodies of functions too (which lowers them), right behind the function.
    """
    stack = list(nodes)[::-1] if isinstance(nodes, tuple | list) else [nodes]
    while stack:
        node = stack.pop()
        yield node
        kind = node.__class__
        if kind in LEAVES:
            continue
        inner = inside(node) if into_functions and isinstance(node, Function) else children(node)
        stack += inner[::-1]


LEAVES = frozenset({Name, Literal, Import, Export, TypeDeclaration})
"""The kinds of node that never hold others; half the nodes of a tree are of these."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside a node, in the order in which they run.

    A function's are its decorators: what is in it runs when it is called (see ``inside``). Entries, arms, handlers,
    parameters and class members are no nodes; what is in them is.
    """
    match node:
        case Name() | Literal() | Import() | Export() | TypeDeclaration():
            return ()
        case Call():
            return (node.callee, *node.args) if node.keywords is None else (node.callee, *node.args, node.keywords)
        case Member():
            return (node.object, node.key)
        case Await() | Spread():
            return (node.value,)
        case Bind() | Default():
            return (node.target,) if node.value is None else (node.value, node.target)
        case Template() | Opaque():
            return node.parts
        case Operation():
            return node.operands
        case Items():
            return node.elements
        case Block():
            return node.body
        case Record():
            return tuple([part for entry in node.entries for part in _entry(entry)])
        case Function():
            return node.decorators
        case Exit() | Yield():
            return () if node.value is None else (node.value,)
        case Branch():
            return (*_optional(node.subject), *[part for arm in node.arms for part in _arm(arm)])
        case Write():
            return (node.target, *_optional(node.value))
        case Loop():
            return _loop(node)
        case Try():
            return _try(node)
        case With(context=context, target=target, body=inner):
            return (context, *_optional(target), *inner)
        case Class():
            return _class(node)
        case _:
            assert_never(node)


def inside(function: Function) -> tuple[Node, ...]:
    """What is in a function: its decorators, the defaults and targets of its parameters, its body (lowered now)."""
    params = [part for param in function.params for part in (*_optional(param.default), param.target)]
    return (*function.decorators, *params, *function.body.nodes)


def _optional(node: Node | None) -> tuple[Node, ...]:
    return () if node is None else (node,)


def _entry(entry: Entry | Spread) -> tuple[Node, ...]:
    match entry:
        case Entry(key=key, value=value):
            return (key, value)
        case Spread():
            return (entry,)
        case _:
            assert_never(entry)


def _arm(arm: Arm) -> tuple[Node, ...]:
    return arm.body if arm.test is None else (arm.test, *arm.body)


def _loop(node: Loop) -> tuple[Node, ...]:
    head = (*_optional(node.iterable), *_optional(node.target))
    turn = (*node.body, *_optional(node.test)) if node.kind is LoopKind.DO_WHILE else (*_optional(node.test), *node.body)
    return (*head, *turn, *_optional(node.update), *node.orelse)


def _try(node: Try) -> tuple[Node, ...]:
    handled = [
        part for handler in node.handlers for part in (*_optional(handler.test), *_optional(handler.target), *handler.body)
    ]
    return (*node.body, *handled, *node.orelse, *(node.final or ()))


def _class(node: Class) -> tuple[Node, ...]:
    members = [part for member in node.members for part in (*member.decorators, member.key, *_optional(member.value))]
    return (*node.decorators, *node.bases, *members)
