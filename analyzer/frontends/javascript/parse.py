"""From text to tree-sitter's tree, under a budget of time; what the end of a file leaves open is closed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import tree_sitter as ts

from analyzer.flow.module import Problem
from analyzer.frontends.javascript.arrows import end_arrows
from analyzer.frontends.javascript.grammar import Grammar
from analyzer.frontends.javascript.problems import (
    MAX_PROBLEMS,
    broken_width,
    conflict_problems,
    order,
    problems_of,
    unclosed_problem,
)
from analyzer.frontends.javascript.repair import bare_targets, end_fields, shadow_of
from analyzer.source import SourceFile, Span

_SECONDS = 1.0
_SECONDS_A_CHARACTER = 1.5e-6
_CALLS_A_LOOK = 32
_CHUNK = 1 << 16
_CLOSERS = {"{": "}", "(": ")", "[": "]", "${": "}", "`": "`", '"': '"', "'": "'"}
_ENDS = frozenset("})]`\"'")
_LINE_QUOTES = frozenset("\"'")
_MAX_CLOSERS = 5_000


class Parsed(NamedTuple):
    """A tree (None: given up), what was wrong with the text, and whether nodes may end beyond it."""

    tree: ts.Tree | None
    problems: tuple[Problem, ...]
    extended: bool


def parse(source: SourceFile, grammar: Grammar) -> Parsed:
    """The tree of a source. Never raises; a text that takes far longer than its size explains is given up."""
    data, conflicts = shadow_of(source.text, grammar.typed)
    tree = _parse(grammar, data)
    if tree is not None and (ended := end_arrows(data, tree)) != data:
        data, tree = ended, _parse(grammar, ended)
    if tree is None:
        return Parsed(None, (Problem(Span(source.path, 0, 0), "gave up: too hard to parse for source code"),), False)
    found = conflict_problems(source, conflicts)
    if not tree.root_node.has_error:
        return Parsed(tree, found[:MAX_PROBLEMS], False)
    for repair in (bare_targets, end_fields):
        repaired = repair(data)
        if repaired != data and (better := _better(grammar, repaired, tree)) is not None:
            data, tree = repaired, better
    unclosed = _unclosed(source.text, tree)
    closed = _close(grammar, data, tree, unclosed)
    problems = {*found, *problems_of(source, (closed or tree).root_node)}
    if closed is not None:
        problems.add(unclosed_problem(source, unclosed[-1], _CLOSERS[unclosed[-1].type]))
    return Parsed(closed or tree, tuple(sorted(problems, key=order)[:MAX_PROBLEMS]), closed is not None)


def _parse(grammar: Grammar, data: bytes) -> ts.Tree | None:
    # Time of this process: what else the machine does must not decide what is read. Asking for it is slow.
    parser = ts.Parser(grammar.language)
    deadline = time.process_time() + _SECONDS + _SECONDS_A_CHARACTER * len(data)
    calls = count(1)
    try:
        return parser.parse(
            lambda offset, _: data[offset : offset + _CHUNK],
            progress_callback=lambda _, __: not next(calls) % _CALLS_A_LOOK and time.process_time() > deadline,
        )
    except ValueError:
        return None


def _close(grammar: Grammar, data: bytes, tree: ts.Tree, unclosed: list[ts.Node]) -> ts.Tree | None:
    """The tree of the text with its brackets closed at the end, if more of it then parses."""
    if not unclosed or len(unclosed) > _MAX_CLOSERS:
        return None
    closers = "".join([_CLOSERS[opener.type] for opener in reversed(unclosed)])
    return _better(grammar, data + closers.encode(), tree)


def _better(grammar: Grammar, data: bytes, tree: ts.Tree) -> ts.Tree | None:
    """The tree of another text, if no more of it is broken."""
    other = _parse(grammar, data)
    if other is None or broken_width(other.root_node) > broken_width(tree.root_node):
        return None
    return other


def _unclosed(text: str, tree: ts.Tree) -> list[ts.Node]:
    """The brackets and quotes that are still open at the end of a text, outermost first."""
    last_line = max(text.rfind("\n"), text.rfind("\r"))
    opened: list[ts.Node] = []
    waiting: Counter[str] = Counter()
    for leaf in _leaves(tree):
        kind = leaf.type
        if kind in _ENDS and waiting[kind]:
            # What is left open inside another bracket is a fault of its own place, not of the end.
            closed = ""
            while closed != kind:
                closed = _CLOSERS[opened.pop().type]
                waiting[closed] -= 1
        elif kind in _CLOSERS and (kind not in _LINE_QUOTES or leaf.start_byte > last_line):
            opened.append(leaf)
            waiting[_CLOSERS[kind]] += 1
    return opened


def _leaves(tree: ts.Tree) -> Iterator[ts.Node]:
    """Tokens and leaves of a tree, in order; whole strings are left out."""
    cursor = tree.walk()
    while True:
        node = cursor.node
        is_string = node is not None and node.type in ("string", "template_string") and not node.has_error
        if not is_string and cursor.goto_first_child():
            continue
        if node is not None and not is_string:
            yield node
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
