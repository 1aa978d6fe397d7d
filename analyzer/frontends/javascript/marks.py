"""Where comments and literals stand, for texts of spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tree_sitter as ts

from analyzer.frontends.text import Mark

_LINE_COMMENT = re.compile(r"//[^\n\r]*")
_BLOCK_END = re.compile(r"\*/")
_COMMENTS = frozenset({"comment", "html_comment", "hash_bang_line"})
_LITERALS = frozenset({"string", "regex", "jsx_text", "string_fragment", "escape_sequence", "`"})


def comment_ends(text: str) -> frozenset[int]:
    """Offsets at which comments may end: whatever looks like the end of one, in strings too."""
    # Two patterns that begin with a literal are found much faster than one that does not.
    return frozenset([match.end() for pattern in (_LINE_COMMENT, _BLOCK_END) for match in pattern.finditer(text)])


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
