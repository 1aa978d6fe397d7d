"""Where the comments of a source stand: enough of a lexer to tell them from strings, templates and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.source import Language, SourceFile, Span

_JAVASCRIPT = re.compile(
    r"""(?P<comment>//[^\n\r]*|/\*.*?(?:\*/|\Z))"""
    r"""|(?P<skip>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)"""
    r"""|(?P<template>`)|(?P<open>\{)|(?P<close>\})|(?P<slash>/)""",
    re.DOTALL,
)
_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?P<end>`|\$\{)?", re.DOTALL)
_REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/")
_BEFORE_REGEX = re.compile(
    r"(?:^|[-+*%&|^!~=<>?:;,({\[}]|\b(?:return|typeof|case|of|in|do|else|throw|await|yield|void|delete))\s*\Z"
)
_PYTHON = re.compile(
    r"""(?P<comment>\#[^\n\r]*)|(?P<skip>\"\"\"(?:\\.|.)*?(?:\"\"\"|\Z)|'''(?:\\.|.)*?(?:'''|\Z)"""
    r"""|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)""",
    re.DOTALL,
)
_LOOKED_BACK = 32
"""Characters before a slash that tell a division from a regular expression."""


def comments(source: SourceFile) -> Iterator[Span]:
    """The comments of a source in order, their marks included."""
    find = _python if source.language is Language.PYTHON else _javascript
    return (Span(source.path, start, end) for start, end in find(source.text))


def _python(text: str) -> Iterator[tuple[int, int]]:
    for found in _PYTHON.finditer(text):
        if found["comment"] is not None:
            yield found.span()


def _javascript(text: str) -> Iterator[tuple[int, int]]:
    depths: list[int] = []  # open braces of each template hole around
    at = 0
    while (found := _JAVASCRIPT.search(text, at)) is not None:
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
    found = _TEMPLATE.match(text, at)
    if found is None:
        return len(text)
    if found["end"] == "${":
        depths.append(0)
    return found.end()


def _after_slash(text: str, at: int) -> int:
    if _BEFORE_REGEX.search(text[max(0, at - _LOOKED_BACK) : at]):
        found = _REGEX.match(text, at)
        if found is not None:
            return found.end()
    return at + 1
