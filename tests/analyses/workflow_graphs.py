"""Workflow graphs written by hand, and control-flow graphs in words.

A step is named by one letter or word; its method token begins at the offset ``at(name)`` of the file ``w.js``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from analyzer.analyses.control_flow import control_flow
from analyzer.analyses.flow_graph import ControlFlow, EdgeKind, PointKind
from analyzer.analyses.traces import Ended, Event, Outcome, Started, Trace, points_at
from analyzer.graph import model
from analyzer.source import Language, Span

KEPT = model.Started.KEPT
FLOATING = model.Started.FLOATING
AWAITED = model.Started.AWAITED

_ids = count(1)
_offsets: dict[str, int] = {}


def at(name: str) -> int:
    """The offset at which a step of this name begins."""
    return _offsets.setdefault(name, 10 * len(_offsets))


def _span(name: str) -> Span:
    return Span("w.js", at(name), at(name) + 2)


def do(name: str, *body: model.Node, started: model.Started = AWAITED) -> model.StepDo:
    return model.StepDo(name, model.Config(), body, started, next(_ids), name_span=_span(name))


def sleep(name: str, started: model.Started = AWAITED) -> model.StepSleep:
    return model.StepSleep(name, 1000, started, next(_ids), name_span=_span(name))


def wait(name: str, started: model.Started = AWAITED) -> model.StepWaitForEvent:
    options = model.WaitOptions("go", None)
    return model.StepWaitForEvent(name, options, None, started, next(_ids), name_span=_span(name))


def call(name: str, started: model.Started = AWAITED) -> model.FunctionCall:
    return model.FunctionCall(name, started, next(_ids))


def block(*body: model.Node, started: model.Started = KEPT) -> model.Block:
    return model.Block(body, started, next(_ids))


def join(*members: model.Promise, kind: model.JoinKind = model.JoinKind.ALL, returned: bool = False) -> model.Join:
    return model.Join(tuple(member.id for member in members), kind, returned)


def together(*elements: model.Promise, kind: model.JoinKind = model.JoinKind.ALL) -> tuple[model.Parallel, model.Join]:
    """A combinator awaited on the spot."""
    return model.Parallel(kind, tuple((element,) for element in elements), next(_ids)), join(*elements, kind=kind)


def loop(*body: model.Node, once: bool = False, endless: bool = False, id_: int | None = None) -> model.Loop:
    return model.Loop(body, at_least_once=once or endless, endless=endless, id=new_id() if id_ is None else id_)


def case(condition: str | None, *body: model.Node) -> model.Case:
    return model.Case(condition, body)


def if_(*cases: model.Case) -> model.If:
    return model.If(cases, next(_ids))


def switch(*cases: model.Case, id_: int) -> model.Switch:
    return model.Switch("x", cases, id_)


def try_(
    block: Sequence[model.Node], handler: Sequence[model.Node] | None = None, final: Sequence[model.Node] | None = None
) -> model.Try:
    return model.Try(
        tuple(block), None if handler is None else tuple(handler), None if final is None else tuple(final), next(_ids)
    )


def scope(*body: model.Node, id_: int) -> model.Scope:
    return model.Scope(body, id_)


def new_id() -> int:
    return next(_ids)


BREAK, CONTINUE = model.JumpKind.BREAK, model.JumpKind.CONTINUE
RETURN, THROW = model.JumpKind.RETURN, model.JumpKind.THROW


def jump(kind: model.JumpKind, target: int | None = None) -> model.Jump:
    return model.Jump(kind, target)


def workflow(*body: model.Node, **functions: Sequence[model.Node]) -> model.Workflow:
    defined = tuple(model.FunctionDef(name, tuple(nodes)) for name, nodes in functions.items())
    return model.Workflow("W", Language.JAVASCRIPT, body, defined)


# ---------------------------------------------------------------- control flow in words


def ways(flow: ControlFlow, *hidden: EdgeKind) -> set[str]:
    """The edges of a graph as ``from kind to``; MAY_THROW and the kinds given are left out."""
    left_out = {EdgeKind.MAY_THROW, *hidden}
    return {
        f"{_word(flow, source)} {data['kind'].name} {_word(flow, target)}"
        for source, target, data in flow.graph.edges(data=True)
        if data["kind"] not in left_out
    }


def errors(flow: ControlFlow, point: str) -> set[str]:
    """Where the points of a name go along MAY_THROW."""
    return {
        _word(flow, target)
        for source, target, data in flow.graph.edges(data=True)
        if data["kind"] is EdgeKind.MAY_THROW and _word(flow, source) == point
    }


def _word(flow: ControlFlow, index: int) -> str:
    """``a(`` and ``a)`` for the start and end of a, ``f[`` and ``f]`` and ``f!`` for the ends of a body, else the kind."""
    point = flow.points[index]
    match point.kind:
        case PointKind.START:
            return _name(point.node) + "("
        case PointKind.END:
            return _name(point.node) + ")"
        case PointKind.FAILED:
            return _name(point.node) + "?"
        case PointKind.ENTRY | PointKind.EXIT | PointKind.RAISED:
            sign = {PointKind.ENTRY: "[", PointKind.EXIT: "]", PointKind.RAISED: "!"}[point.kind]
            return _owner(flow.bodies[point.body].owner) + sign
        case PointKind.CASE:
            assert isinstance(point.node, model.If | model.Switch)
            return f"case {point.node.cases[point.part].condition}"
        case PointKind.JUMP:
            assert isinstance(point.node, model.Jump)
            return point.node.kind.name.lower()
        case _:
            return point.kind.name.lower()


def _owner(owner: object) -> str:
    match owner:
        case model.Workflow():
            return "run"
        case model.FunctionDef(name=name) | model.StepDo(name=name):
            return name
        case _:
            return "block"


def _name(node: model.Node | None) -> str:
    match node:
        case model.Block():
            return "block"
        case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent() | model.FunctionCall():
            return node.name
        case _:
            raise AssertionError(node)


# ---------------------------------------------------------------- traces in words


def trace(flow: ControlFlow, words: str, outcome: Outcome = Outcome.COMPLETE) -> Trace:
    """A trace: ``+a`` starts a, ``-a`` ends it well, ``!a`` badly, ``+a/b`` starts a inside b's callback.

    The latest open call of a name is meant; ``-a#0`` means the first started.
    """
    events: list[Event] = []
    calls: dict[str, list[int]] = {}
    numbers = count()
    for word in words.split():
        sign, name = word[0], word[1:]
        if sign == "+":
            name, _, outer = name.partition("/")
            number = next(numbers)
            inside = calls[outer][-1] if outer else None
            events.append(Started(number, points_at(flow, "w.js", at(name)), inside))
            calls.setdefault(name, []).append(number)
        else:
            name, _, which = name.partition("#")
            number = calls[name][int(which)] if which else calls[name][-1]
            events.append(Ended(number, failed=sign == "!"))
    return Trace(tuple(events), outcome)


def run(words: str) -> str:
    """Starts followed at once by their ends: ``a b`` is ``+a -a +b -b``."""
    return " ".join(f"+{name} -{name}" for name in words.split())


def flow_of(*body: model.Node, **functions: Sequence[model.Node]) -> ControlFlow:
    return control_flow(workflow(*body, **functions))
