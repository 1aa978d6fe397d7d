"""Step calls: their names, configurations and callbacks, as nodes of the graph."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.builder.configs import config_of, duration_of, wait_options
from analyzer.builder.coroutines import coroutine
from analyzer.builder.dependencies import DONE, NOT_DONE, declared_cell, run_dependencies
from analyzer.builder.instants import instant_of, iso
from analyzer.builder.machine import Frame, Machine
from analyzer.builder.promises import start, wait
from analyzer.builder.scopes import Cell
from analyzer.builder.shapes import Reads
from analyzer.builder.texts import note_step_text
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Arguments,
    BoundStepMethod,
    Closure,
    Constant,
    DeclaredStep,
    Decoration,
    Event,
    Hole,
    Origin,
    PayloadPart,
    RecordObject,
    Text,
    Unknown,
    Value,
)
from analyzer.builder.verbs import Verb
from analyzer.flow import tree
from analyzer.flow.walk import walk
from analyzer.graph import model
from analyzer.source import Span

DYNAMIC = "<dynamic>"
MISSING = "<missing>"
NOT_COMPUTED = "could not compute"
HOLE = "${...}"

PROMISES = (model.StepDo, model.StepSleep, model.StepSleepUntil, model.StepWaitForEvent, model.FunctionCall)
RESULT = Unknown(frozenset({Origin.STEP_RESULT}))


def call_step_method(machine: Machine, method: BoundStepMethod, arguments: Arguments, span: Span) -> Value:
    """Calls ``step.do`` or one of its like: now, or when the coroutine it makes is started."""
    make = _MAKERS[method.method.verb]
    if method.method.lazy:
        return coroutine(lambda: make(machine, arguments, span), span)
    return make(machine, arguments, span)


def step_name(machine: Machine, value: Value | None, absent: str, span: Span) -> str:
    """A step's name as the payload shows it; one that is not static is noted."""
    match value:
        case None:
            return absent
        case Constant() if isinstance(value.value, str):
            return value.value
        case Text():
            return "".join(HOLE if isinstance(part, Hole) else part for part in value.parts)
        case _:
            machine.note("SG902", span, "the name of this step is not static")
            return DYNAMIC


def _do(machine: Machine, arguments: Arguments, span: Span) -> Value:
    config, callback = _do_arguments(arguments)
    name = step_name(machine, arguments.get(0), MISSING, span)
    note_step_text(machine, span, name)
    id_ = machine.new_id()
    body = _callback_nodes(machine, callback, span) if callback is not None else ()
    node = model.StepDo(name, config_of(machine, config, span), body, model.Started.FLOATING, id_, span, arguments.name_span)
    return start(machine, node, RESULT)


def _do_arguments(arguments: Arguments) -> tuple[Value | None, Value | None]:
    """The configuration and the callback among the arguments, told apart by what they are."""
    second, third = arguments.get(1), arguments.get(2)
    if isinstance(second, Closure) or third is None:
        return (second, None) if isinstance(second, RecordObject) else (None, second)
    if isinstance(third, RecordObject) and not isinstance(second, RecordObject):
        return None, second
    return second, third


def _callback_nodes(machine: Machine, callback: Value, span: Span) -> tuple[model.Node, ...]:
    """What runs inside a step: its callback's nodes, or the call of a named function."""
    if not isinstance(callback, Closure) or _is_inert(machine, callback):
        return ()
    live, sequence = machine.live, machine.sequence
    nodes: list[model.Node] = []
    machine.live, machine.sequence = True, nodes
    machine.frames.append(Frame(machine.module, machine.next_id, step=span))
    first = machine.next_id
    value = machine.call(callback, Arguments((UNKNOWN,), span=span), span)
    wait(machine, value, span, first)
    machine.frames.pop()
    machine.live, machine.sequence = live, sequence
    return tuple(nodes) if any(isinstance(node, PROMISES) for node in model.walk(nodes)) else ()


INERT = frozenset({tree.Exit, tree.Literal, tree.Name, tree.Template, tree.Operation, tree.Record, tree.Items})
"""What a callback may hold that need not be interpreted: nothing of it starts anything."""


def _is_inert(machine: Machine, callback: Closure) -> bool:
    """Whether a callback only makes a value of constants and names, and reads no payload."""
    function = callback.function
    if function.params:
        return False
    returned = function.body.returned
    if returned is not None:
        return not returned or not (machine.options.facts or _is_read(callback, returned))
    match function.body.nodes:
        case (tree.Exit(value=None | tree.Literal()),):
            return True
        case nodes if not machine.options.facts:
            parts = list(walk(nodes, into_functions=False))
            return INERT.issuperset([part.__class__ for part in parts]) and not any(_reads(callback, part) for part in parts)
        case _:
            return False


def _reads(callback: Closure, part: tree.Node) -> bool:
    """Whether a node is the name of an event or of a part of its payload."""
    return isinstance(part, tree.Name) and _is_read(callback, part.name)


def _is_read(callback: Closure, name: str) -> bool:
    cell = callback.scope.find(name)
    return cell is not None and isinstance(cell.value, PayloadPart | Event)


def _sleep(machine: Machine, arguments: Arguments, span: Span) -> Value:
    name = step_name(machine, arguments.get(0, "name"), NOT_COMPUTED, span)
    note_step_text(machine, span, name)
    value = arguments.get(1, "duration")
    duration = model.Unknown.NOT_STATIC if value is None else duration_of(value)
    if duration is model.Unknown.NOT_STATIC:
        machine.note("SG903", span, f"the duration of sleep {name!r} is not static")
    node = model.StepSleep(name, duration, model.Started.FLOATING, machine.new_id(), span, arguments.name_span)
    return start(machine, node, UNDEFINED)


def _sleep_until(machine: Machine, arguments: Arguments, span: Span) -> Value:
    name = step_name(machine, arguments.get(0, "name"), NOT_COMPUTED, span)
    note_step_text(machine, span, name)
    instant = instant_of(arguments.get(1, "timestamp"))
    timestamp = None if instant is None else iso(instant.milliseconds)
    node = model.StepSleepUntil(name, timestamp, model.Started.FLOATING, machine.new_id(), span, arguments.name_span)
    return start(machine, node, UNDEFINED)


def _wait_for_event(machine: Machine, arguments: Arguments, span: Span) -> Value:
    name = step_name(machine, arguments.get(0, "name"), MISSING, span)
    note_step_text(machine, span, name)
    reads = Reads()
    options = wait_options(machine, arguments, span)
    id_ = machine.new_id()
    machine.reads[id_] = reads
    node = model.StepWaitForEvent(name, options, None, model.Started.FLOATING, id_, span, arguments.name_span)
    return start(machine, node, Event(reads, Origin.STEP_RESULT))


def _declare(machine: Machine, arguments: Arguments, span: Span) -> Value:
    """Python's ``@step.do(name=None, depends=None, concurrent=False, config=None)``, all but the first by keyword at last."""
    after = len(arguments.positional)
    depends, concurrent, config = (after, after, after) if machine.options.implicit_dependencies else (1, 2, 3)
    return Decoration(
        arguments.get(0, "name"),
        arguments.get(config, "config"),
        arguments.get(concurrent, "concurrent") == Constant(True),
        arguments.get(depends, "depends"),
        span,
        arguments.name_span or span,
    )


def declare_step(machine: Machine, decoration: Decoration, arguments: Arguments, span: Span) -> Value:
    """Applies a step decorator to a function; nothing runs."""
    function = arguments.get(0)
    if not isinstance(function, Closure):
        return UNKNOWN
    if decoration.name is None or decoration.name == Constant(None):
        name = function.name or MISSING
    else:
        name = step_name(machine, decoration.name, MISSING, decoration.span)
    step = DeclaredStep(name, function, decoration, decoration.span, Cell(NOT_DONE))
    machine.set(declared_cell(machine, name), step)
    return step


def run_declared(machine: Machine, step: DeclaredStep, span: Span) -> Value:
    """Starts a declared step, after what it depends on."""
    run_dependencies(machine, step, run_declared, span)
    note_step_text(machine, span, step.name)
    id_ = machine.new_id()
    config = config_of(machine, step.decoration.config, step.span)
    unnamed = Closure(step.closure.function, step.closure.scope, step.closure.module, None, step.closure.this)
    body = _callback_nodes(machine, unnamed, span)
    machine.set(step.state, DONE)
    node = model.StepDo(step.name, config, body, model.Started.FLOATING, id_, span, step.decoration.name_span)
    return start(machine, node, RESULT)


def agent_step(machine: Machine, name: str, arguments: Arguments, span: Span) -> Value:
    """A method the agents SDK adds to the step object: one ``do``."""
    note_step_text(machine, span, name)
    node = model.StepDo(name, model.Config(), (), model.Started.FLOATING, machine.new_id(), span, arguments.name_span)
    return start(machine, node, RESULT)


def note_unknown_receiver(machine: Machine, method: str, arguments: Arguments, span: Span) -> None:
    """Notes a call on an unknown object that looks like a step's: a name and a function, a duration, or a type."""
    if method not in machine.module.methods or len(arguments.positional) < 2:
        return
    name, second = arguments.positional[0], arguments.positional[-1]
    shaped = isinstance(second, Closure | RecordObject) or duration_of(second) is not model.Unknown.NOT_STATIC
    if shaped and isinstance(name, Constant | Text):
        machine.note("SG901", span, f"this call of {method} looks like a step, on an object that is not known")


_MAKERS: dict[Verb, Callable[[Machine, Arguments, Span], Value]] = {
    Verb.DO: _do,
    Verb.SLEEP: _sleep,
    Verb.SLEEP_UNTIL: _sleep_until,
    Verb.WAIT_FOR_EVENT: _wait_for_event,
    Verb.DECLARE: _declare,
}
