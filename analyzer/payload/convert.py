"""Graph ⇄ payload: the projection of a workflow into the API's schema, and back (SEMANTICS sections 4, 5, 9)."""

from __future__ import annotations

from functools import cached_property

from analyzer.graph import model
from analyzer.graph.transparent import transparent
from analyzer.payload.document import FunctionDefDocument, GraphDocument, WorkflowDocument
from analyzer.payload.drawing import Drawer
from analyzer.payload.guards import MAX_DEPTH
from analyzer.payload.leaves import shape_document
from analyzer.payload.places import Origin, Place, places
from analyzer.payload.rebuilding import from_payload
from analyzer.records import field, record

__all__ = ["Projection", "from_payload", "to_payload"]


@record
class Projection:
    """A payload and where its nodes come from.

    ``notes``: SG906 where something was nested too deeply to be drawn as it is. ``origins``: the functions and nodes drawn,
    each with the part of the graph it stands for.
    """

    document: GraphDocument
    notes: tuple[model.Note, ...]
    origins: tuple[Origin, ...] = field(repr=False, compare=False)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """A JSON pointer to every node that stands for one of the graph, in the order of the document.

        Nodes the projection made (parallels of kept promises, blocks) have none.
        """
        return tuple(places(self.document["workflow"], self.origins))


def to_payload(workflow: model.Workflow) -> Projection:
    """Projects a workflow. Never raises, whatever the graph holds; equal graphs give equal documents."""
    workflow = transparent(workflow)
    running = _functions_with_steps(workflow)
    drawer = Drawer(frozenset(running))
    functions: dict[str, FunctionDefDocument] = {}
    nodes = drawer.nodes(workflow.body)
    for function in workflow.functions:
        if running.get(function.name) is function:
            functions[function.name] = {"name": function.name, "nodes": drawer.nodes(function.body), "type": "function_def"}
            drawer.origins.append((functions[function.name], function))
    entry: WorkflowDocument = {"class_name": workflow.class_name, "functions": functions, "nodes": nodes}
    if workflow.payload is not None:
        shape = shape_document(workflow.payload)
        entry = {"class_name": workflow.class_name, "payload": shape, "functions": functions, "nodes": nodes}
    return Projection({"version": 1, "workflow": entry}, _notes(workflow, drawer.cut), tuple(drawer.origins))


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
