"""Graph ⇄ payload: the projection of a workflow into the API's schema, and back (SEMANTICS sections 4, 5, 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from analyzer.graph import model
from analyzer.payload.document import FunctionDefDocument, GraphDocument, NodeDocument, WorkflowDocument, child_sequences
from analyzer.payload.drawing import Drawer
from analyzer.payload.guards import MAX_DEPTH
from analyzer.payload.leaves import shape_document
from analyzer.payload.rebuilding import from_payload

__all__ = ["Projection", "from_payload", "to_payload"]

Place: TypeAlias = tuple[str, model.Node | model.FunctionDef]
"""A JSON pointer into a document (RFC 6901), and the graph node drawn there."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A payload and where its nodes come from. Nodes the projection made (parallels of kept promises) have no place.

    ``notes``: SG906 where something was nested too deeply to be drawn as it is.
    """

    document: GraphDocument
    places: tuple[Place, ...]
    notes: tuple[model.Note, ...]


def to_payload(workflow: model.Workflow) -> Projection:
    """Projects a workflow. Never raises, whatever the graph holds; equal graphs give equal documents."""
    running = _functions_with_steps(workflow)
    drawer = Drawer(frozenset(running))
    entry = WorkflowDocument(class_name=workflow.class_name, functions={}, nodes=[])
    if workflow.payload is not None:
        entry = WorkflowDocument(
            class_name=workflow.class_name, payload=shape_document(workflow.payload), functions={}, nodes=[]
        )
    entry["nodes"] = drawer.nodes(workflow.body)
    for function in workflow.functions:
        if running.get(function.name) is function:
            nodes = drawer.nodes(function.body)
            entry["functions"][function.name] = FunctionDefDocument(name=function.name, nodes=nodes, type="function_def")
    places = tuple(_places(entry, running, drawer.origins))
    return Projection(GraphDocument(version=1, workflow=entry), places, _notes(workflow, drawer.cut))


def _functions_with_steps(workflow: model.Workflow) -> dict[str, model.FunctionDef]:
    """Functions that hold a step, directly or through calls, by name."""
    functions = {function.name: function for function in reversed(workflow.functions)}
    callers: dict[str, list[str]] = {}
    pending: list[str] = []
    for name, function in functions.items():
        for node in model.walk(function.body):
            match node:
                case model.FunctionCall(name=called):
                    callers.setdefault(called, []).append(name)
                case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                    pending.append(name)
    running: dict[str, model.FunctionDef] = {}
    while pending:
        name = pending.pop()
        if name not in running:
            running[name] = functions[name]
            pending += callers.get(name, ())
    return running


def _notes(workflow: model.Workflow, cut: bool) -> tuple[model.Note, ...]:
    message = f"{workflow.class_name} is nested more than {MAX_DEPTH} structures deep; what is deeper is drawn flat"
    return (model.Note(workflow.span, "SG906", message),) if cut else ()


def _places(
    workflow: WorkflowDocument,
    functions: dict[str, model.FunctionDef],
    origins: list[tuple[NodeDocument, model.Node]],
) -> Iterator[Place]:
    """Pointers to what was drawn, in the order of the document."""
    nodes = {id(document): node for document, node in origins}
    for name, function in workflow["functions"].items():
        pointer = f"/workflow/functions/{name.replace('~', '~0').replace('/', '~1')}"
        yield pointer, functions[name]
        yield from _places_below(function["nodes"], f"{pointer}/nodes", nodes)
    yield from _places_below(workflow["nodes"], "/workflow/nodes", nodes)


def _places_below(documents: list[NodeDocument], pointer: str, nodes: dict[int, model.Node]) -> Iterator[Place]:
    for index, document in enumerate(documents):
        here = f"{pointer}/{index}"
        node = nodes.get(id(document))
        if node is not None:
            yield here, node
        for path, inner in child_sequences(document):
            yield from _places_below(inner, here + path, nodes)
