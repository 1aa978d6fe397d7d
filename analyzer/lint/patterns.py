"""Patterns of step names in policies."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from analyzer.graph.model import Node, StepDo, StepSleep, StepSleepUntil, StepWaitForEvent

UNKNOWN_NAMES = frozenset({"<dynamic>", "<missing>", "could not compute"})


def step_name(node: Node) -> str | None:
    """The name of a step as far as it is known, holes as ``${...}``; None: no step, or nothing known."""
    match node:
        case StepDo(name=name) | StepSleep(name=name) | StepSleepUntil(name=name) | StepWaitForEvent(name=name):
            return None if name in UNKNOWN_NAMES else name
        case _:
            return None


def is_step_like(node: Node, patterns: Iterable[str]) -> bool:
    """Whether a node is a step whose name fits one of some patterns (``*``, ``?``, ``[…]``; case counts)."""
    name = step_name(node)
    return name is not None and any(fnmatchcase(name, pattern) for pattern in patterns)
