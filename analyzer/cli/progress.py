"""A progress bar on a terminal, for runs that take long."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tqdm import tqdm

DELAY = 1.0
"""Seconds before a bar is shown: what is over by then needs none, and does not wait for its import."""


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """What ``analyze_paths`` is to tell how far it is; None where a bar would be no use: in pipes and dumb terminals."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    """A bar that comes late. It is gone when the run is over, so that what was printed stays alone."""

    def __init__(self) -> None:
        self.begun = monotonic()
        self.bar: tqdm[NoReturn] | None = None

    def show(self, done: int, total: int) -> None:
        """Draws, if it is time; ``total`` may grow."""
        if self.bar is None:
            if monotonic() - self.begun < DELAY:
                return
            self.bar = self._made()
        self.bar.total = total
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        """Takes the bar away."""
        if self.bar is not None:
            self.bar.close()

    def _made(self) -> tqdm[NoReturn]:
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread of its own: processes may still be forked
        return tqdm(file=sys.stderr, unit=" files", leave=False, dynamic_ncols=True)
