"""Problems before they have a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from analyzer.config import KeyPath
from analyzer.project.documents.wording import label, shown
from analyzer.project.wrangler.config import ProblemKind


class Trouble(NamedTuple):
    """A problem without its place: ``key`` is the path of the entry it is about."""

    kind: ProblemKind
    key: KeyPath
    message: str


Check: TypeAlias = Callable[[KeyPath, object], Iterator[Trouble]]
"""Takes the path of an entry and its value; gives what is wrong with it."""


def wrong(key: KeyPath, value: object, wanted: str, kind: ProblemKind = ProblemKind.TYPE) -> Trouble:
    """The trouble of a value that is not what it must be."""
    return Trouble(kind, key, f"{label(key)} must be {wanted}, not {shown(value)}")
