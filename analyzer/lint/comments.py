"""Where the comments of a source stand: enough of a lexer to tell them from strings, templates and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.source import Language, SourceFile, Span

_JAVASCRIPT = (
    r"""(?s)(?P<comment>//[^\n\r]*|/\*.*?(?:\*/|\Z))"""
    r"""|(?P<skip>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)"""
    r"""|(?P<template>`)|(?P<open>\{)|(?P<close>\})|(?P<slash>/)"""
)
_TEMPLATE = r"(?s)(?:\\.|\$(?!\{)|[^`\\$])*(?P<end>`|\$\{)?"
_REGEX = r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/"
_BEFORE_REGEX = r"(?:^|[-+*%&|^!~=<>?:;,({\[}]|\b(?:return|typeof|case|of|in|do|else|throw|await|yield|void|delete))\s*\Z"
_PYTHON = (
    r"""(?s)(?P<comment>\#[^\n\r]*)|(?P<skip>\"\"\"(?:\\.|.)*?(?:\"\"\"|\Z)|'''(?:\\.|.)*?(?:'''|\Z)"""
    r"""|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)"""
)
_LOOKED_BACK = 32
"""Characters before a slash that tell a division from a regular expression."""


def comments(source: SourceFile) -> Iterator[Span]:
    """The comments of a source in order, their marks included."""
    find = _python if source.language is Language.PYTHON else _javascript
    return (Span(source.path, start, end) for start, end in find(source.text))


def _python(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(_PYTHON, text):
        if found["comment"] is not None:
            yield found.span()


def _javascript(text: str) -> Iterator[tuple[int, int]]:
    depths: list[int] = []  # open braces of each template hole around
    token = re.compile(_JAVASCRIPT)
    at = 0
    while (found := token.search(text, at)) is not None:
        at = found.end()
        match found.lastgroup:
            case "comment":
                yield found.span()
            case "template":
                at = _in_template(text, at, depths)
            case "open" if depths:
                depths[-1] += 1
            case "close" if depths and depths[-1] > 0:
                depths[-1] -= 1
            case "close" if depths:
                depths.pop()
                at = _in_template(text, at, depths)
            case "slash":
                at = _after_slash(text, found.start())
            case _:
                continue


def _in_template(text: str, at: int, depths: list[int]) -> int:
    """The end of a piece of template text; a hole is entered."""
    found = re.compile(_TEMPLATE).match(text, at)
    if found is None:
        return len(text)
    if found["end"] == "${":
        depths.append(0)
    return found.end()


def _after_slash(text: str, at: int) -> int:
    if re.search(_BEFORE_REGEX, text[max(0, at - _LOOKED_BACK) : at]):
        found = re.compile(_REGEX).match(text, at)
        if found is not None:
            return found.end()
    return at + 1
