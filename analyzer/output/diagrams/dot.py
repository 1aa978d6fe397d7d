"""A graph in the language of Graphviz, by networkx's own writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from analyzer.output.diagrams.network import network
from analyzer.output.diagrams.palette import KINDS, PALETTE

if TYPE_CHECKING:
    from analyzer.output.diagrams.network import Network
    from analyzer.output.diagrams.subject import Subject

SHAPES = {
    "step_wait_for_event": "parallelogram",
    "function_call": "component",
    "if": "diamond",
    "switch": "diamond",
    "fork": "circle",
    "join": "circle",
    "note": "note",
}
"""By kind; what is not here is a box."""

ROUNDED = frozenset({"step_sleep", "step_sleep_until", "start", "finish", "break", "function_def", "empty"})
DASHED = frozenset({"again", "error", "float", "call", "note"})
FONT = '"Helvetica,Arial,sans-serif"'


def render_dot(subject: Subject, *, color: bool = False) -> str:
    """The flowchart with shapes by kind and conditions on its edges; never coloured by a terminal's rules."""
    graph = network(subject)
    written: Network = nx.MultiDiGraph(name=_inside(graph.name))
    written.graph["node"] = {"fontname": FONT, "fontsize": "11", "style": "rounded"}
    written.graph["edge"] = {"fontname": FONT, "fontsize": "10", "color": quoted(PALETTE["soft"].light)}
    for node, attributes in graph.nodes(data=True):
        written.add_node(node, **{name: quoted(str(value)) for name, value in attributes.items()}, **_look(attributes["kind"]))
    for start, end, attributes in graph.edges(data=True):
        style = {"style": "dashed"} if attributes["kind"] in DASHED else {}
        texts = {name: quoted(value) for name, value in attributes.items()}
        written.add_edge(start, end, **texts, label=texts["condition"], **style)
    return str(nx.nx_pydot.to_pydot(written).to_string())


def _look(kind: str) -> dict[str, str]:
    color = quoted(PALETTE[KINDS.get(kind, "soft")].light)
    style = "rounded" if kind in ROUNDED else "solid"
    return {"shape": SHAPES.get(kind, "box"), "style": style, "color": color}


def quoted(text: str) -> str:
    """A text as a string of the language. Graphviz reads escapes and entities in labels; neither is left in it."""
    return f'"{_inside(text)}"'


def _inside(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"')
    return escaped.replace("\n", "\\n")
