"""What a configuration file says, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from analyzer.config import KeyPath
from analyzer.records import record
from analyzer.source import Position

START = Position(1, 1)


class Place(NamedTuple):
    """Where an entry stands: its key (of an array's element: the element) and its value."""

    key: Position
    value: Position


@record
class DocumentProblem:
    """Why a file, or a part of it, cannot be read."""

    message: str
    position: Position


@record
class Document:
    """A file's table of strings, numbers, booleans, None, dates, lists and dictionaries.

    ``data`` holds what could be read; it is empty if nothing could. ``places`` may lack entries.
    """

    path: str
    data: Mapping[str, object]
    places: Mapping[KeyPath, Place]
    problems: tuple[DocumentProblem, ...] = ()

    def place(self, key: KeyPath) -> Place:
        """Where an entry stands; for one that is not there, where the nearest table around it does."""
        for length in range(len(key), 0, -1):
            place = self.places.get(key[:length])
            if place is not None:
                return place
        return Place(START, START)
