"""The payload itself, as the platform's API gives it."""

from __future__ import annotations

from analyzer.payload.document import GraphDocument
from analyzer.payload.text import indented


def render_json(document: GraphDocument, *, color: bool = False) -> str:
    """Indented JSON; never coloured."""
    return indented(document).rstrip("\n") + "\n"
