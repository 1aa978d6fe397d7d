"""Values of plain expressions without running anything: names, and members of what has no getters."""

from __future__ import annotations

from analyzer.builder.machine import Machine, read
from analyzer.builder.members import get_member
from analyzer.builder.values import (
    Event,
    External,
    Instance,
    Namespace,
    PayloadPart,
    Promise,
    RecordObject,
    StepObject,
    Unknown,
    Value,
)
from analyzer.flow import tree

MAX_TEXT = 60
"""Longest text of a callee in a message, in characters."""


def peek(machine: Machine, node: tree.Node) -> Value | None:
    """What a name, a chain of members or an awaited one of these holds now; None: it would have to be run."""
    match node:
        case tree.Name():
            cell, name = machine.scope.find(node.name), node.name
            return External(name, machine.module.module.intrinsics.get(name)) if cell is None else read(cell)
        case tree.Member(object=owner, key=tree.Literal(value=str(name))):
            return _member(machine, peek(machine, owner), name)
        case tree.Member(object=owner):
            return _element(peek(machine, owner))
        case tree.Await(value=inner):
            value = peek(machine, inner)
            return value.result if isinstance(value, Promise) else value
        case _:
            return None


def _member(machine: Machine, owner: Value | None, name: str) -> Value | None:
    match owner:
        case Event() | PayloadPart() | StepObject() | RecordObject() | External() | Unknown() | Namespace():
            return get_member(machine, owner, name)
        case Instance(fields=fields) if name in fields:
            return read(fields[name])
        case Instance() if name in ("env", "ctx"):
            return get_member(machine, owner, name)
        case _:
            return None


def _element(owner: Value | None) -> Value | None:
    """An element of a payload is part of it."""
    match owner:
        case PayloadPart() | Unknown():
            return owner
        case _:
            return None


def dotted(node: tree.Node) -> str:
    """An expression as a message shows it: names and members, calls as ``()``, anything else an ellipsis."""
    text = _dotted(node)
    return text if len(text) <= MAX_TEXT else "…" + text[-MAX_TEXT:]


def _dotted(node: tree.Node) -> str:
    match node:
        case tree.Name(name=name):
            return name
        case tree.Member(object=owner, key=tree.Literal(value=str(name)), subscript=False):
            return f"{_dotted(owner)}.{name}"
        case tree.Member(object=owner):
            return f"{_dotted(owner)}[…]"
        case tree.Call(callee=callee):
            return f"{_dotted(callee)}()"
        case tree.Await(value=value):
            return _dotted(value)
        case _:
            return "…"


def root_of(node: tree.Node) -> tuple[tree.Name | None, tree.Member | None]:
    """The name a chain of members begins with, and the member taken off it first."""
    first: tree.Member | None = None
    while True:
        match node:
            case tree.Member(object=owner):
                first, node = node, owner
            case tree.Name():
                return node, first
            case _:
                return None, first
