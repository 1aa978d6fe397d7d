"""The payload itself, as the platform's API gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.payload.text import indented

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject


def render_json(subject: Subject, *, color: bool = False) -> str:
    """Indented JSON; never coloured."""
    return indented(subject.document).rstrip("\n") + "\n"
