"""A graph as one HTML file to be looked at, searched and passed on: it needs no network and no other file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.output.diagrams.viewer import single_page, viewer_data

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject


def render_html(subject: Subject, *, color: bool = False) -> str:
    """The viewer with one workflow and what the linter says about it; never coloured by a terminal's rules."""
    return single_page(viewer_data(subject))
