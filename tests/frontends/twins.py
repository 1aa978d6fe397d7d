"""Reads one source through both JavaScript frontends and says how they differ."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import unified_diff

from analyzer.flow.dump import dump
from analyzer.flow.module import Module
from analyzer.flow.tree import Arm, Branch, Node
from analyzer.flow.walk import walk
from analyzer.frontends import estree, javascript
from analyzer.source import Language, SourceFile, Span


def read_both(text: str) -> tuple[Module, Module]:
    """The module by tree-sitter and the module by esprima."""
    source = SourceFile("twin.jsx", text, Language.JAVASCRIPT)
    left = javascript.read(source)
    with _more_frames():
        return left, estree.read(source)


def difference(text: str) -> str:
    """A unified diff of the two flow trees, from tree-sitter's to esprima's; empty if they are equal.

    Equality cannot tell True from 1; the dumps can, so they are compared too.
    """
    left, right = read_both(text)
    lines = unified_diff(dump(left.body).splitlines(), dump(right.body).splitlines(), "javascript", "estree", lineterm="", n=4)
    shown = "\n".join(lines)
    return shown if shown or _equal(left, right) else "equal dumps of unequal trees"


@contextmanager
def _more_frames() -> Iterator[None]:
    # esprima, and the comparison of trees of the greatest depth, need more frames than Python allows by default.
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _equal(left: Module, right: Module) -> bool:
    with _more_frames():
        return left == right


def misplaced(text: str) -> list[str]:
    """Each node of equal trees whose spans differ: its type, and what both spans cover."""
    left, right = read_both(text)
    found: list[str] = []
    for one, other in zip(_spans(left.body), _spans(right.body), strict=True):
        if one != other and not _is_hole(one[1]):
            found.append(f"{one[0]}: javascript {_shown(text, one[1])} estree {_shown(text, other[1])}")
    return found


def _spans(nodes: tuple[Node, ...]) -> Iterator[tuple[str, Span | None]]:
    for node in walk(nodes, into_functions=True):
        yield type(node).__name__, node.span
        if type(node) is Branch:
            yield from _arm_spans(node.arms)


def _arm_spans(arms: tuple[Arm, ...]) -> Iterator[tuple[str, Span | None]]:
    for arm in arms:
        yield "Arm", arm.span
        yield "condition", arm.condition


def _is_hole(span: Span | None) -> bool:
    """Whether a span is that of an element left out of an array: ESTree keeps no place for it."""
    return span is not None and span.start == span.end


def _shown(text: str, span: Span | None) -> str:
    return "nothing" if span is None else f"{span.start}-{span.end} {text[span.start : span.end]!r}"
