"""Mistakes planted into a workflow graph: each function gives the graph as it would be if the builder had made the mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analyzer.graph import model
from analyzer.records import replace

Nodes = tuple[model.Node, ...]
Change = Callable[[model.Node], Nodes]


def drop_catch(workflow: model.Workflow) -> model.Workflow:
    """Errors of a try block pass its handler by."""
    return _changed(workflow, lambda node: (replace(node, handler=None),) if _is(node, model.Try) else (node,))


def forget_finally(workflow: model.Workflow) -> model.Workflow:
    """A final sequence stands behind its try, where jumps and errors do not pass."""

    def change(node: model.Node) -> Nodes:
        match node:
            case model.Try(final=tuple() as final):
                return (replace(node, final=None), *final)
        return (node,)

    return _changed(workflow, change)


def await_at_once(workflow: model.Workflow) -> model.Workflow:
    """What is started and joined later is taken to be awaited on the spot."""
    awaited: set[int] = set()

    def change(node: model.Node) -> Nodes:
        match node:
            case model.StepDo(started=model.Started.KEPT) | model.FunctionCall(started=model.Started.KEPT):
                awaited.add(node.id)
                return (replace(node, started=model.Started.AWAITED),)
            case model.Join():
                left = tuple(member for member in node.members if member not in awaited)
                return (replace(node, members=left),) if left else ()
        return (node,)

    return _changed(workflow, change)


def without_jumps(workflow: model.Workflow) -> model.Workflow:
    """Nothing leaves early."""
    return _changed(workflow, lambda node: () if _is(node, model.Jump) else (node,))


def start_beside(workflow: model.Workflow) -> model.Workflow:
    """What is awaited on the spot is taken to be started and left alone."""

    def change(node: model.Node) -> Nodes:
        match node:
            case model.StepDo(started=model.Started.AWAITED):
                return (replace(node, started=model.Started.FLOATING),)
        return (node,)

    return _changed(workflow, change)


def run_in_order(workflow: model.Workflow) -> model.Workflow:
    """What runs side by side is taken to run one after another."""

    def change(node: model.Node) -> Nodes:
        match node:
            case model.Parallel(elements=elements):
                return tuple(model.with_started(inner, model.Started.AWAITED) for inner in _in_order(elements))
            case model.Join():
                return ()
        return (node,)

    return _changed(workflow, change)


def _in_order(elements: tuple[Nodes, ...]) -> Iterator[model.Promise]:
    for element in elements:
        for node in element:
            match node:
                case model.Block(body=body):
                    yield from _in_order((body,))
                case model.StepDo() | model.FunctionCall():
                    yield node


def forget_first(workflow: model.Workflow) -> model.Workflow:
    """The first step of the run, which others depend on, is not seen."""
    return replace(workflow, body=workflow.body[1:])


def start_first(workflow: model.Workflow) -> model.Workflow:
    """The last step is taken to start before all others, where the coroutine was made."""
    *others, last = workflow.body
    return replace(workflow, body=(last, *others))


def lose_continue(workflow: model.Workflow) -> model.Workflow:
    """A continue is not seen."""
    return _without_jump(workflow, model.JumpKind.CONTINUE)


def lose_break(workflow: model.Workflow) -> model.Workflow:
    """A break is not seen."""
    return _without_jump(workflow, model.JumpKind.BREAK)


def lose_return(workflow: model.Workflow) -> model.Workflow:
    """A return is not seen."""
    return _without_jump(workflow, model.JumpKind.RETURN)


def wait_for_losers(workflow: model.Workflow) -> model.Workflow:
    """A race waits for all of its promises."""

    def change(node: model.Node) -> Nodes:
        match node:
            case model.Join(kind=model.JoinKind.RACE):
                return (replace(node, kind=model.JoinKind.ALL),)
        return (node,)

    return _changed(workflow, change)


def end_loops_early(workflow: model.Workflow) -> model.Workflow:
    """A loop is read as an if."""

    def change(node: model.Node) -> Nodes:
        match node:
            case model.Loop(body=body):
                return (model.If((model.Case("once", body),), node.id, node.span),)
        return (node,)

    return _changed(workflow, change)


def _without_jump(workflow: model.Workflow, kind: model.JumpKind) -> model.Workflow:
    def change(node: model.Node) -> Nodes:
        match node:
            case model.Jump() if node.kind is kind:
                return ()
        return (node,)

    return _changed(workflow, change)


def _is(node: model.Node, kind: type) -> bool:
    return isinstance(node, kind)


def _changed(workflow: model.Workflow, change: Change) -> model.Workflow:
    functions = tuple(replace(function, body=_sequence(function.body, change)) for function in workflow.functions)
    return replace(workflow, body=_sequence(workflow.body, change), functions=functions)


def _sequence(nodes: Nodes, change: Change) -> Nodes:
    return tuple(after for node in nodes for after in change(_inside(node, change)))


def _inside(node: model.Node, change: Change) -> model.Node:
    match node:
        case model.StepDo(body=body) | model.Block(body=body) | model.Scope(body=body) | model.Loop(body=body):
            return replace(node, body=_sequence(body, change))
        case model.If(cases=cases) | model.Switch(cases=cases):
            return replace(node, cases=tuple(replace(case, body=_sequence(case.body, change)) for case in cases))
        case model.Try(block=block, handler=handler, final=final):
            return replace(
                node,
                block=_sequence(block, change),
                handler=None if handler is None else _sequence(handler, change),
                final=None if final is None else _sequence(final, change),
            )
        case model.Parallel(elements=elements):
            return replace(node, elements=tuple(_sequence(element, change) for element in elements))
        case _:
            return node
