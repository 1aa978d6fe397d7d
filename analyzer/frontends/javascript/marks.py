"""Where comments and literals stand, for texts of spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tree_sitter as ts

from analyzer.frontends.text import Mark

_COMMENT_START = re.compile(r"//|/\*")
_LINE_END = re.compile(r"[\n\r]|$")
_COMMENTS = frozenset({"comment", "html_comment", "hash_bang_line"})
_LITERALS = frozenset({"string", "regex", "jsx_text", "string_fragment", "escape_sequence", "`"})


def comment_ends(text: str) -> Iterator[int]:
    """Offsets at which comments end, those that only look like comments in strings among them."""
    at, has_ends = 0, True
    while (match := _COMMENT_START.search(text, at)) is not None:
        at = match.end()
        if match[0] == "//":
            line_end = _LINE_END.search(text, at)
            at = len(text) if line_end is None else line_end.start()
            yield at
        elif has_ends:
            closed = text.find("*/", at)
            has_ends = closed >= 0
            if has_ends:
                at = closed + 2
                yield at


def marks_of(root: ts.Node, start: int, end: int) -> Iterator[Mark]:
    """The comments and literals that touch the text between two offsets, in order."""
    covering = root.descendant_for_byte_range(start, max(start, end - 1))
    stack = [covering or root]
    while stack:
        node = stack.pop()
        kind = node.type
        if node.end_byte <= start or node.start_byte >= end:
            continue
        if kind in _COMMENTS:
            yield Mark(node.start_byte, node.end_byte, True)
        elif kind in _LITERALS:
            yield Mark(node.start_byte, node.end_byte, False)
        else:
            stack.extend(reversed(node.children))
