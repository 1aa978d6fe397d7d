"""Which promises a value holds."""

from __future__ import annotations

from analyzer.builder.members import elements_of
from analyzer.builder.values import UNDEFINED, Coroutine, Elements, ListObject, Promise, RecordObject, Value

MAX_DEPTH = 4
"""Lists and records inside one another that are looked into."""


def promise_ids(value: Value, depth: int = 0) -> tuple[int, ...]:
    """The ids of all promises in a value, those in lists and records included."""
    match value:
        case Promise():
            result = value.result
            return (*value.ids, *promise_ids(result, depth + 1)) if isinstance(result, Promise) else value.ids
        case Coroutine(started=started, running=running):
            return running if started.value == UNDEFINED else promise_ids(started.value, depth + 1)
        case ListObject() if depth < MAX_DEPTH:
            return tuple(id_ for element in elements_of(value) for id_ in promise_ids(element.value, depth + 1))
        case RecordObject(fields=fields) if depth < MAX_DEPTH:
            return tuple(id_ for cell in fields.values() for id_ in promise_ids(cell.value, depth + 1))
        case Elements(items=items):
            return tuple(id_ for element in items for id_ in promise_ids(element.value, depth + 1))
        case _:
            return ()
