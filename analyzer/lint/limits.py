"""What the configuration next to a source says about its workflows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache

from analyzer.analyses.engine import milliseconds
from analyzer.project.nearest import WRANGLER_NAMES, nearest_file
from analyzer.records import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from analyzer.project.wrangler import WorkflowEntry


@record
class Configured:
    """What is set for a workflow (None: nothing): ``limits.steps``, and for how many milliseconds ended instances are kept.

    Of several entries for one class the least step limit and the longest times count.
    """

    step_limit: int | None = None
    success_retention: float | None = None
    error_retention: float | None = None


NOTHING = Configured()


def configured_workflows(path: str) -> Mapping[str, Configured]:
    """What the nearest wrangler configuration around a file sets, by class name."""
    config = nearest_file(os.path.dirname(path) or ".", WRANGLER_NAMES)
    if config is None:
        return {}
    try:
        return _configured(config, os.stat(config).st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=256)
def _configured(config: str, changed: int) -> Mapping[str, Configured]:
    """``changed``: when the file was last written, so that a newer one is read again."""
    from analyzer.project.wrangler import read_wrangler

    worker = read_wrangler(config)
    found: dict[str, Configured] = {}
    for part in (worker, *worker.environments):
        for entry in part.own_workflows:
            if entry.class_name is not None:
                found[entry.class_name] = _with(found.get(entry.class_name, NOTHING), entry)
    return found


def _with(known: Configured, entry: WorkflowEntry) -> Configured:
    limits = [limit for limit in (known.step_limit, entry.step_limit) if limit is not None]
    success, error = map(milliseconds, entry.retention)
    return Configured(
        min(limits, default=None), _longer(known.success_retention, success), _longer(known.error_retention, error)
    )


def _longer(one: float | None, other: float | None) -> float | None:
    return max((value for value in (one, other) if value is not None), default=None)
