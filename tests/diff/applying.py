"""Applies an edit script, so that it can be compared with what it should have made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from analyzer.analyses.diff.forms import WIRING, Form, Traits
from analyzer.analyses.diff.script import Added, Moved, Operation, Reconfigured, Removed, Renamed, Rewired


@dataclass(eq=False)
class _Node:
    kind: str
    name: str
    traits: Traits
    parent: _Node | None
    children: list[_Node] = field(default_factory=list)

    def leave(self) -> None:
        if self.parent is not None:
            self.parent.children.remove(self)


def applied(operations: Iterable[Operation], old: Form) -> Form:
    """The tree that a script makes of the tree it was made for."""
    nodes: dict[int, _Node] = {}
    root = _laid_out(old, nodes, count())
    inserted: dict[int, list[tuple[int, list[_Node]]]] = {}
    for operation in operations:
        match operation:
            case Removed(node=node):
                nodes[node].leave()
            case Added(nodes=numbers, parent=parent, position=position, form=form):
                inserted.setdefault(parent, []).append((position, [_laid_out(form, nodes, iter(numbers))]))
            case Moved(nodes=numbers, parent=parent, position=position):
                for number in numbers:
                    nodes[number].leave()
                inserted.setdefault(parent, []).append((position, [nodes[number] for number in numbers]))
            case Renamed(node=node, new=new):
                nodes[node].name = new.name
            case Reconfigured(node=node, new=new):
                nodes[node].traits = (*_part(new.traits, wiring=False), *_part(nodes[node].traits, wiring=True))
            case Rewired(node=node, new=new):
                nodes[node].traits = (*_part(nodes[node].traits, wiring=False), *_part(new.traits, wiring=True))
    for parent, runs in inserted.items():
        for position, run in sorted(runs, key=lambda run: run[0]):
            nodes[parent].children[position:position] = run
    return _form(root)


def _laid_out(form: Form, nodes: dict[int, _Node], numbers: Iterator[int], parent: _Node | None = None) -> _Node:
    """A tree that can be changed; its nodes take the next numbers, each before its children."""
    node = nodes[next(numbers)] = _Node(form.kind, form.name, form.traits, parent)
    node.children = [_laid_out(child, nodes, numbers, node) for child in form.children]
    return node


def _part(traits: Traits, *, wiring: bool) -> Traits:
    return tuple((key, value) for key, value in traits if (key in WIRING) is wiring)


def _form(node: _Node) -> Form:
    return Form(node.kind, node.name, node.traits, tuple(_form(child) for child in node.children))
