"""The last pass: who is joined by whom, which functions have steps, what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import is_

from analyzer.builder.function_table import FunctionEntry
from analyzer.builder.shapes import Reads
from analyzer.graph import model
from analyzer.graph.steps import STEPS
from analyzer.records import replace

STEP_KINDS = frozenset(STEPS)


def settle(
    body: tuple[model.Node, ...], entries: Mapping[str, FunctionEntry], reads: Mapping[int, Reads]
) -> tuple[tuple[model.Node, ...], tuple[model.FunctionDef, ...], list[FunctionEntry]]:
    """The finished body, the functions it reaches in order of first call, and their entries."""
    kept = _with_steps(entries)
    order = [key for key in _reached(body, entries) if key in kept]
    names = _names(order, entries)
    sequences = [body, *(entries[key].body for key in order)]
    joined: set[int] = set()
    for nodes in sequences:
        for node in model.walk(nodes):
            if node.__class__ is model.Join:
                joined.update(node.members)
    finisher = _Finisher(joined, names, reads)
    functions = tuple(model.FunctionDef(names[key], finisher.sequence(entries[key].body), entries[key].span) for key in order)
    return finisher.sequence(body), functions, [entries[key] for key in order]


def _with_steps(entries: Mapping[str, FunctionEntry]) -> set[str]:
    """Keys of functions that hold a step, directly or through calls."""
    calls: dict[str, set[str]] = {}
    kept: set[str] = set()
    for key, entry in entries.items():
        calls[key] = set()
        for node in model.walk(entry.body):
            match node:
                case model.FunctionCall(name=name):
                    calls[key].add(name)
                case _ if node.__class__ in STEP_KINDS:
                    kept.add(key)
                case _:
                    continue
    callers: dict[str, list[str]] = {}
    for key, called in calls.items():
        for other in called:
            callers.setdefault(other, []).append(key)
    pending = list(kept)
    while pending:
        for caller in callers.get(pending.pop(), ()):
            if caller not in kept:
                kept.add(caller)
                pending.append(caller)
    return kept


def _reached(body: tuple[model.Node, ...], entries: Mapping[str, FunctionEntry]) -> list[str]:
    """Keys of the functions called, in order of first call: a function's own calls come after its own."""
    order: dict[str, None] = {}
    if not entries:
        return []
    stack = [model.walk(body)]
    while stack:
        node = next(stack[-1], None)
        match node:
            case None:
                stack.pop()
            case model.FunctionCall(name=name) if name not in order:
                order[name] = None
                stack.append(model.walk(entries[name].body))
            case _:
                continue
    return list(order)


def _names(order: Iterable[str], entries: Mapping[str, FunctionEntry]) -> dict[str, str]:
    """A name for each function; the later ones of equal name are numbered."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for key in order:
        name = entries[key].name
        counts[name] = counts.get(name, 0) + 1
        names[key] = name if counts[name] == 1 else f"{name}#{counts[name]}"
    return names


def _is_finished(node: model.Node) -> bool:
    """Whether nothing about a node was left open: most are steps awaited on the spot, and jumps."""
    match node:
        case model.StepDo():
            return not node.body and node.started is model.Started.AWAITED
        case model.Jump() | model.Join():
            return True
        case _:
            return False


class _Finisher:
    """Rebuilds sequences where something in them was not known when it was emitted."""

    def __init__(self, joined: set[int], names: Mapping[str, str], reads: Mapping[int, Reads]) -> None:
        self.joined = joined
        self.names = names
        self.reads = reads

    def sequence(self, nodes: tuple[model.Node, ...]) -> tuple[model.Node, ...]:
        """A finished sequence; calls of functions without steps are left out. Itself if nothing in it changes."""
        finished = [node if _is_finished(node) else self._node(node) for node in nodes]
        if all(map(is_, finished, nodes)):
            return nodes
        return tuple([node for node in finished if node is not None])

    def _node(self, node: model.Node) -> model.Node | None:
        match node:
            case model.StepDo():
                inner = self.sequence(node.body)
                changed = node if inner is node.body else replace(node, body=inner)
                started = self._started(node)
                return changed if started is node.started else model.with_started(changed, started)
            case model.FunctionCall(name=key):
                name = self.names.get(key)
                return None if name is None else model.FunctionCall(name, self._started(node), node.id, node.span)
            case model.StepWaitForEvent(id=id_):
                shape = self.reads[id_].shape() if id_ in self.reads else None
                return replace(node, started=self._started(node), payload=shape)
            case model.StepSleep() | model.StepSleepUntil():
                started = self._started(node)
                return node if started is node.started else model.with_started(node, started)
            case model.Block(body=body):
                return replace(node, started=self._started(node), body=self.sequence(body))
            case _:
                return self._structure(node)

    def _structure(self, node: model.Node) -> model.Node:
        match node:
            case model.Scope():
                inner = self.sequence(node.body)
                return node if inner is node.body else replace(node, body=inner)
            case model.Loop():
                return self._loop(node)
            case model.If() | model.Switch():
                finished = tuple([self._case(case) for case in node.cases])
                return node if all(map(is_, finished, node.cases)) else replace(node, cases=finished)
            case model.Try():
                return self._try(node)
            case model.Parallel():
                parts = tuple([part for element in node.elements if (part := self.sequence(element))])
                return replace(node, elements=parts)
            case _:
                return node

    def _loop(self, node: model.Loop) -> model.Loop:
        inner = self.sequence(node.body)
        if inner is node.body:
            return node
        turn = len(node.body) - node.update
        test, update = self.sequence(node.body[: node.test]), self.sequence(node.body[turn:])
        return replace(node, body=inner, test=len(test), update=len(update))

    def _case(self, case: model.Case) -> model.Case:
        inner = self.sequence(case.body)
        return case if inner is case.body else replace(case, body=inner)

    def _try(self, node: model.Try) -> model.Try:
        block = self.sequence(node.block)
        handler = None if node.handler is None else self.sequence(node.handler)
        final = None if node.final is None else self.sequence(node.final)
        if block is node.block and handler is node.handler and final is node.final:
            return node
        return replace(node, block=block, handler=handler, final=final)

    def _started(self, node: model.Promise) -> model.Started:
        if node.started is model.Started.FLOATING and node.id in self.joined:
            return model.Started.KEPT
        return node.started
