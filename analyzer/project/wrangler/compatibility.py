"""What a worker's compatibility date and flags turn on. Source: workerd's ``compatibility-date.capnp``."""

from __future__ import annotations

from analyzer.project.wrangler.config import WorkerConfig

_IMPLICIT_DEPENDENCIES = "python_workflows_implicit_dependencies"
_SINCE = {_IMPLICIT_DEPENDENCIES: "2026-02-25", "python_workflows": "2025-09-20"}
"""From which compatibility date a flag is on by itself (these two only together with ``python_workers``)."""


def has_flag(config: WorkerConfig, flag: str) -> bool:
    """Whether a flag holds, by name or by date, unless its opposite (``no_…``) is set. No date: the newest one."""
    if "no_" + flag in config.compatibility_flags:
        return False
    if flag in config.compatibility_flags:
        return True
    since = _SINCE.get(flag)
    return since is not None and (config.compatibility_date is None or config.compatibility_date >= since)


def implicit_dependencies(config: WorkerConfig) -> bool:
    """Whether parameters of Python steps name their dependencies: the builder's option of this name."""
    return has_flag(config, _IMPLICIT_DEPENDENCIES)
