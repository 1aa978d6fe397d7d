"""A flowchart as a networkx graph, for the formats that networkx writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from analyzer.output.diagrams.chart import ChartEdge, ChartNode, Frame, Item
from analyzer.output.diagrams.charting import flowchart
from analyzer.output.diagrams.words import printable

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject

    Network: TypeAlias = nx.MultiDiGraph[str]


def network(subject: Subject) -> Network:
    """Nodes by id and edges of a flowchart, each with attributes that are texts or numbers.

    A node has ``kind``, ``label`` (its lines), ``frame`` (the ids of the frames around it, outermost first), and where they
    are known ``starts``, ``resolves``, ``path``, ``line`` and ``column``; an edge has ``kind`` and ``condition``.
    """
    graph: Network = nx.MultiDiGraph(name=printable(subject.workflow["class_name"]))
    _add(graph, flowchart(subject).items, (), subject)
    return graph


def _add(graph: Network, items: Iterable[Item], frames: tuple[str, ...], subject: Subject) -> None:
    for item in items:
        match item:
            case ChartNode():
                graph.add_node(item.id, **_attributes(item, subject), frame=" ".join(frames))
            case ChartEdge():
                graph.add_edge(item.start, item.end, kind=item.kind.value, condition=printable(item.text))
            case Frame():
                _add(graph, item.items, (*frames, item.id), subject)


def _attributes(item: ChartNode, subject: Subject) -> dict[str, str | float]:
    found: dict[str, str | float] = {"kind": item.kind, "label": "\n".join(map(printable, item.lines))}
    if item.node is None:
        return found
    for name in ("starts", "resolves"):
        if (number := item.node.get(name)) is not None:
            found[name] = float(number)  # type: ignore[arg-type]
    if (extent := subject.extent(item.node)) is not None:
        found |= {"path": printable(extent.path), "line": extent.start.line, "column": extent.start.column}
    return found
