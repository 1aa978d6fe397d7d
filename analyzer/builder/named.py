"""Calls of named functions: an entry of ``functions`` and a call of it, or the body in place of the call.

A call is written in place if its arguments settle names in the callee or bring functions with steps
(SEMANTICS section 6); what only moves the step object around stays a call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from analyzer.builder.activation import MAX_ACTIVE, inline, run_function
from analyzer.builder.function_table import Activation, Decision, FunctionEntry, Treatment
from analyzer.builder.machine import Frame, Machine
from analyzer.builder.members import elements_of
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.promises import start
from analyzer.builder.scopes import Cell
from analyzer.builder.values import (
    UNKNOWN,
    Arguments,
    Closure,
    Constant,
    DeclaredStep,
    Element,
    Elements,
    Instant,
    ListObject,
    Promise,
    RecordObject,
    Text,
    Unknown,
    Value,
    origins_of,
)
from analyzer.graph import model
from analyzer.graph.steps import STEPS
from analyzer.records import replace
from analyzer.source import Span

MAX_INLINED_STEPS = 8
MAX_INLINED_DEPTH = 8
MAX_INLINED_NODES = 1000
MAX_CALLS = 5_000
"""Calls interpreted for one workflow before further ones are left unread (SG906)."""

Interpretation = tuple[tuple[model.Node, ...], Value, Activation, tuple[int, ...]]


def call_named(machine: Machine, closure: Closure, arguments: Arguments, span: Span) -> Value:
    """Calls a function that has a name."""
    table = machine.functions
    active = next((item for item in table.active if item.function == id(closure.function)), None)
    if active is not None:
        return _recursive_call(machine, closure, active, span)
    if table.calls >= MAX_CALLS or len(machine.frames) > MAX_ACTIVE:
        machine.note("SG906", span, f"the call of {closure.name} is nested too deeply to be followed")
        return UNKNOWN
    signature = (id(closure.function), id(closure.scope), _key(closure.this), _signature(arguments))
    decision = table.decisions.get(signature)
    if decision is None:
        table.calls += 1
        decision = _decide(machine, closure, arguments, span)
        table.decisions[signature] = decision
        machine.keep.append((closure, arguments))
    match decision:
        case Decision(treatment=Treatment.CALL, entry=FunctionEntry() as entry):
            machine.call_unit(decision.unit)
            return _emit_call(machine, closure, entry, span)
        case Decision(treatment=Treatment.INLINE):
            return inline(machine, closure, arguments, span)
        case _:
            machine.call_unit(decision.unit)
            return decision.result


def _recursive_call(machine: Machine, closure: Closure, active: Activation, span: Span) -> Value:
    active.recursive = True
    if active.entry is None:
        active.entry = machine.functions.new_entry(closure.name or "anonymous", closure.function.span)
    active.entry.is_promise = closure.function.is_async
    return _emit_call(machine, closure, active.entry, span)


def _emit_call(machine: Machine, closure: Closure, entry: FunctionEntry, span: Span) -> Value:
    id_ = machine.new_id()
    if closure.function.is_async or entry.is_promise:
        promise = start(machine, model.FunctionCall(entry.key, model.Started.FLOATING, id_, span), entry.result)
        return Promise((*promise.ids, *entry.outer), promise.result)
    machine.emit(model.FunctionCall(entry.key, model.Started.AWAITED, id_, span))
    return entry.result


def _decide(machine: Machine, closure: Closure, arguments: Arguments, span: Span) -> Decision:
    mark = len(machine.trail)
    interpretation = _interpret(machine, closure, arguments)
    decision = _treat(machine, closure, arguments, interpretation)
    decision.unit = interpretation[2].unit
    if decision.treatment is Treatment.INLINE:
        machine.undo(mark)  # its effects happen where it is written
    return decision


def _treat(machine: Machine, closure: Closure, arguments: Arguments, interpretation: Interpretation) -> Decision:
    nodes, result, active, outer = interpretation
    if not _holds_steps(nodes) and active.entry is None:
        machine.frame.outer.update(dict.fromkeys(outer))
        value = Promise(tuple(outer), result) if outer and closure.function.is_async else result
        return Decision(Treatment.NOTHING, result=value)
    general = _generalised(arguments, keep_functions=False)
    if general is None:
        return Decision(Treatment.CALL, _entry(machine, closure, nodes, result, active, outer))
    return _compare(machine, closure, arguments, general, interpretation)


def _compare(machine: Machine, closure: Closure, arguments: Arguments, general: Arguments, special: Interpretation) -> Decision:
    notes = len(machine.notes)
    with machine.aside():
        plain = _interpret(machine, closure, general)
        plain_notes = machine.notes
    names, plain_names = _names(machine, special[0]), _names(machine, plain[0])
    settles = names != plain_names
    if settles and _may_inline(machine, special):
        del machine.notes[notes:]
        return Decision(Treatment.INLINE)
    if settles and sum(names.values()) > sum(plain_names.values()):
        if not special[2].recursive:
            machine.note("SG906", closure.function.span, f"{closure.name} is too large to be drawn where it is called")
        kept = _generalised(arguments, keep_functions=True)
        if kept is not None:
            with machine.aside():
                plain = _interpret(machine, closure, kept)
                plain_notes = machine.notes
        else:
            plain, plain_notes = special, []
    entry = _entry(machine, closure, *plain)
    entry.notes.extend(plain_notes)
    return Decision(Treatment.CALL, entry)


def _may_inline(machine: Machine, special: Interpretation) -> bool:
    nodes, _, active, _ = special
    size = sum(1 for _ in model.walk(nodes))
    machine.functions.inlined_nodes += size
    return (
        not active.recursive
        and sum(_names(machine, nodes).values()) <= MAX_INLINED_STEPS
        and len(machine.inlining) < MAX_INLINED_DEPTH
        and machine.functions.inlined_nodes <= MAX_INLINED_NODES
    )


def _interpret(machine: Machine, closure: Closure, arguments: Arguments) -> Interpretation:
    active = Activation(id(closure.function), unit=machine.begin_unit())
    machine.functions.active.append(active)
    frame = Frame(closure.module, machine.next_id, waits_for_return=True)
    try:
        nodes, result = run_function(machine, closure, arguments, frame)
    finally:
        machine.functions.active.pop()
        machine.end_unit(active.unit)
    return tuple(nodes), result, active, tuple(frame.outer)


def _entry(
    machine: Machine,
    closure: Closure,
    nodes: tuple[model.Node, ...],
    result: Value,
    active: Activation,
    outer: Sequence[int],
) -> FunctionEntry:
    for known in machine.functions.entries.values():
        if known.span == closure.function.span and known.body == nodes and active.entry is None:
            return known
    entry = active.entry or machine.functions.new_entry(closure.name or "anonymous", closure.function.span)
    entry.body, entry.result, entry.outer = nodes, result, tuple(outer)
    entry.is_promise = closure.function.is_async or _returns_promise(nodes)
    return entry


def _returns_promise(nodes: tuple[model.Node, ...]) -> bool:
    """Whether a function that is not asynchronous hands over something it started."""
    for before, node in zip((None, *nodes), (*nodes, None), strict=True):
        if isinstance(node, model.Join) and node.returned:
            return True
        if isinstance(node, model.Jump) and node.kind is model.JumpKind.RETURN and before is not None:
            if isinstance(before, (*STEPS, model.FunctionCall)) and before.started is model.Started.AWAITED:
                return True
            if isinstance(before, model.Join):
                return True
    inner = (
        sequence
        for node in nodes
        if isinstance(node, model.If | model.Switch | model.Try)
        for sequence in model.sequences(node)
    )
    return any(_returns_promise(sequence) for sequence in inner)


def _holds_steps(nodes: tuple[model.Node, ...]) -> bool:
    return any(isinstance(node, (*STEPS, model.FunctionCall)) for node in model.walk(nodes))


def _names(machine: Machine, nodes: tuple[model.Node, ...]) -> Counter[str]:
    """The names of steps and of called functions, each as often as it stands there."""
    names: Counter[str] = Counter()
    for node in model.walk(nodes):
        if isinstance(node, STEPS):
            names[node.name] += 1
        elif isinstance(node, model.FunctionCall):
            names[machine.functions.entries[node.name].name + "()"] += 1
    return names


# ---------------------------------------------------------------- arguments that matter


def _generalised(arguments: Arguments, *, keep_functions: bool) -> Arguments | None:
    """The arguments with constants (and functions) forgotten; None if nothing is."""
    positional = tuple(_forget(value, keep_functions, 0) for value in arguments.positional)
    keywords = tuple((name, _forget(value, keep_functions, 0)) for name, value in arguments.keywords)
    same = all(a is b for a, b in zip(positional, arguments.positional, strict=True)) and all(
        a[1] is b[1] for a, b in zip(keywords, arguments.keywords, strict=True)
    )
    return None if same else replace(arguments, positional=positional, keywords=keywords)


def _forget(value: Value, keep_functions: bool, depth: int) -> Value:
    match value:
        case Constant() | Text() | Instant():
            return Unknown(origins_of(value))
        case Closure() | DeclaredStep() if not keep_functions:
            return UNKNOWN
        case RecordObject(fields=fields) if depth < 4:
            inner = {name: _forget(cell.value, keep_functions, depth + 1) for name, cell in fields.items()}
            if all(inner[name] is cell.value for name, cell in fields.items()):
                return value
            return RecordObject({name: Cell(part) for name, part in inner.items()}, value.open, value.mutable)
        case ListObject() if depth < 4 and not promise_ids(value):
            parts = tuple(replace(e, value=_forget(e.value, keep_functions, depth + 1)) for e in elements_of(value))
            if all(a.value is b.value for a, b in zip(parts, elements_of(value), strict=True)):
                return value
            return ListObject(Cell(Elements(tuple(Element(part.value, True) for part in parts))), True)
        case _:
            return value


def _signature(arguments: Arguments) -> Hashable:
    return (
        tuple(_key(value) for value in arguments.positional),
        tuple((name, _key(value)) for name, value in arguments.keywords),
        arguments.open,
    )


def _key(value: Value | None, depth: int = 0) -> Hashable:
    match value:
        case RecordObject(fields=fields) if depth < 4:
            return ("record", value.open, value.mutable, *((name, _key(c.value, depth + 1)) for name, c in fields.items()))
        case Closure():
            return ("closure", id(value.function), id(value.scope))
        case Constant(value=scalar):
            return ("constant", type(scalar).__name__, scalar)
        case None | Unknown() | Text() | Promise() | Instant():
            return value
        case _:
            return ("object", id(value))
