"""Running the body of a known function: parameters, scope, returns; written in place of the call or started as a block."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.builder.jumps import leave, meet
from analyzer.builder.machine import Frame, Machine, Target, class_chain
from analyzer.builder.names import bind, single_in
from analyzer.builder.promises import in_place, start_block, without_tail_returns
from analyzer.builder.scopes import Cell, Scope, bound_names, declared_variables
from analyzer.builder.sequences import run_sequence
from analyzer.builder.values import (
    UNDEFINED,
    UNKNOWN,
    Arguments,
    ClassObject,
    Closure,
    Element,
    Elements,
    Generator,
    Instance,
    ListObject,
    RecordObject,
    SuperObject,
    Value,
    merge,
)
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.source import Span

MAX_ACTIVE = 64
"""Functions interpreted inside one another before the innermost call is left unread (SG906)."""


def run_function(machine: Machine, closure: Closure, arguments: Arguments, frame: Frame) -> tuple[list[model.Node], Value]:
    """Runs a function's body in a frame; yields what it emitted and what it returns."""
    function = closure.function
    intrinsics = closure.module.module.intrinsics
    usages = machine.usages
    scope = Scope(closure.scope, lambda: usages.of(function, intrinsics))
    if function.name is not None and closure.scope.find(function.name) is None:
        scope.names[function.name] = Cell(closure)  # a named function expression knows itself
        machine.captured[scope] = None
    if function.receiver is not None:
        scope.names[function.receiver] = Cell(UNKNOWN if closure.this is None else closure.this)
    if closure.home is not None:
        scope.names["super"] = Cell(SuperObject(closure.home, closure.this or UNKNOWN))
    outer = (machine.live, machine.scope, machine.sequence)
    nodes: list[model.Node] = []
    machine.live, machine.scope, machine.sequence = True, scope, nodes
    machine.frames.append(frame)
    frame.function, frame.sequence, frame.mark = function, nodes, len(machine.trail)
    body = function.body.nodes
    for name in declared_variables(body):
        if name not in scope.names:
            scope.names[name] = Cell(UNDEFINED, single_in(scope, name, tree.BindKind.VAR))
    if function.params:
        _bind_parameters(machine, function, arguments)
    run_sequence(machine, body)
    if machine.live:
        frame.returns.append(UNDEFINED)
    if frame.ends:
        machine.live = machine.live or frame.ended
        meet(machine, frame.mark, frame.ends)
    machine.frames.pop()
    machine.live, machine.scope, machine.sequence = outer
    return nodes, merge(frame.returns) if frame.returns else UNKNOWN


def _bind_parameters(machine: Machine, function: tree.Function, arguments: Arguments) -> None:
    position = 0
    taken: set[str] = set()
    for param in function.params:
        for name in bound_names(param.target):
            machine.scope.names[name] = Cell(UNDEFINED, _never_bound_again(machine.scope, name))
            taken.add(name)
        bind(machine, param.target, _argument(machine, param, arguments, position, taken), tree.BindKind.LET)
        position += param.kind is tree.ParamKind.NORMAL


def _never_bound_again(scope: Scope, name: str) -> Callable[[], bool]:
    usage_of = scope.usage_of

    def never() -> bool:
        usage = usage_of()
        return name not in usage.assigned and name not in usage.variables

    return never


def _argument(machine: Machine, param: tree.Param, arguments: Arguments, position: int, taken: set[str]) -> Value:
    name = param.target.name if isinstance(param.target, tree.Name) else None
    match param.kind:
        case tree.ParamKind.REST:
            rest = tuple(Element(value) for value in arguments.positional[position:])
            return ListObject(Cell(Elements(rest)), arguments.open)
        case tree.ParamKind.KEYWORD_REST:
            return RecordObject({key: Cell(value) for key, value in arguments.keywords if key not in taken})
        case tree.ParamKind.KEYWORD_ONLY:
            value = arguments.get(len(arguments.positional), name)
        case tree.ParamKind.NORMAL:
            value = arguments.get(position, name)
    if value is None and arguments.open:
        return UNKNOWN
    if (value is None or value == UNDEFINED) and param.default is not None:
        return machine.eval(param.default)
    return UNDEFINED if value is None else value


def inline(machine: Machine, closure: Closure, arguments: Arguments, span: Span) -> Value:
    """Writes a function in place of its call: an asynchronous one as a block that can be waited for."""
    active = machine.functions.active
    function = closure.function
    if any(frame_of is function for frame_of in machine.inlining):
        machine.note("SG906", span, "the function calls itself and is not followed here")
        return UNKNOWN
    if len(machine.frames) > MAX_ACTIVE:
        machine.note("SG906", span, "the function is nested too deeply to be followed")
        return UNKNOWN
    block_id = machine.new_id()
    frame = Frame(closure.module, block_id, function.is_async, block_id)
    machine.inlining.append(function)
    depth = len(active)
    try:
        nodes, result = run_function(machine, closure, arguments, frame)
    finally:
        machine.inlining.pop()
        del active[depth:]
    if function.is_async:
        return start_block(machine, nodes, span, result, block_id, tuple(frame.outer))
    machine.frame.outer.update({id_: None for id_ in frame.outer if id_ < machine.frame.first_id})
    machine.sequence.extend(in_place(without_tail_returns(tuple(nodes), block_id), block_id, span))
    return result


def generate(
    machine: Machine, generator: Generator, on_yield: Callable[[Value], None] | None = None, loop: Target | None = None
) -> Value:
    """Runs a generator's body where it is iterated; yields what one of its elements is.

    ``on_yield`` runs in place of each of its yields. ``loop``: what iterates it, a turn from one yield to the next.
    """
    closure = generator.closure
    scope_id = machine.new_id()
    frame = Frame(closure.module, scope_id, True, scope_id, on_yield=on_yield)
    if any(inner is closure.function for inner in machine.inlining) or len(machine.frames) > MAX_ACTIVE:
        machine.note("SG906", closure.function.span, "the generator iterates itself and is not followed here")
        return UNKNOWN
    machine.inlining.append(closure.function)
    nodes, _ = run_function(machine, closure, generator.arguments, frame)
    machine.inlining.pop()
    body = without_tail_returns(tuple(nodes), scope_id)
    if on_yield is None:
        body = _a_turn(machine, body, frame, closure.function.span, loop)
    machine.sequence.extend(in_place(body, scope_id, closure.function.span))
    return merge(frame.yields) if frame.yields else UNKNOWN


def _a_turn(
    machine: Machine, body: tuple[model.Node, ...], frame: Frame, span: Span, loop: Target | None
) -> tuple[model.Node, ...]:
    """What one turn runs of a generator's body: from one of its yields to the next, or from the last one to its end."""
    cuts = [length for length, _ in frame.cuts]
    if not cuts or (len(cuts) == 1 and cuts[0] >= len(body)):
        return body
    turns = [body[start:cut] for start, cut in zip([0, *cuts], cuts, strict=False)]
    cases = [model.Case(f"yield {number}", nodes, span) for number, nodes in enumerate(turns, 1) if nodes]
    end = body[cuts[-1] :]
    if end and loop is not None and len(frame.yields) == frame.cuts[-1][1]:
        leave(machine, loop.mark, loop.breaks)
        end = (*end, model.Jump(model.JumpKind.BREAK, loop.id, span))
    if end:
        cases.append(model.Case("end", end, span))
    if not all(turns):
        cases.append(model.Case(None, ()))
    return (model.If(tuple(cases), machine.new_id(), span),) if cases[0].body else ()


CONSTRUCTORS = frozenset({"constructor", "__init__"})


def construct(machine: Machine, cls: ClassObject, arguments: Arguments, span: Span) -> Value:
    """Makes an object of a known class; its constructor runs now."""
    instance = Instance(cls)
    run_constructor(machine, cls, instance, arguments, span)
    return instance


def run_constructor(machine: Machine, cls: ClassObject, this: Value, arguments: Arguments, span: Span) -> None:
    """Runs the nearest constructor of a class chain on an object."""
    for owner in class_chain(cls):
        for member in owner.node.members:
            key = member.key
            if isinstance(key, tree.Literal) and key.value in CONSTRUCTORS and isinstance(member.value, tree.Function):
                inline(machine, Closure(member.value, owner.scope, owner.module, str(key.value), this, owner), arguments, span)
                return
