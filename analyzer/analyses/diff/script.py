"""An edit script: what turns the tree of one graph into that of another. Data only.

Nodes are meant by numbers: those of OLD by their place in it (before their children, from 0), those that NEW adds by
negative ones. Positions count the children of a node as they are in NEW.
"""

from __future__ import annotations

from typing import TypeAlias

from analyzer.analyses.diff.forms import Form
from analyzer.records import record


@record
class Removed:
    """A node is gone: ``form`` without what has moved out of it."""

    node: int
    form: Form
    where: tuple[str, ...]


@record
class Added:
    """A node is new: ``form`` without what has moved into it; ``nodes`` are the numbers of it and of what is below it."""

    nodes: tuple[int, ...]
    parent: int
    position: int
    form: Form
    where: tuple[str, ...]


@record
class Moved:
    """Neighbours (``nodes``, in order) stand elsewhere: from ``position`` on in ``parent``."""

    nodes: tuple[int, ...]
    parent: int
    position: int
    forms: tuple[Form, ...]
    where: tuple[str, ...]
    target: tuple[str, ...]


@record
class Renamed:
    """A step has another name."""

    node: int
    old: Form
    new: Form
    where: tuple[str, ...]


@record
class Reconfigured:
    """A step has other settings."""

    node: int
    old: Form
    new: Form
    where: tuple[str, ...]


@record
class Rewired:
    """A node is awaited otherwise, waits for other promises, leaves elsewhere, or runs its elements otherwise."""

    node: int
    old: Form
    new: Form
    where: tuple[str, ...]


Operation: TypeAlias = Removed | Added | Moved | Renamed | Reconfigured | Rewired
