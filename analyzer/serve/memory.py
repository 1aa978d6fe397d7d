"""What has been analyzed and not changed since."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from typing import TypeVar, cast

from analyzer.analysis import Analysis, Options

_T = TypeVar("_T")


class Memory(Executor):
    """Analyses of files, by the files they were made from. An executor, for ``analyze_paths``: what it knows it does not run.

    ``forget`` must be told of changes before each use.
    """

    def __init__(self) -> None:
        self._options: Options | None = None
        self._known: dict[object, Analysis] = {}

    def forget(self, changed: frozenset[str], options: Options) -> None:
        """Forgets what was made from any of the files that changed, by absolute path; none: it is not known which did.

        Forgets all if a file is among them that nothing was made from, or that is gone: imports may lead elsewhere now, and
        configurations change how they are followed. Likewise if analyses are to be made otherwise.
        """
        made_from = {key: frozenset(map(os.path.realpath, known.sources)) for key, known in self._known.items()}
        familiar = changed <= frozenset().union(*made_from.values()) and all(map(os.path.isfile, changed))
        if not changed or not familiar or options != self._options:
            self._known.clear()
        for key in [key for key in self._known if made_from[key] & changed]:
            del self._known[key]
        self._options = options

    def map(
        self, fn: Callable[..., _T], *iterables: Iterable[object], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[_T]:
        """Calls a function for each item of one iterable, unless its result for that item is known."""
        (items,) = iterables
        for item in items:
            known = self._known.get(item)
            result = fn(item) if known is None else cast(_T, known)
            match result:
                case Analysis():
                    self._known[item] = result
            yield result
