"""Payloads as others write them, put into the shape of the schema before they are checked.

Seen through: the API's envelope (``{"success", "result"}``) and the response around ``graph``; ``dag`` for ``graph`` or
``workflow`` and ``params`` for ``payload``; functions and blocks of a ``try`` without ``type``; null for a key that the API
leaves out; integral numbers with a fraction. Whatever else is wrong stays wrong.
"""

from __future__ import annotations

import json
from typing import Final, TypeAlias

from analyzer.records import field, record

MAX_LEVELS: Final = 250
"""Objects and arrays inside one another. pydantic gives up at 255; 48 structures (SEMANTICS section 9) take up to 200."""

TRY_BLOCKS: Final = frozenset({"try_block", "catch_block", "finally_block"})
OPTIONAL: Final = frozenset({"starts", "resolves", "payload"})


Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead to a value."""

_Container: TypeAlias = dict[str, object] | list[object]


class TooDeepError(ValueError):
    """Something is nested more than ``MAX_LEVELS`` levels deep; takes the path to it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


@record
class Normalised:
    """``data`` in the shape of the schema; ``prefix``: keys that led to it; ``renamed``: keys as they were written.

    ``renamed`` maps the id of an object in ``data`` to its renamed keys.
    """

    data: object
    prefix: tuple[str, ...]
    renamed: dict[int, dict[str, str]] = field(default_factory=dict)


def normalised(data: object) -> Normalised:
    """A copy of decoded JSON in the shape of the schema; ``data`` stays as it is. Raises TooDeepError."""
    graph, prefix = _unwrapped(data)
    renamed: dict[int, dict[str, str]] = {}
    return Normalised(_copied(graph, prefix, renamed), prefix, renamed)


def _unwrapped(data: object) -> tuple[object, tuple[str, ...]]:
    """The graph object, and the keys that lead to it."""
    prefix: tuple[str, ...] = ()
    while True:
        match data:
            case {"result": inner, "success": _}:
                key = "result"
            case {"workflow": _} | {"version": _}:
                return data, prefix
            case {"graph": inner}:
                key = "graph"
            case {"dag": inner}:
                key = "dag"
            case _:
                return data, prefix
        data, prefix = inner, (*prefix, key)


def _copied(data: object, prefix: tuple[str, ...], renamed: dict[int, dict[str, str]]) -> object:
    copier = _Copier(renamed)
    copy = copier.value(data, prefix)
    copier.finish()
    return copy


class _Copier:
    """Copies without recursion: a container is made empty and filled later."""

    def __init__(self, renamed: dict[int, dict[str, str]]) -> None:
        self.renamed = renamed
        self.pending: list[tuple[_Container, _Container, Path]] = []

    def value(self, source: object, path: Path) -> object:
        """A copy of a value, of a container one still to be filled."""
        copy: _Container
        match source:
            case dict():
                copy = {}
            case list():
                copy = []
            case float() if source.is_integer():
                return int(source)
            case _:
                return source
        self.pending.append((source, copy, path))
        return copy

    def finish(self) -> None:
        """Fills what is empty, the last made first, so that what is too deep shows before all else is copied."""
        while self.pending:
            source, copy, path = self.pending.pop()
            if len(path) > MAX_LEVELS:
                raise TooDeepError(path)
            match source, copy:
                case dict(), dict():
                    self._fill_object(source, copy, path)
                case list(), list():
                    copy += [self.value(value, (*path, index)) for index, value in enumerate(source)]

    def _fill_object(self, source: dict[str, object], copy: dict[str, object], path: Path) -> None:
        names = _renamings(source)
        if names:
            self.renamed[id(copy)] = {new: old for old, new in names.items()}
        missing_type = _missing_type(source, path)
        if missing_type is not None:
            copy["type"] = missing_type
        for key, value in source.items():
            name = names.get(key, key)
            if value is not None or name not in OPTIONAL:
                copy[name] = self.value(value, (*path, key))


def _renamings(source: dict[str, object]) -> dict[str, str]:
    """Keys of an object that the schema spells differently, and how."""
    match source:
        case {"version": _, "dag": _} if "workflow" not in source:
            return {"dag": "workflow"}
        case {"class_name": str(), "params": _} | {"type": "step_wait_for_event", "params": _} if "payload" not in source:
            return {"params": "payload"}
        case _:
            return {}


def _missing_type(source: dict[str, object], path: Path) -> str | None:
    """The type of an object whose place tells it, where it has none."""
    if "type" in source or "nodes" not in source or not path:
        return None
    if path[-1] in TRY_BLOCKS:
        return "block"
    return "function_def" if len(path) > 1 and path[-2] == "functions" else None


def is_without_graph(data: object) -> bool:
    """Whether data is the API's response to a version that has no graph: JSON text, or decoded."""
    match data:
        case str() | bytes():
            if b'"graph"' not in (data if isinstance(data, bytes) else data.encode()):
                return False
            try:
                return is_without_graph(json.loads(data))
            except (ValueError, RecursionError):
                return False
        case _:
            return _unwrapped(data)[0] is None
