"""The graph without what only an exact graph needs: handlers without nodes, and blocks that only hand promises on.

``step.do(…).catch(() => {})`` is a ``Try`` in a ``Block`` in the graph, for a failure ends there; to a reader it is the step.
A combinator inside one of another kind is a ``Block`` with a ``Join`` of its own; to a reader it is the combinator.
"""

from __future__ import annotations

from collections.abc import Callable

from analyzer.graph import model
from analyzer.records import replace

Nodes = tuple[model.Node, ...]


def transparent(workflow: model.Workflow) -> model.Workflow:
    """The workflow with such blocks and handlers seen through; itself if it has none."""
    sequences = [workflow.body, *(function.body for function in workflow.functions)]
    if not any(_is_seen_through(node) for nodes in sequences for node in model.walk(nodes)):
        return workflow
    seen = _SeenThrough()
    body, *functions = [seen.joins(nodes) for nodes in [seen.sequence(nodes) for nodes in sequences]]
    named = [replace(function, body=nodes) for function, nodes in zip(workflow.functions, functions, strict=True)]
    return replace(workflow, body=body, functions=tuple(named))


def _is_seen_through(node: model.Node) -> bool:
    match node:
        case model.Block():
            return node.implicit
        case model.Try():
            return _handles_nothing(node)
        case _:
            return False


def _handles_nothing(node: model.Try) -> bool:
    return node.chained and not node.final and all(inner.__class__ is model.Jump for inner in node.handler or ())


class _SeenThrough:
    """Rewrites sequences. ``members``: what a join of a block that is gone waits for."""

    def __init__(self) -> None:
        self.members: dict[int, tuple[int, ...]] = {}

    def sequence(self, nodes: Nodes) -> Nodes:
        """A sequence without such blocks and handlers."""
        written: list[model.Node] = []
        for node in nodes:
            match node:
                case model.Try() if _handles_nothing(node):
                    written += self.sequence(node.block)
                case model.Block(implicit=True):
                    written += self._block(node)
                case _:
                    written.append(_with_sequences(node, self.sequence))
        return tuple(written)

    def _block(self, block: model.Block) -> Nodes:
        body = self.sequence(block.body)
        match body:
            case (
                model.StepDo()
                | model.StepSleep()
                | model.StepSleepUntil()
                | model.StepWaitForEvent()
                | model.FunctionCall() as only,
            ) if only.started is model.Started.AWAITED:
                return (replace(only, started=block.started, id=block.id),)
            case (*started, model.Join(members=members)) if not any(_waits(node) for node in started):
                self.members[block.id] = members
                return tuple(started)
            case _:
                return (replace(block, body=body),)

    def joins(self, nodes: Nodes) -> Nodes:
        """A sequence whose joins wait for what blocks that are gone waited for."""
        if not self.members:
            return nodes
        return tuple(
            [_with_sequences(self._join(node) if isinstance(node, model.Join) else node, self.joins) for node in nodes]
        )

    def _join(self, join: model.Join) -> model.Join:
        members = list(join.members)
        while any(member in self.members for member in members):
            members = [inner for member in members for inner in self.members.get(member, (member,))]
        return replace(join, members=tuple(dict.fromkeys(members)))


def _waits(node: model.Node) -> bool:
    """Whether something in a node is waited for, or leaves."""
    match node:
        case model.Join() | model.Jump():
            return True
        case (
            model.StepDo()
            | model.StepSleep()
            | model.StepSleepUntil()
            | model.StepWaitForEvent()
            | model.FunctionCall()
            | model.Block()
        ):
            return node.started is model.Started.AWAITED
        case _:
            return any(_waits(inner) for sequence in model.sequences(node) for inner in sequence)


def _with_sequences(node: model.Node, change: Callable[[Nodes], Nodes]) -> model.Node:
    """A node with each sequence inside it changed."""
    match node:
        case model.StepDo(body=()):
            return node
        case model.StepDo(body=body) | model.Block(body=body) | model.Scope(body=body):
            return replace(node, body=change(body))
        case model.Loop(body=body):
            turn = len(body) - node.update
            test, update = change(body[: node.test]), change(body[turn:])
            changed = (*test, *change(body[node.test : turn]), *update)
            return replace(node, body=changed, test=len(test), update=len(update))
        case model.If(cases=cases) | model.Switch(cases=cases):
            return replace(node, cases=tuple([replace(case, body=change(case.body)) for case in cases]))
        case model.Try(block=block, handler=handler, final=final):
            parts = [None if part is None else change(part) for part in (block, handler, final)]
            return replace(node, block=parts[0], handler=parts[1], final=parts[2])
        case model.Parallel(elements=elements):
            return replace(node, elements=tuple([part for element in elements if (part := change(element))]))
        case _:
            return node
