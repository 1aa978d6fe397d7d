"""Random edits of graphs, as a person makes them: steps and structures come, go, move, and are set otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from analyzer.graph import model
from analyzer.records import replace

Nodes = tuple[model.Node, ...]


@dataclass
class Editor:
    """Edits one body. New names are unique."""

    random: Random
    names: int = 0

    def edited(self, nodes: Nodes) -> Nodes:
        """The body with one edit somewhere in it."""
        places = [*_places(nodes)]
        path = self.random.choice(places)
        edit = self.random.choice([self._insert, self._remove, self._rename, self._set, self._wrap, self._swap, self._nest])
        return _at(nodes, path, edit)

    def _insert(self, nodes: Nodes) -> Nodes:
        place = self.random.randint(0, len(nodes))
        return (*nodes[:place], self._step(), *nodes[place:])

    def _remove(self, nodes: Nodes) -> Nodes:
        place = self.random.randrange(len(nodes) or 1)
        return (*nodes[:place], *nodes[place + 1 :])

    def _rename(self, nodes: Nodes) -> Nodes:
        return self._with_one(nodes, lambda node: replace(node, name=self._name()))

    def _set(self, nodes: Nodes) -> Nodes:
        config = model.Config(limit=self.random.randint(1, 9), delay="7 seconds")
        return self._with_one(nodes, lambda node: replace(node, config=config))

    def _with_one(self, nodes: Nodes, change: Callable[[model.StepDo], model.StepDo]) -> Nodes:
        """One step that is a ``do`` changed."""
        steps = [index for index, node in enumerate(nodes) if isinstance(node, model.StepDo)]
        if not steps:
            return nodes
        place = self.random.choice(steps)
        step = nodes[place]
        assert isinstance(step, model.StepDo)
        return (*nodes[:place], change(step), *nodes[place + 1 :])

    def _wrap(self, nodes: Nodes) -> Nodes:
        first = self.random.randint(0, len(nodes))
        last = self.random.randint(first, len(nodes))
        inside = nodes[first:last]
        around: list[model.Node] = [
            model.Loop(inside),
            model.Try(inside, (self._step(),), None),
            model.If((model.Case("x", inside),)),
        ]
        return (*nodes[:first], self.random.choice(around), *nodes[last:])

    def _swap(self, nodes: Nodes) -> Nodes:
        if not nodes:
            return nodes
        place = self.random.randrange(len(nodes))
        rest = (*nodes[:place], *nodes[place + 1 :])
        target = self.random.randint(0, len(rest))
        return (*rest[:target], nodes[place], *rest[target:])

    def _nest(self, nodes: Nodes) -> Nodes:
        """One structure taken away from around what is in it."""
        structures = [index for index, node in enumerate(nodes) if isinstance(node, model.Loop)]
        if not structures:
            return nodes
        place = self.random.choice(structures)
        loop = nodes[place]
        assert isinstance(loop, model.Loop)
        return (*nodes[:place], *loop.body, *nodes[place + 1 :])

    def _step(self) -> model.Node:
        return model.StepDo(self._name(), model.Config())

    def _name(self) -> str:
        self.names += 1
        return f"new {self.names}"


def body(random: Random, blocks: int) -> Nodes:
    """A body of so many blocks: steps, sleeps, waits, structures around blocks."""
    nodes: list[model.Node] = []
    while blocks > 0:
        inner = min(blocks - 1, random.randint(1, 6))
        match random.randint(0, 9):
            case 0 if inner:
                nodes.append(model.Loop(body(random, inner)))
            case 1 if inner:
                nodes.append(model.Try(body(random, inner), (_step(random),), None))
            case 2 if inner:
                nodes.append(model.If((model.Case("x", body(random, inner)), model.Case(None, (_step(random),)))))
            case 3:
                inner = 0
                nodes.append(model.StepSleep(_name(random), f"{random.randint(1, 9)} hours"))
            case 4:
                inner = 0
                nodes.append(model.StepWaitForEvent(_name(random), model.WaitOptions("go", None)))
            case _:
                inner = 0
                nodes.append(_step(random))
        blocks -= 1 + inner
    return tuple(nodes)


def _step(random: Random) -> model.Node:
    return model.StepDo(_name(random), model.Config(limit=random.choice([None, None, 3])))


def _name(random: Random) -> str:
    """Often unique, sometimes not."""
    return f"step {random.randint(1, 400)}" if random.random() < 0.8 else random.choice(["load", "store", "notify"])


Path = tuple[tuple[int, int], ...]
"""How to come to a sequence: the index of a node and that of its sequence, again and again."""


def _places(nodes: Nodes, path: Path = ()) -> Iterator[Path]:
    yield path
    for index, node in enumerate(nodes):
        for part, sequence in enumerate(model.sequences(node)):
            yield from _places(sequence, (*path, (index, part)))


def _at(nodes: Nodes, path: Path, edit: Callable[[Nodes], Nodes]) -> Nodes:
    if not path:
        return edit(nodes)
    (index, part), *rest = path
    inner = [*model.sequences(nodes[index])]
    inner[part] = _at(inner[part], tuple(rest), edit)
    return (*nodes[:index], _rebuilt(nodes[index], inner), *nodes[index + 1 :])


def _rebuilt(node: model.Node, sequences: list[Nodes]) -> model.Node:
    match node:
        case model.StepDo() | model.Loop():
            return replace(node, body=sequences[0])
        case model.If(cases=cases):
            pairs = zip(cases, sequences, strict=True)
            return replace(node, cases=tuple(model.Case(case.condition, inner) for case, inner in pairs))
        case model.Try():
            return model.Try(sequences[0], sequences[1], None)
        case _:
            raise AssertionError(node)
