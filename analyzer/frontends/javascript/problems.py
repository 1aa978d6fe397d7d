"""What is wrong with a text that does not parse, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tree_sitter as ts

from analyzer.flow.module import Problem
from analyzer.source import SourceFile, Span

MAX_PROBLEMS = 10
"""Most problems reported of one file: the first ones say what is wrong, the rest follow from them."""

_MAX_SHOWN = 40
_QUOTES = {'"': "string", "'": "string", "`": "template"}
_NAMES = {
    "identifier": "a name",
    "property_identifier": "a name",
    "type_identifier": "the name of a type",
    "statement_block": "a block",
    "expression_statement": "a statement",
    "`": "a backtick",
}


def problems_of(source: SourceFile, root: ts.Node) -> tuple[Problem, ...]:
    """The first problems of a tree, in source order."""
    inside = [node for node in _broken(root) if node.start_byte < len(source.text) or node.is_missing]
    found = sorted({_problem(source, node) for node in inside}, key=order)
    return tuple(found[:MAX_PROBLEMS])


def conflict_problems(source: SourceFile, markers: Iterable[tuple[int, int]]) -> tuple[Problem, ...]:
    """A problem for each merge-conflict marker; what stands between them is read."""
    return tuple(
        [
            Problem(Span(source.path, start, end), f"unexpected merge-conflict marker `{source.text[start : start + 7]}`")
            for start, end in markers
        ]
    )


def unclosed_problem(source: SourceFile, opener: ts.Node, closer: str) -> Problem:
    """The text ends before a bracket or quote is closed."""
    end = len(source.text)
    line = source.position(opener.start_byte).line
    return Problem(Span(source.path, end, end), f"missing `{closer}`: the `{opener.type}` of line {line} is not closed")


def order(problem: Problem) -> tuple[Span, str]:
    """How problems are sorted."""
    return problem.span, problem.message


def broken_width(root: ts.Node) -> int:
    """How much of a tree does not parse, in characters."""
    return sum(node.end_byte - node.start_byte for node in _broken(root))


def _broken(root: ts.Node) -> Iterator[ts.Node]:
    """Outermost error nodes and missing nodes, in order."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or (node.is_missing and not _is_harmless(node)):
            yield node
        elif node.has_error:
            stack.extend(child for child in reversed(node.children) if child.has_error or child.is_missing or child.is_error)


def _is_harmless(missing: ts.Node) -> bool:
    """Whether a text is right without what the grammar misses: a semicolon where a line ends, the name in ``new A()?.(b)``."""
    if missing.type == ";" and missing.next_sibling is not None:
        return missing.next_sibling.start_point.row > missing.start_point.row
    before, after = missing.prev_sibling, missing.parent and missing.parent.next_sibling
    return before is not None and after is not None and before.type == "optional_chain" and after.type == "arguments"


def _problem(source: SourceFile, node: ts.Node) -> Problem:
    start = min(node.start_byte, len(source.text))
    if node.is_missing:
        what = _NAMES.get(node.type, node.type.replace("_", " ") if node.is_named else f"`{node.type}`")
        return Problem(Span(source.path, start, start), f"missing {what}")
    inside = [child for child in node.children if child.start_byte < len(source.text)]
    culprit = next((child for child in inside if not child.is_named or child.is_error), node)
    start = culprit.start_byte
    quote = next((child for child in inside if child.type in _QUOTES), None)
    if quote is not None:
        return Problem(Span(source.path, quote.start_byte, quote.end_byte), f"unterminated {_QUOTES[quote.type]}")
    if source.text.startswith("/*", start):
        return Problem(Span(source.path, start, start + 2), "unterminated comment")
    shown = source.text[start : node.end_byte].split("\n", 1)[0].rstrip()
    end = start + len(shown)
    text = shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + "…"
    return Problem(Span(source.path, start, end), f"unexpected `{text}`")
