"""Where calls stand in a function: as statements of their own, or bound to names nothing reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.flow import tree
from analyzer.flow.walk import walk

if TYPE_CHECKING:
    from analyzer.builder.observe.observer import Observer


def is_statement(machine: Observer, function: tree.Function, node: tree.Call) -> bool:
    """Whether nothing takes the value of a call in a function."""
    known = machine.statements.get(id(function))
    if known is None:
        known = machine.statements[id(function)] = frozenset(id(statement) for statement in _statements(function))
    return id(node) in known


def never_read(machine: Observer, function: tree.Function, name: str) -> bool:
    """Whether a function, those inside it included, nowhere reads a name."""
    known = machine.read_names.get(id(function))
    if known is None:
        known = machine.read_names[id(function)] = frozenset(_read_names(function))
    return name not in known


def _read_names(function: tree.Function) -> Iterator[str]:
    targets: set[int] = set()
    for node in walk(function.body.nodes, into_functions=True):
        match node:
            case tree.Bind(target=tree.Name() as target):
                targets.add(id(target))
            case tree.Name(name=name) if id(node) not in targets:
                yield name
            case _:
                continue


def _statements(function: tree.Function) -> Iterator[tree.Node]:
    yield from function.body.nodes
    for node in walk(function.body.nodes, into_functions=False):
        match node:
            case tree.Branch(kind=tree.BranchKind.IF | tree.BranchKind.SWITCH | tree.BranchKind.MATCH, arms=arms):
                for arm in arms:
                    yield from arm.body
            case tree.Loop(kind=kind, body=body, orelse=orelse) if kind is not tree.LoopKind.COMPREHENSION:
                yield from (*body, *orelse)
            case tree.Block(body=body) | tree.With(body=body):
                yield from body
            case tree.Try(body=body, handlers=handlers, orelse=orelse, final=final):
                yield from (*body, *orelse, *(final or ()))
                for handler in handlers:
                    yield from handler.body
            case _:
                continue
