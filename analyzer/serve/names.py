"""Names and identifiers of workflows that nobody has deployed."""

from __future__ import annotations

import re
from collections.abc import Container
from uuid import UUID, uuid5

MAX_NAME = 64
"""Longest name of a workflow on the platform, in characters."""

_NAMESPACE = UUID("6f2c9d3e-5a41-4c0b-9e57-2d8b1f60a7c4")
_INVALID = re.compile(r"[^A-Za-z0-9_-]")


def valid_name(text: str) -> str:
    """A name the platform accepts: letters, digits, ``_`` and ``-``, no ``-`` first; other characters become ``_``."""
    name = _INVALID.sub("_", text)[:MAX_NAME]
    return name if name and name[0] != "-" else f"_{name[1:]}"


def free_name(text: str, taken: Container[str]) -> str:
    """A valid name that is not taken; the second of a kind ends in ``-2``."""
    name, count = valid_name(text), 1
    while name in taken:
        count += 1
        ending = f"-{count}"
        name = valid_name(text)[: MAX_NAME - len(ending)] + ending
    return name


def workflow_id(script_name: str, name: str) -> str:
    """The UUID of a workflow: the same in every run, for it is made of the two names."""
    return str(uuid5(_NAMESPACE, f"{script_name}/{name}"))


def version_id(workflow: str, version: str) -> str:
    """The UUID of a version, made of that of its workflow and the name of the version: a commit, or what is not committed."""
    return str(uuid5(UUID(workflow), version))
