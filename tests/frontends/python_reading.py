"""Reads Python for the tests: modules, dumps of their flow trees, places of their problems."""

from __future__ import annotations

from analyzer.flow.dump import dump
from analyzer.flow.module import Module
from analyzer.flow.tree import Node
from analyzer.flow.walk import walk
from analyzer.frontends import python
from analyzer.source import Language, SourceFile


def read(text: str) -> Module:
    return python.read(SourceFile("test.py", text, Language.PYTHON))


def flow(text: str) -> str:
    """The flow tree as indented text, of a source that must be sound."""
    module = read(text)
    assert module.problems == ()
    return dump(module.body)


def indented(text: str) -> str:
    """An expectation: the text without its first line end and the indentation of its first line."""
    lines = text.strip("\n").splitlines()
    margin = len(lines[0]) - len(lines[0].lstrip())
    return "".join([line[margin:].rstrip() + "\n" for line in lines if line.strip()])


def nodes(text: str) -> list[Node]:
    """Every node of a source, those in functions included."""
    return list(walk(read(text).body, into_functions=True))


def problems(text: str) -> list[tuple[int, int, str]]:
    """The line, column and words of each problem."""
    module = read(text)
    return [(*module.source.position(problem.span.start), problem.message) for problem in module.problems]


def sliced(text: str, kind: type[Node]) -> list[str]:
    """The verbatim texts of all nodes of a kind, by where they stand."""
    spans = sorted([node.span for node in nodes(text) if type(node) is kind])
    return [text[span.start : span.end] for span in spans]
