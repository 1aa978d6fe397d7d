"""The languages and parsers by which sources are read: one table, and the one function that uses it.

A frontend is imported when the first file of its kind is read: a project without Python never loads libcst.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analyzer.collector import without_collector
from analyzer.errors import UsageError
from analyzer.flow.module import Module
from analyzer.source import Language, SourceFile, suffix_of

_TYPED = frozenset({".ts", ".mts", ".cts", ".tsx"})


def read(source: SourceFile, *, parser: str = "tree-sitter") -> Module:
    """A source as a flow tree, by its language and, for JavaScript, by the parser named (a key of ``PARSERS``).

    Raises UsageError for an unknown parser and for TypeScript through esprima, MissingExtraError if esprima is not
    installed. A source that does not parse raises nothing: its problems are in the module.
    """
    reader = PARSERS.get(parser)
    if reader is None:
        raise UsageError(f"unknown parser {parser!r}: choose one of {', '.join(PARSERS)}")
    with without_collector():
        return _read_python(source) if source.language is Language.PYTHON else reader(source)


def _read_tree_sitter(source: SourceFile) -> Module:
    from analyzer.frontends import javascript

    return javascript.read(source)


def _read_esprima(source: SourceFile) -> Module:
    if suffix_of(source.path) in _TYPED:
        raise UsageError(f"{source.path}: esprima reads JavaScript only; read TypeScript with --parser tree-sitter")
    from analyzer.frontends import estree

    return estree.read(source)


def _read_python(source: SourceFile) -> Module:
    from analyzer.frontends import python

    return python.read(source)


PARSERS: Mapping[str, Callable[[SourceFile], Module]] = {"tree-sitter": _read_tree_sitter, "esprima": _read_esprima}
"""How JavaScript is read, by the name ``--parser`` takes. Python has one parser."""
