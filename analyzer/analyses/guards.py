"""Which branches and loops decide whether a step runs."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.graph.model import (
    Case,
    If,
    Jump,
    Loop,
    Node,
    StepDo,
    Switch,
    Workflow,
    sequences,
)
from analyzer.graph.steps import runs_steps
from analyzer.source import Span


def guarding_spans(workflow: Workflow) -> frozenset[Span]:
    """Spans of the branches and loops on which it depends whether, or how often, a step outside other steps runs.

    A branch that leaves guards what comes after it. Linear in the graph's size.
    """
    spans: set[Span] = set()
    for body in (workflow.body, *(function.body for function in workflow.functions)):
        marks = _Marks(body)
        pending: list[tuple[tuple[Node, ...], bool]] = [(body, False)]
        while pending:
            nodes, after = pending.pop()
            for node in reversed(nodes):
                if node.span is not None and _guards(node, marks, after):
                    spans.add(node.span)
                pending.extend((inner, after or _repeats(node, marks)) for inner in _inner(node))
                after = after or marks.steps[id(node)]
    return frozenset(spans)


class _Marks:
    """For each node of a body, by identity: whether a step is in it, and whether a jump is."""

    def __init__(self, body: tuple[Node, ...]) -> None:
        self.steps: dict[int, bool] = {}
        self.jumps: dict[int, bool] = {}
        for node in reversed(list(_preorder(body))):
            inner = [child for sequence in _inner(node) for child in sequence]
            self.steps[id(node)] = runs_steps(node) or any(self.steps[id(child)] for child in inner)
            self.jumps[id(node)] = _is_jump(node) or any(self.jumps[id(child)] for child in inner)


def _preorder(body: tuple[Node, ...]) -> Iterable[Node]:
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        stack.extend(child for sequence in _inner(node) for child in sequence)


def _inner(node: Node) -> tuple[tuple[Node, ...], ...]:
    """The sequences in a node; what runs inside a step is the step's own business."""
    match node:
        case StepDo():
            return ()
        case _:
            return tuple(sequences(node))


def _guards(node: Node, marks: _Marks, after: bool) -> bool:
    match node:
        case If(cases=cases) | Switch(cases=cases):
            return marks.steps[id(node)] or (after and _leaves(cases, marks))
        case Loop():
            return marks.steps[id(node)] or (after and marks.jumps[id(node)])
        case _:
            return False


def _leaves(cases: tuple[Case, ...], marks: _Marks) -> bool:
    return any(marks.jumps[id(node)] for case in cases for node in case.body)


def _repeats(node: Node, marks: _Marks) -> bool:
    """Whether steps in a node come after any part of it again."""
    match node:
        case Loop():
            return marks.steps[id(node)]
        case _:
            return False


def _is_jump(node: Node) -> bool:
    match node:
        case Jump():
            return True
        case _:
            return False
