"""Where comments and literals stand, for texts of spans.

ESTree holds the literals; what looks like a comment outside them is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.literals import template_text_span
from analyzer.frontends.estree.lowering import Lowering
from analyzer.frontends.text import Mark
from analyzer.source import Span

_COMMENT = re.compile(r"//[^\n\r\u2028\u2029]*|/\*.*?\*/|\A#![^\n\r\u2028\u2029]*", re.DOTALL)


def marks_of(text: str, program: object | None, lowering: Lowering, start: int, end: int) -> Iterator[Mark]:
    """The comments and literals that touch the text between two offsets, in order."""
    at = start
    for _, first, last in _literals(program, lowering, start, end):
        yield from _comments(text, at, first)
        yield Mark(first, last, False)
        at = last
    yield from _comments(text, at, end)


def _comments(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _COMMENT.finditer(text, start, end):
        yield Mark(match.start(), match.end(), True)


def _literals(program: object | None, lowering: Lowering, start: int, end: int) -> Iterator[Span]:
    stack: list[tuple[object | None, object | None]] = [(program, None)]
    while stack:
        node, around = stack.pop()
        span = lowering.span(node)
        if span.end <= start or span.start >= end:
            continue
        if syntax.kind(node) == "TemplateElement" and node is not None:
            yield template_text_span(lowering, around, node)
        elif _is_literal(node):
            yield span
        else:
            stack.extend([(part, node) for part in reversed(syntax.parts(node))])


def _is_literal(node: object | None) -> bool:
    match syntax.kind(node):
        case "JSXText":
            # Between the lines of JSX white space means nothing.
            return not syntax.text(node, "raw").isspace()
        case "Literal":
            return type(syntax.child(node, "value")) is str or syntax.child(node, "regex") is not None
        case _:
            return False
