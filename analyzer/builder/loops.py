"""Loops: statements, comprehensions and callbacks called for each element; constant lists unrolled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from analyzer.builder.activation import generate
from analyzer.builder.coroutines import begin
from analyzer.builder.counting import counted_turns
from analyzer.builder.dependencies import NOT_DONE
from analyzer.builder.jumps import meet
from analyzer.builder.machine import Machine, Outcome, Target
from analyzer.builder.members import elements_of, iterate
from analyzer.builder.names import bind, declare
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.scopes import Cell, Scope
from analyzer.builder.sequences import run_sequence
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Closure,
    Constant,
    Coroutine,
    DeclaredStep,
    Element,
    Elements,
    Generator,
    ListObject,
    PayloadPart,
    Promise,
    Unknown,
    Value,
    merge,
    origins_of,
)
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.graph.steps import STEPS
from analyzer.records import replace
from analyzer.source import Span

MAX_UNROLLED = 64
"""Elements times nodes of a body up to which a loop over a constant list is unrolled (SEMANTICS section 4)."""

Turn = Callable[[Value], Value]


def loop(machine: Machine, node: tree.Loop) -> Value:
    """Evaluates a loop statement or a comprehension."""
    iterable = UNDEFINED if node.iterable is None else machine.eval(node.iterable)
    target = Target(machine.new_id(), node.label, is_loop=True)
    values: list[Value] = []

    def turn(element: Value) -> Value:
        value = _turn(machine, node, target, element)
        values.append(value)
        return value

    if node.iterable is not None:
        elements = known_elements(machine, iterable)
        if elements is not None and (not elements or unroll(machine, elements, turn)):
            _else(machine, node, target)
            return _collected(node, values[-len(elements) :] if elements else [], repeated=False)
    _repeat(machine, node, target, iterable, turn)
    return _collected(node, values[-1:], repeated=True)


def _collected(node: tree.Loop, values: list[Value], repeated: bool) -> Value:
    if node.kind is not tree.LoopKind.COMPREHENSION:
        return UNKNOWN
    return ListObject(Cell(Elements(tuple(Element(value, repeated) for value in values))))


def _turn(machine: Machine, node: tree.Loop, target: Target, element: Value) -> Value:
    value: Value = UNKNOWN
    owner = machine.scope
    target.mark, target.breaks, target.continues = len(machine.trail), [], []
    machine.frame.targets.append(target)
    with machine.inside(Scope(owner)):
        if node.target is not None:
            declare(machine, machine.scope, node.target.target, node.target.kind)
            bind(machine, node.target.target, element, node.target.kind)
        if node.test is not None and node.kind is not tree.LoopKind.DO_WHILE:
            machine.eval(node.test)
            target.test_nodes = len(machine.sequence)
        if node.kind is tree.LoopKind.COMPREHENSION:
            value = [machine.eval(part) for part in node.body][-1] if node.body else UNKNOWN
        else:
            run_sequence(machine, node.body)
        meet(machine, target.mark, target.continues)
        before = len(machine.sequence)
        for part in (node.update, node.test if node.kind is tree.LoopKind.DO_WHILE else None):
            if part is not None and machine.live:
                machine.eval(part)
        target.update_nodes = len(machine.sequence) - before
    machine.frame.targets.pop()
    return value


def _repeat(machine: Machine, node: tree.Loop, target: Target, iterable: Value, turn: Turn) -> None:
    generator = iterable if isinstance(iterable, Generator) else None
    turns = counted_turns(machine, node) if node.iterable is None else _count(machine, iterable)
    element = element_of(machine, iterable)
    awaited: dict[int, None] = {}
    machine.frame.deferred.append((frozenset(promise_ids(element)), awaited))

    def run() -> Value:
        return turn(generate(machine, generator, loop=target) if generator is not None else element)

    _meet_earlier_turns(machine, run)
    outcome = machine.outcome(run)
    machine.frame.deferred.pop()
    once = node.kind is tree.LoopKind.DO_WHILE or bool(turns)
    endless = node.iterable is None and (node.test is None or _always(node.test))
    nodes = settle_turn(machine, outcome, once or endless, target.breaks)
    if _matters(nodes, target.id):
        machine.emit(
            model.Loop(
                nodes,
                at_least_once=once or endless,
                turns=turns,
                endless=endless,
                label=node.label,
                id=target.id,
                span=node.span,
                test=target.test_nodes,
                update=target.update_nodes,
            )
        )
    if awaited:
        machine.emit(model.Join(tuple(awaited), model.JoinKind.ALL, span=node.span))
    machine.live = not endless or bool(target.breaks)
    _else(machine, node, target)


def _meet_earlier_turns(machine: Machine, run: Callable[[], Value]) -> None:
    """Declared steps that a turn runs may have run in an earlier one: found by a turn without effect.

    In such a turn loops need none of their own: a step that may have run is written as one that has not.
    """
    pending = {step.state for step in (cell.value for cell in machine.declared.values()) if isinstance(step, DeclaredStep)}
    pending = {state for state in pending if state.value == NOT_DONE}
    if not pending or machine.rehearsing:
        return
    machine.rehearsing = True
    with machine.isolated():
        mark = len(machine.trail)
        run()
        written = {cell for cell, _ in machine.trail[mark:]}
    machine.rehearsing = False
    for state in pending & written:
        machine.set(state, UNKNOWN)


def element_of(machine: Machine, iterable: Value) -> Value:
    """What one element of a value is, whichever it is."""
    match iterable:
        case PayloadPart():
            return Unknown(frozenset({iterable.origin}))
        case ListObject():
            parts, more = iterate(machine, iterable)
            ids = promise_ids(iterable)
            if more is None and any(isinstance(part, Closure | DeclaredStep) for part in parts):
                return merge(parts)
            if more is None and not ids:
                return Unknown(frozenset().union(*(origins_of(part) for part in parts)))
            return more if more is not None else Promise(ids, UNKNOWN)
        case _:
            return Unknown(origins_of(iterable))


def settle_turn(machine: Machine, outcome: Outcome, once: bool, breaks: Sequence[Outcome] = ()) -> tuple[model.Node, ...]:
    """Goes on after a repeated body: what it adds to lists is repeated, what it leaves running the next turn meets."""
    nodes = outcome.nodes
    for cell, value in outcome.writes.items():
        earlier, later = promise_ids(cell.value), promise_ids(value)
        if earlier and later and earlier != later and not isinstance(value, Elements):
            nodes = _join_later(nodes, set(earlier), later)
    ends = [outcome, *breaks] if outcome.live or not breaks else breaks
    for end in ends:
        _repeat_elements(end)
    live, outcome.live = outcome.live, True
    machine.join(ends, exhaustive=once)
    outcome.live = live
    return nodes


def _repeat_elements(outcome: Outcome) -> None:
    """What a turn adds to lists is there as often as there are turns."""
    for cell, value in outcome.writes.items():
        if isinstance(value, Elements):
            known = cell.value.items if isinstance(cell.value, Elements) else ()
            items = tuple(item if item in known else replace(item, repeated=True) for item in value.items)
            outcome.writes[cell] = Elements(items)


def _join_later(nodes: tuple[model.Node, ...], earlier: set[int], later: tuple[int, ...]) -> tuple[model.Node, ...]:
    """Joins of what a variable held before the loop also join what the body leaves in it."""
    return tuple(
        replace(node, members=tuple(dict.fromkeys((*node.members, *later))))
        if isinstance(node, model.Join) and earlier.issuperset(node.members)
        else node
        for node in nodes
    )


def _matters(nodes: tuple[model.Node, ...], loop_id: int) -> bool:
    return any(_does_something(node, loop_id) for node in model.walk(nodes))


def _does_something(node: model.Node, loop_id: int) -> bool:
    match node:
        case model.StepDo():
            return True
        case model.Jump():
            return node.target != loop_id
        case model.If() | model.Switch() | model.Scope() | model.Try():
            return False
        case _:
            return True


def _else(machine: Machine, node: tree.Loop, target: Target) -> None:
    if not node.orelse:
        return
    if not target.breaks:
        run_sequence(machine, node.orelse)
        return

    def run() -> Value:
        run_sequence(machine, node.orelse)
        return UNKNOWN

    outcome = machine.outcome(run)
    machine.join([outcome], exhaustive=False)
    if outcome.nodes:
        cases = (model.Case("no break", outcome.nodes, node.span), model.Case(None, ()))
        machine.emit(model.If(cases, machine.new_id(), node.span))


def _always(test: tree.Node) -> bool:
    match test:
        case tree.Literal(value=bool() | int() as value):
            return bool(value)
        case tree.Operation(operator="!", operands=(tree.Literal(value=bool() | int() as value),)):
            return not value
        case _:
            return False


def _count(machine: Machine, iterable: Value) -> int | None:
    if not isinstance(iterable, ListObject) or iterable.mutable:
        return None
    parts, more = iterate(machine, iterable)
    return len(parts) if more is None else None


# ---------------------------------------------------------------- constant lists


def known_elements(machine: Machine, iterable: Value) -> tuple[Value, ...] | None:
    """The elements of a constant list, or None if the value is not one."""
    if not isinstance(iterable, ListObject) or iterable.mutable or iterable.open:
        return None
    parts, more = iterate(machine, iterable)
    if more is not None or any(isinstance(part, Unknown | Promise | PayloadPart) for part in parts):
        return None
    return parts


def unroll(machine: Machine, elements: Sequence[Value], turn: Turn) -> bool:
    """Writes a body once an element if names in it depend on the element; tells whether it did."""
    if len(elements) > MAX_UNROLLED:
        return False
    general, jumps = _names(machine, turn, Unknown())
    special, _ = _names(machine, turn, elements[0])
    size = sum(special.values())
    lazy = any(isinstance(element, Coroutine) for element in elements)
    if jumps or not size or (general == special and not lazy) or size * len(elements) > MAX_UNROLLED:
        return False
    for element in elements:
        turn(element)
    return True


def _names(machine: Machine, turn: Turn, element: Value) -> tuple[Counter[str], bool]:
    with machine.isolated() as nodes:
        begin(machine, turn(element))
    names: Counter[str] = Counter()
    jumps = False
    for node in model.walk(tuple(nodes)):
        if isinstance(node, STEPS):
            names[node.name] += 1
        elif isinstance(node, model.FunctionCall):
            names["\0" + node.name] += 1
        jumps = jumps or isinstance(node, model.Jump)
    return names, jumps


# ---------------------------------------------------------------- callbacks


def each(machine: Machine, receiver: Value, turn: Callable[[Value, Value], Value], span: Span, keep: bool) -> Value:
    """Calls back for each element of a receiver; yields the list of what the calls gave if they are kept."""
    elements = known_elements(machine, receiver)
    values: list[Value] = []

    def run(element: Value) -> Value:
        index = next((i for i, known in enumerate(elements or ()) if known is element), None)
        value = turn(element, UNKNOWN if index is None else Constant(index))
        values.append(value)
        return value

    if elements is not None and (not elements or unroll(machine, elements, run)):
        results = tuple(Element(value) for value in values[len(values) - len(elements) :])
        return ListObject(Cell(Elements(results))) if keep else UNKNOWN
    element = element_of(machine, receiver)
    outcome = machine.outcome(lambda: run(element))
    nodes = settle_turn(machine, outcome, once=False)
    if nodes:
        turns = _count(machine, receiver)
        machine.emit(model.Loop(nodes, model.LoopKind.CALLBACK, bool(turns), turns, id=machine.new_id(), span=span))
    return ListObject(Cell(Elements((Element(values[-1], repeated=True),)))) if keep else UNKNOWN


def start_all(
    machine: Machine, values: ListObject, running: Mapping[int, Sequence[model.Node]], span: Span
) -> list[tuple[tuple[model.Node, ...], Value]]:
    """Starts each element of a list in a sequence of its own; one that stands for many is in a loop.

    ``running``: by place in the list, what an element already runs; what it starts goes on from there.
    """
    started: list[tuple[tuple[model.Node, ...], Value]] = []
    for index, element in enumerate(elements_of(values)):
        before = running.get(index, ())
        with machine.scratch() as nodes:
            if not element.repeated:
                nodes.extend(before)
            value = begin(machine, element.value)
        if element.repeated and nodes and isinstance(element.value, Coroutine):
            nodes = [model.Loop(tuple(nodes), model.LoopKind.CALLBACK, id=machine.new_id(), span=span)]
        started.append(((*before, *nodes) if element.repeated else tuple(nodes), value))
    return started
