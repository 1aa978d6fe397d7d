"""How Python steps of a file name their dependencies, as the worker's configuration around it says."""

from __future__ import annotations

import os

from analyzer.project.nearest import WRANGLER_NAMES, nearest_file


def implicit_dependencies_at(path: str) -> bool | None:
    """Whether parameters name the dependencies of steps in a file; None: no configuration around it says."""
    found = nearest_file(os.path.dirname(path) or ".", WRANGLER_NAMES)
    if found is None:
        return None
    from analyzer.project.wrangler import implicit_dependencies, read_wrangler

    config = read_wrangler(found)
    known = config.compatibility_date is not None or any("implicit_dependencies" in flag for flag in config.compatibility_flags)
    return implicit_dependencies(config) if known else None
