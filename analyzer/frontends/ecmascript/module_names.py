"""The names a module declares outside its functions."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.flow.tree import Bind, BindKind, Import, Node
from analyzer.flow.walk import walk
from analyzer.frontends.ecmascript.build import bound_names


def module_names(body: tuple[Node, ...]) -> Iterator[str]:
    """The names bound or imported by a module's statements, those in its blocks among them."""
    for node in walk(body, into_functions=False):
        match node:
            case Bind(target=target, kind=kind) if kind is not BindKind.ASSIGN:
                yield from bound_names(target)
            case Import(local=str() as local):
                yield local
            case _:
                continue
