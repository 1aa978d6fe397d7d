"""Imports and type aliases."""

from __future__ import annotations

import libcst as cst

from analyzer.flow.tree import Import, Node, TypeDeclaration
from analyzer.frontends.python.literals import identifier
from analyzer.frontends.python.lowering import Lowering, small_of
from analyzer.frontends.python.shapes import dotted_name, shape_of, type_parameters


def _lower_import(low: Lowering, node: cst.Import | cst.LazyImport, depth: int, into: list[Node]) -> None:
    for alias in node.names:
        name, local = _dotted(alias.name), _local(alias)
        specifier = name.partition(".")[0] if local is None else name
        into.append(Import(specifier, "*", local or specifier, False, low.span(alias)))


def _lower_from(low: Lowering, node: cst.ImportFrom | cst.LazyImportFrom, depth: int, into: list[Node]) -> None:
    specifier = "." * len(node.relative) + ("" if node.module is None else _dotted(node.module))
    if isinstance(node.names, cst.ImportStar):
        into.append(Import(specifier, "*", "*", False, low.span(node)))
        return
    for alias in node.names:
        name = _dotted(alias.name)
        into.append(Import(specifier, name, _local(alias) or name, False, low.span(alias)))


def _dotted(name: cst.CSTNode) -> str:
    return identifier(dotted_name(name))


def _local(alias: cst.ImportAlias) -> str | None:
    return None if alias.asname is None else _dotted(alias.asname.name)


def _lower_alias(low: Lowering, node: cst.TypeAlias, depth: int, into: list[Node]) -> None:
    params = type_parameters(node.type_parameters)
    into.append(TypeDeclaration(identifier(node.name.value), params, shape_of(node.value), low.span(node)))


SMALLS = dict(
    (
        small_of(cst.Import, _lower_import),
        small_of(cst.ImportFrom, _lower_from),
        small_of(cst.LazyImport, _lower_import),
        small_of(cst.LazyImportFrom, _lower_from),
        small_of(cst.TypeAlias, _lower_alias),
    )
)
"""Imports and type aliases by class of node."""
