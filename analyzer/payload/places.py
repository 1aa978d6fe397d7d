"""JSON pointers (RFC 6901) to the nodes of a payload, each with the part of the graph drawn there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from analyzer.graph import model
from analyzer.payload.document import NodeDocument, WorkflowDocument, child_sequences

Origin: TypeAlias = tuple[NodeDocument, model.Node | model.FunctionDef]
"""A node of a document, by identity, and what it stands for."""

Place: TypeAlias = tuple[str, model.Node | model.FunctionDef]
"""A JSON pointer into a document, and what is drawn there."""


def places(workflow: WorkflowDocument, origins: Iterable[Origin]) -> list[Place]:
    """Pointers to what was drawn, in the order of the document."""
    finder = _Finder({id(document): node for document, node in origins})
    for name, function in workflow["functions"].items():
        escaped = name.replace("~", "~0").replace("/", "~1")
        finder.find(function, f"/workflow/functions/{escaped}")
    finder.find_all(workflow["nodes"], "/workflow/nodes")
    return finder.places


class _Finder:
    def __init__(self, nodes: dict[int, model.Node | model.FunctionDef]) -> None:
        self.nodes = nodes
        self.places: list[Place] = []

    def find_all(self, documents: list[NodeDocument], pointer: str) -> None:
        for index, document in enumerate(documents):
            self.find(document, f"{pointer}/{index}")

    def find(self, document: NodeDocument, pointer: str) -> None:
        node = self.nodes.get(id(document))
        if node is not None:
            self.places.append((pointer, node))
        for path, inner in child_sequences(document):
            self.find_all(inner, pointer + path)
