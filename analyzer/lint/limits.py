"""The step limits that the configuration next to a source sets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache

from analyzer.project.nearest import WRANGLER_NAMES, nearest_file


def configured_limits(path: str) -> Mapping[str, int]:
    """``limits.steps`` by class name, as the nearest wrangler configuration around a file sets it (the least of several)."""
    config = nearest_file(os.path.dirname(path) or ".", WRANGLER_NAMES)
    if config is None:
        return {}
    try:
        return _limits(config, os.stat(config).st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=256)
def _limits(config: str, changed: int) -> Mapping[str, int]:
    """``changed``: when the file was last written, so that a newer one is read again."""
    from analyzer.project.wrangler import read_wrangler

    worker = read_wrangler(config)
    found: dict[str, int] = {}
    for part in (worker, *worker.environments):
        for entry in part.own_workflows:
            if entry.class_name is not None and entry.step_limit is not None:
                found[entry.class_name] = min(entry.step_limit, found.get(entry.class_name, entry.step_limit))
    return found
