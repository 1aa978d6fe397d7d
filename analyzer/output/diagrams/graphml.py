"""A graph as GraphML, by networkx's own writer: for Gephi, yEd, Cytoscape and whatever else reads graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from analyzer.output.diagrams.network import network

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject


def render_graphml(subject: Subject, *, color: bool = False) -> str:
    """The flowchart with everything known of its nodes and edges as attributes; never coloured."""
    return "".join(f"{line}\n" for line in nx.generate_graphml(network(subject), named_key_ids=True))
