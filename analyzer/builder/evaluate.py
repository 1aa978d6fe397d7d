"""The one dispatch from a node of the flow tree to what it does."""

from __future__ import annotations

from analyzer.builder.expressions import expression
from analyzer.builder.machine import Machine
from analyzer.builder.statements import statement
from analyzer.builder.values import Value
from analyzer.flow import tree


def evaluate(machine: Machine, node: tree.Node) -> Value:
    """Runs a node: emits what starts or waits in it, and yields its value."""
    match node:
        case (
            tree.Branch()
            | tree.Exit()
            | tree.Loop()
            | tree.Block()
            | tree.Try()
            | tree.With()
            | tree.Import()
            | tree.Export()
            | tree.TypeDeclaration()
        ):
            return statement(machine, node)
        case _:
            return expression(machine, node)
