"""Reads JavaScript and TypeScript sources of tests."""

from __future__ import annotations

from analyzer.flow.dump import dump
from analyzer.flow.module import Module
from analyzer.flow.tree import Node
from analyzer.flow.walk import walk
from analyzer.frontends import javascript
from analyzer.source import Language, SourceFile


def read(text: str, path: str = "a.ts") -> Module:
    """The module by tree-sitter; the suffix picks the grammar."""
    return javascript.read(SourceFile(path, text, Language.JAVASCRIPT))


def tree(text: str, path: str = "a.ts") -> str:
    """The flow tree of a source as indented text."""
    return dump(read(text, path).body)


def nodes(module: Module) -> list[Node]:
    """Every node of a module, those in functions too."""
    return list(walk(module.body, into_functions=True))
