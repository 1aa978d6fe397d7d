"""Typed access to the attributes of an ESTree-shaped object.

ESTree fixes names of attributes, not classes: a node is any object whose ``type`` is a string. A missing attribute reads as
absent, so a tree that error recovery left incomplete is read like any other.
"""

from __future__ import annotations


def kind(node: object) -> str:
    """The node's ESTree ``type``, or the empty string if it is no node."""
    return text(node, "type")


def child(node: object, name: str) -> object | None:
    """The value of an attribute, or None if it is absent."""
    value: object = getattr(node, name, None)
    return value


def children(node: object, name: str) -> list[object]:
    """The elements of a list-valued attribute (absent: none). A hole of an array is None."""
    match getattr(node, name, None):
        case list() | tuple() as values:
            return list(values)
        case _:
            return []


def text(node: object, name: str) -> str:
    """A string-valued attribute, or the empty string."""
    match getattr(node, name, None):
        case str() as value:
            return value
        case _:
            return ""


def flag(node: object, *names: str) -> bool:
    """Whether one of the attributes is true. Forks of esprima spell ``async`` in two ways."""
    return any(getattr(node, name, None) is True for name in names)


def offsets(node: object) -> tuple[int, int]:
    """The ``range`` of a node as the parser counts it; (0, 0) if it has none."""
    match getattr(node, "range", None):
        case [int() as start, int() as end]:
            return start, end
        case _:
            return 0, 0


def parts(node: object) -> list[object]:
    """The child nodes of a node of any kind, in source order."""
    found = [part for value in _attributes(node) for part in _elements(value) if kind(part)]
    return sorted(found, key=offsets)


def _attributes(node: object) -> list[object]:
    # Comments hang on nodes as lists of objects that have a type but are no syntax.
    return [value for name, value in getattr(node, "__dict__", {}).items() if not name.lower().endswith("comments")]


def _elements(value: object) -> list[object]:
    match value:
        case list() | tuple():
            return list(value)
        case _:
            return [value]
