"""The keys of a step's configuration, which several rules ask about."""

from __future__ import annotations

from analyzer.graph.facts import Given

KEYS = ("retries", "timeout", "sensitive")


def is_step_config(given: Given) -> bool:
    """Whether a value that stands where rollback options do is the configuration of a step."""
    return given.get("rollback") is None and any(part.name in KEYS for part in given.fields)
