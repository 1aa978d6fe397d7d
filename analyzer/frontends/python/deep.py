"""Runs what recurses too deeply for the thread it is in."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

STACK_SIZE = 256 * 1024 * 1024
"""Bytes of stack of the thread; libcst 1.9 reads 100,000 ``elif`` in it, and 5,000 or so in an ordinary one."""

RECURSION_LIMIT = 1_000_000

_T = TypeVar("_T")
_one_at_a_time = threading.RLock()


def with_enough_stack(task: Callable[[], _T]) -> _T:
    """What a task yields or raises; one that exceeds the recursion limit is run again by ``with_deep_stack``."""
    try:
        return task()
    except RecursionError:
        return with_deep_stack(task)


def with_deep_stack(task: Callable[[], _T]) -> _T:
    """What a task yields or raises in a thread with a large stack; in this thread if none can be started."""
    results: list[_T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(task())
        except BaseException as error:  # raised again below, in the thread of the caller
            errors.append(error)

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
    try:
        _run_in_thread(run)
    finally:
        sys.setrecursionlimit(limit)
    if errors:
        raise errors[0]
    return results[0]


def _run_in_thread(run: Callable[[], None]) -> None:
    thread = threading.Thread(target=run, daemon=True)
    with _one_at_a_time:
        size = threading.stack_size()
        try:
            threading.stack_size(STACK_SIZE)
            thread.start()
        except (RuntimeError, ValueError, MemoryError):
            run()
            return
        finally:
            threading.stack_size(size)
    thread.join()
