"""Imports and exports."""

from __future__ import annotations

import re

import tree_sitter as ts

from analyzer.flow.tree import Bind, Class, Export, Import, Literal, Member, Name, Node, TypeDeclaration, Write
from analyzer.frontends.ecmascript import build
from analyzer.frontends.javascript.classes import decorators_of
from analyzer.frontends.javascript.names import name_of
from analyzer.frontends.javascript.reader import LowerStatement, Reader
from analyzer.records import replace

_TYPES_ONLY = re.compile(r"export\s+type\b")


def _lower_import(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    type_only = _has(node, "type")
    required = next((child for child in node.named_children if child.type == "import_require_clause"), None)
    if required is not None:
        specifier = name_of(reader, required.child_by_field_name("source"))
        into.append(Import(specifier, "*", name_of(reader, reader.grammar.only(required)), type_only, reader.span(node)))
        return
    specifier = name_of(reader, node.child_by_field_name("source"))
    clause = next((child for child in node.named_children if child.type == "import_clause"), None)
    imports = [] if clause is None else _clause(reader, clause, specifier, type_only)
    into.extend(imports or [Import(specifier, "*", None, type_only, reader.span(node))])


def _clause(reader: Reader, clause: ts.Node, specifier: str, type_only: bool) -> list[Import]:
    imports: list[Import] = []
    for child in clause.named_children:
        if child.type == "identifier":
            imports.append(Import(specifier, "default", reader.slice(child), type_only, reader.span(child)))
        elif child.type == "namespace_import":
            local = name_of(reader, reader.grammar.only(child))
            imports.append(Import(specifier, "*", local, type_only, reader.span(child)))
        elif child.type == "named_imports":
            named = [each for each in child.named_children if each.type == "import_specifier"]
            imports.extend([_specifier(reader, each, specifier, type_only) for each in named])
    return imports


def _specifier(reader: Reader, node: ts.Node, specifier: str, type_only: bool) -> Import:
    name = name_of(reader, node.child_by_field_name("name"))
    local = name_of(reader, node.child_by_field_name("alias")) or name
    return Import(specifier, name, local, type_only or _has(node, "type"), reader.span(node))


def _has(node: ts.Node, word: str) -> bool:
    return any(child.type == word for child in node.children)


def _lower_export(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
    words = [child.type for child in node.children if not child.is_named]
    if declaration is not None:
        _export_declaration(reader, node, declaration, "default" in words, depth, into)
    elif value is not None:
        lowered = _decorate(reader, node, reader.expression(reader.grammar.unwrap(value), depth + 1), depth)
        into.extend(build.default_export(lowered, reader.span(node)))
    elif "=" in words:
        _export_assignment(reader, node, depth, into)
    elif "as" not in words and not _TYPES_ONLY.match(reader.text, node.start_byte):
        _export_names(reader, node, "*" in words, into)


def _export_declaration(
    reader: Reader, node: ts.Node, declaration: ts.Node, default: bool, depth: int, into: list[Node]
) -> None:
    span = reader.span(node)
    for declared in reader.sequence([declaration], depth):
        match declared:
            case Bind(target=target, value=value, kind=kind):
                if type(value) is Class:
                    declared = Bind(target, _decorate(reader, node, value, depth), kind, declared.span)
                into.append(declared)
                names = build.bound_names(target)
                into.extend([Export("default" if default else name, name, None, span) for name in names])
            case TypeDeclaration(name=name):
                into.extend((declared, Export("default" if default else name, name, None, span)))
            case _:
                into.append(declared)


def _decorate(reader: Reader, node: ts.Node, value: Node, depth: int) -> Node:
    """A decorator may stand before ``export``."""
    outer = decorators_of(reader, node, depth + 1)
    return replace(value, decorators=(*outer, *value.decorators)) if outer and type(value) is Class else value


def _export_assignment(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    """``export = x`` is ``module.exports = x``."""
    span = reader.span(node)
    target = Member(Name("module", span), Literal("exports", span), False, span)
    into.append(Write(target, reader.operand(node, depth + 1), span))


def _export_names(reader: Reader, node: ts.Node, everything: bool, into: list[Node]) -> None:
    source = node.child_by_field_name("source")
    specifier = None if source is None else name_of(reader, source)
    for child in node.named_children:
        if child.type == "namespace_export":
            name = name_of(reader, child.children[-1])
            into.append(Export(name, "*", specifier, reader.span(node)))
        elif child.type == "export_clause":
            for each in child.named_children:
                if each.type == "export_specifier" and not _has(each, "type"):
                    local = name_of(reader, each.child_by_field_name("name"))
                    name = name_of(reader, each.child_by_field_name("alias")) or local
                    into.append(Export(name, local, specifier, reader.span(each)))
    if everything and specifier is not None:
        into.append(Export("*", "*", specifier, reader.span(node)))


STATEMENTS: dict[str, LowerStatement] = {
    "import_statement": _lower_import,
    "export_statement": _lower_export,
}
"""Imports and exports by kind."""
