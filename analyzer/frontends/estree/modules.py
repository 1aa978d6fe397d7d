"""Imports and exports."""

from __future__ import annotations

from analyzer.flow.tree import Bind, Export, Import, Node
from analyzer.frontends.ecmascript import build
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.lowering import Lowering, LowerStatement


def _lower_import(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    specifier = _module_name(node) or ""
    specifiers = syntax.children(node, "specifiers")
    if not specifiers:
        return (Import(specifier, "*", None, False, lowering.span(node)),)
    return tuple([_imported(lowering, specifier, each) for each in specifiers])


def _imported(lowering: Lowering, specifier: str, node: object) -> Import:
    local = syntax.text(syntax.child(node, "local"), "name")
    match syntax.kind(node):
        case "ImportDefaultSpecifier":
            name = "default"
        case "ImportNamespaceSpecifier":
            name = "*"
        case _:
            name = _export_name(syntax.child(node, "imported"))
    return Import(specifier, name, local, False, lowering.span(node))


def _lower_export_all(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    exported = syntax.child(node, "exported")
    name = "*" if exported is None else _export_name(exported)
    return (Export(name, "*", _module_name(node), lowering.span(node)),)


def _lower_export_named(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    specifier, span = _module_name(node), lowering.span(node)
    exported: list[Node] = []
    for declared in lowering.statement(syntax.child(node, "declaration"), depth):
        exported.append(declared)
        match declared:
            case Bind(target=target):
                exported.extend(build.exports([target], span))
            case _:
                continue
    for each in syntax.children(node, "specifiers"):
        local, name = _export_name(syntax.child(each, "local")), _export_name(syntax.child(each, "exported"))
        exported.append(Export(name, local, specifier, lowering.span(each)))
    return tuple(exported)


def _lower_export_default(lowering: Lowering, node: object, depth: int) -> tuple[Node, ...]:
    declaration, span = syntax.child(node, "declaration"), lowering.span(node)
    name = syntax.text(syntax.child(declaration, "id"), "name")
    if name and syntax.kind(declaration) in ("FunctionDeclaration", "ClassDeclaration"):
        return (*lowering.statement(declaration, depth), Export("default", name, None, span))
    return build.default_export(lowering.expression(declaration, depth + 1), span)


def _module_name(node: object) -> str | None:
    source = syntax.child(node, "source")
    return None if source is None else syntax.text(source, "value")


def _export_name(node: object | None) -> str:
    return syntax.text(node, "name") or syntax.text(node, "value")


TABLE: dict[str, LowerStatement] = {
    "ImportDeclaration": _lower_import,
    "ExportAllDeclaration": _lower_export_all,
    "ExportNamedDeclaration": _lower_export_named,
    "ExportDefaultDeclaration": _lower_export_default,
}
"""Imports and exports by ESTree type."""
