"""What code anywhere in a file does to the names of its module, found without lowering it."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

from analyzer.flow.tree import Effects


def effects_of(statements: Iterable[cst.CSTNode]) -> Effects:
    """Which of the module's names are bound again or changed."""
    return Effects(frozenset(), frozenset())
