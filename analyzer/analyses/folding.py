"""Evaluating a graph from the inside out, without recursion: nodes from their sequences, functions before their callers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from analyzer.graph.model import FunctionCall, Node, Workflow, sequences, walk

Result = TypeVar("Result")

Evaluate = Callable[[Node, list[Result]], Result]
"""The result of a node from those of its sequences, in the order of ``graph.model.sequences``."""

Combine = Callable[[Sequence[tuple[Node, Result]]], Result]
"""The result of a sequence from those of its nodes, in order."""


def fold(body: tuple[Node, ...], evaluate: Evaluate[Result], combine: Combine[Result]) -> Result:
    """The result of a sequence. Each node is evaluated once, after all nodes in it."""
    results: dict[int, Result] = {}

    def combined(nodes: tuple[Node, ...]) -> Result:
        return combine([(node, results[id(node)]) for node in nodes])

    for node in reversed(list(walk(body))):
        results[id(node)] = evaluate(node, [combined(nodes) for nodes in sequences(node)])
    return combined(body)


def fold_functions(
    workflow: Workflow, evaluate: Callable[[Node, list[Result], dict[str, Result]], Result], combine: Combine[Result]
) -> Result:
    """The result of ``run``. ``evaluate`` is given the results of functions by name; one that calls itself has none yet."""
    known: dict[str, Result] = {}
    bodies = {function.name: function.body for function in workflow.functions}
    for name in _callees_first(workflow, bodies):
        known[name] = fold(bodies[name], lambda node, inner: evaluate(node, inner, known), combine)
    return fold(workflow.body, lambda node, inner: evaluate(node, inner, known), combine)


def _callees_first(workflow: Workflow, bodies: dict[str, tuple[Node, ...]]) -> list[str]:
    order: list[str] = []
    met: set[str] = set()
    for first in _called(workflow.body):
        stack = [] if first in met else [(first, iter(_called(bodies[first])))]
        met.add(first)
        while stack:
            name, calls = stack[-1]
            following = next((call for call in calls if call not in met), None)
            if following is None:
                order.append(name)
                stack.pop()
            else:
                met.add(following)
                stack.append((following, iter(_called(bodies[following]))))
    return order


def _called(body: tuple[Node, ...]) -> list[str]:
    names: dict[str, None] = {}
    for node in walk(body):
        match node:
            case FunctionCall(name=name):
                names[name] = None
            case _:
                continue
    return list(names)
