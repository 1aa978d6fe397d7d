"""Fields of plain data as what they should be: a value of another type counts as absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def text_of(table: Mapping[str, object], key: str) -> str | None:
    """A string field, or None."""
    match table.get(key):
        case str(text):
            return text
        case _:
            return None


def integer_of(table: Mapping[str, object], key: str) -> int | None:
    """A number without fraction, or None; ``true`` is none."""
    match table.get(key):
        case bool():
            return None
        case int(number):
            return number
        case float(number) if number.is_integer():
            return int(number)
        case _:
            return None


def texts_of(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    """The strings in a list, or of a field that is one string."""
    match table.get(key):
        case str(text):
            return (text,)
        case list(items):
            return tuple(item for item in items if type(item) is str)
        case _:
            return ()


def table_of(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    """An object field; empty if it is absent or something else."""
    match table.get(key):
        case dict(inner):
            return inner
        case _:
            return {}


def tables_of(table: Mapping[str, object], key: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The objects in an object field, by name."""
    for name, value in table_of(table, key).items():
        match value:
            case dict():
                yield name, value


def elements_of(table: Mapping[str, object], key: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects in a list field, by index."""
    match table.get(key):
        case list(items):
            for index, value in enumerate(items):
                match value:
                    case dict():
                        yield index, value
