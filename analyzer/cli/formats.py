"""Formats of a graph: a line each. Their modules are imported when they are used."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from analyzer.output.diagrams.subject import Subject

    class Renderer(Protocol):
        """A render function."""

        def __call__(self, subject: Subject, *, color: bool = False) -> str:
            """Gives a workflow as text that ends with a line break."""


FORMATS = {
    "json": ("analyzer.output.diagrams.json", "render_json", ".json"),
    "tree": ("analyzer.output.diagrams.tree", "render_tree", ".txt"),
    "mermaid": ("analyzer.output.diagrams.mermaid", "render_mermaid", ".mmd"),
    "dot": ("analyzer.output.diagrams.dot", "render_dot", ".dot"),
    "graphml": ("analyzer.output.diagrams.graphml", "render_graphml", ".graphml"),
    "svg": ("analyzer.output.diagrams.svg", "render_svg", ".svg"),
    "html": ("analyzer.output.diagrams.html", "render_html", ".html"),
}
"""By name: the module, its render function, the suffix of files."""

WITH_FINDINGS = frozenset({"html"})
"""Formats that show what the linter says."""


def renderer(name: str) -> Renderer:
    """The render function of a format."""
    from importlib import import_module

    module, function, _ = FORMATS[name]
    render: Renderer = getattr(import_module(module), function)
    return render


def suffix(name: str) -> str:
    """The suffix of a file in a format, dot included."""
    return FORMATS[name][2]
