"""Statements that end behind the block of an arrow function, which tree-sitter takes to go on in the next line.

Nothing can be called or taken off an arrow function without parentheses, so in ``x = () => {…}`` a bracket that begins
the next line begins a statement (or a class member). A semicolon right behind the brace says so at equal length.
"""

from __future__ import annotations

import re

import tree_sitter as ts

_CANDIDATE = re.compile(rb"\}[ \t\r]*(//[^\n]*)?\n(?:\s|//[^\n]*\n)*+[\[(`]")
_LINKS = frozenset({"call_expression", "subscript_expression"})


def end_arrows(data: bytes, tree: ts.Tree) -> bytes:
    """The text with a semicolon behind each arrow function that its tree has wrongly called; most often unchanged."""
    ends = [match for match in _CANDIDATE.finditer(data) if _is_called_arrow(tree, match.start())]
    if not ends:
        return data
    patched = bytearray(data)
    for match in ends:
        if match[1] is not None:
            patched[match.start(1) : match.end(1)] = b" " * len(match[1])
        patched[match.start() + 1] = ord(";")
    return bytes(patched)


def _is_called_arrow(tree: ts.Tree, brace: int) -> bool:
    """Whether a closing brace ends an arrow function on which a link of a chain hangs."""
    token = tree.root_node.descendant_for_byte_range(brace, brace + 1)
    block = None if token is None else token.parent
    arrow = None if block is None else block.parent
    link = None if arrow is None else arrow.parent
    if arrow is None or link is None or arrow.type != "arrow_function":
        return False
    return link.type in _LINKS and link.start_byte == arrow.start_byte
