"""What a resolver answers if a specifier leads to no file of the project."""

from __future__ import annotations

from typing import NamedTuple


class Unresolved(NamedTuple):
    """Why, in words."""

    reason: str
