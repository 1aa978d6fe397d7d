"""An overlay as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analyzer.analyses.overlay.log import LogStep
from analyzer.analyses.overlay.painting import Overlay, Painting
from analyzer.payload.text import indented

if TYPE_CHECKING:
    from analyzer.payload.document import GraphDocument
    from analyzer.payload.places import Place

VERSION = 1
"""Raised when a field changes its meaning or goes."""


def render(overlay: Overlay, document: GraphDocument, places: Iterable[Place]) -> str:
    """``{"version", "status", "steps", "unplanned", "astray", "graph"}``; steps by their JSON pointer into the graph."""
    pointers = {id(node): pointer for pointer, node in places}
    return (
        indented(
            {
                "version": VERSION,
                "status": overlay.log.status,
                "terminated": overlay.log.terminated or None,
                "steps": [_painting(painting, pointers.get(id(painting.node))) for painting in overlay.paintings],
                "unplanned": [entry.log_name for entry in overlay.unplanned],
                "astray": None if overlay.astray is None else overlay.astray.log_name,
                "graph": document,
            }
        ).rstrip("\n")
        + "\n"
    )


def _painting(painting: Painting, pointer: str | None) -> dict[str, object]:
    return {
        "pointer": pointer,
        "name": getattr(painting.node, "name", ""),
        "state": "not taken" if painting.state is None else painting.state.value,
        "planned": painting.planned,
        "entries": [_entry(entry) for entry in painting.entries],
        "rollbacks": [_entry(entry) for entry in painting.rollbacks],
    }


def _entry(entry: LogStep) -> dict[str, object]:
    return {
        "name": entry.log_name,
        "state": entry.state.value,
        "duration": entry.duration,
        "attempts": entry.attempts,
        "failures": entry.failures,
        "error": entry.error or None,
    }
