"""The cyclic garbage collector, off while trees are built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Trees hold no cycles, and collecting while they grow costs several times their building.

    What was made meanwhile is moved among the old objects: as young ones all of it would be searched at once. Someone
    who has frozen objects keeps them so.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if gc.get_freeze_count() == 0:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
