"""The normal form of a workflow: what stays the same when a bundler or minifier rewrites its source.

In it every choice (``if``, ``?:``, ``&&``, ``||``, ``??``, ``switch``) is one branch with unordered arms and no condition; arms
without content are one empty arm; an arm that leaves takes the rest of its block out of the others' way; jumps that change
nothing are gone; functions are numbered in order of first call, promises in order of appearance (SEMANTICS section 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeGuard

from analyzer.graph import model
from analyzer.graph.transparent import transparent
from analyzer.records import field, record

Normal: TypeAlias = tuple[object, ...]
"""A node or a sequence as nested tuples: comparable, hashable, printable."""

Tail: TypeAlias = set[tuple[model.JumpKind, int | None]]
"""The jumps that change nothing where a sequence ends."""

SENTINELS = frozenset({"<dynamic>", "<missing>", "could not compute"})
LOOP_EXIT: Normal = ("jump", "BREAK", 0)
"""Leaving the innermost loop and nothing more: a test of the loop says the same, so an arm of only this is none."""

MAX_DEPTH = 200
"""Structures inside one another of which a normal form is made; what lies deeper is written as one mark."""


@record
class NormalForm:
    """The normal form of a body and of the functions it reaches, in order of first call; ``names`` are theirs in the source."""

    body: Normal
    functions: tuple[Normal, ...]
    names: tuple[str, ...] = field(compare=False, default=())


class Written(tuple[object, ...]):
    """The normal form of a step, and the ``node`` it is the form of, which makes no difference to it."""

    node: model.Node

    @classmethod
    def of(cls, parts: Normal, node: model.Node) -> Written:
        """The form with its node."""
        written = cls(parts)
        written.node = node
        return written


def normal_form(workflow: model.Workflow) -> NormalForm:
    """The normal form of a workflow. Equal forms: the same steps, configurations and structure."""
    workflow = transparent(workflow)
    bodies = {function.name: function.body for function in workflow.functions}
    writer = _Writer(bodies)
    body = writer.body(workflow.body)
    functions: list[Normal] = []
    while len(functions) < len(writer.names):
        functions.append(writer.body(bodies.get(writer.names[len(functions)], ())))
    return NormalForm(body, tuple(functions), tuple(writer.names))


def step_list(workflow: model.Workflow) -> tuple[Normal, ...]:
    """Every step with its configuration, sorted: what no rewriting of a source may change."""
    writer = _Writer({})
    sequences = (workflow.body, *(function.body for function in workflow.functions))
    steps = [writer.leaf(node) for nodes in sequences for node in model.walk(nodes)]
    return tuple(sorted((step for step in steps if step), key=repr))


class _Writer:
    """Numbers functions and promises as it meets them."""

    def __init__(self, bodies: dict[str, tuple[model.Node, ...]]) -> None:
        self.bodies = bodies
        self.names: list[str] = []
        self.numbers: dict[str, int] = {}
        self.promises: dict[int, int] = {}
        self.loops: list[int] = []
        self.depth = 0

    def body(self, nodes: Sequence[model.Node]) -> Normal:
        """A body of its own: a return at its end changes nothing."""
        return self.sequence(list(nodes), {(model.JumpKind.RETURN, None)})

    def sequence(self, nodes: Sequence[model.Node], tail: Tail) -> Normal:
        """A sequence at whose end the jumps in ``tail`` change nothing."""
        if self.depth > MAX_DEPTH:
            return (("too deep",),)
        self.depth += 1
        written: list[object] = []
        joined = False
        for index, node in enumerate(nodes):
            follower = nodes[index + 1] if index + 1 < len(nodes) else None
            if joined:
                joined = False
                continue
            if _waited_at_once(node, follower):
                written.extend(self._node(model.with_started(node, model.Started.AWAITED), set()))
                joined = True
                continue
            choice = _arms(node)
            if isinstance(node, model.Scope):
                written.extend(self._scope(node, nodes[index + 1 :], tail))
                break
            if choice is not None and any(_leaves(arm, node) for arm in choice):
                written.extend(self._leaving(node, choice, nodes[index + 1 :], tail))
                break
            written.extend(self._node(node, tail if follower is None else set()))
        self.depth -= 1
        return tuple(written)

    def _scope(self, node: model.Scope, rest: Sequence[model.Node], tail: Tail) -> Normal:
        """An inlined sequence some jump leaves early: what follows belongs to its end."""
        leaves: Tail = {(model.JumpKind.RETURN, node.id), (model.JumpKind.BREAK, node.id)}
        inner = self.sequence(node.body, leaves)
        if any(part == ("jump", "RETURN", 0) for part in inner):
            inner = (("scope", inner),)
        return (*inner, *self.sequence(rest, tail))

    def _leaving(
        self,
        node: model.Node,
        arms: Sequence[tuple[model.Node, ...]],
        rest: Sequence[model.Node],
        tail: Tail,
    ) -> Normal:
        """A choice some of whose arms leave: the others go on with the rest of the block."""
        own = _own_breaks(node)
        leaving = [self.sequence(arm, tail | (own if not rest else set())) for arm in arms if _leaves(arm, node)]
        leaving = [arm for arm in leaving if arm != (LOOP_EXIT,)]
        staying = [arm for arm in arms if not _leaves(arm, node)]
        if not staying:
            return _branch(leaving)
        inner = tail | own if not rest else own
        going = list(_branch([self.sequence(arm, inner) for arm in staying]))
        onward = (*going, *self.sequence(rest, tail))
        return _branch([*leaving, onward]) if leaving else onward

    def _node(self, node: model.Node, tail: Tail) -> Normal:
        match node:
            case model.If() | model.Switch():
                return _branch([self.sequence(arm, tail | _own_breaks(node)) for arm in _arms(node) or ()])
            case model.Loop(body=body, id=id_):
                self.loops.append(id_)
                inner = self.sequence(body, {(model.JumpKind.CONTINUE, id_)})
                self.loops.pop()
                return (("loop", inner),) if inner else ()
            case model.Try(block=block, handler=handler, final=final):
                parts = [self.sequence(part or (), tail) for part in (block, handler, final)]
                return (("try", *parts),) if any(parts) else ()
            case model.Parallel(kind=kind, elements=elements):
                return (("parallel", kind.value, *(self.sequence(element, set()) for element in elements)),)
            case model.Join(members=members, kind=kind):
                return (("join", kind.value, *sorted(self._number(member) for member in members)),)
            case model.Block(body=body, started=started, id=id_):
                return (("block", *self._started(started, id_), self.body(body)),)
            case model.Jump(kind=jump, target=target):
                return () if (jump, target) in tail else (self._jump(jump, target),)
            case model.StepDo(body=body, started=started, id=id_):
                return (Written.of((*self.leaf(node), *self._started(started, id_), self.body(body)), node),)
            case model.FunctionCall(name=name, started=started, id=id_):
                return (("call", self._function(name), *self._started(started, id_)),)
            case model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                return (Written.of((*self.leaf(node), *self._started(node.started, node.id)), node),)
            case model.Scope():
                return ()

    def _jump(self, kind: model.JumpKind, target: int | None) -> Normal:
        """A jump that matters, with the number of loops it leaves beyond the innermost."""
        further = self.loops[::-1].index(target) if target in self.loops else 0
        return ("jump", kind.name, further)

    def leaf(self, node: model.Node) -> Normal:
        """A step by itself: kind, name and configuration; empty for anything else."""
        match node:
            case model.StepDo(name=name, config=config):
                parts = (config.limit, config.delay, config.backoff, config.timeout)
                return ("do", _name(name), *(_plain(part) for part in parts))
            case model.StepSleep(name=name, duration=duration):
                return ("sleep", _name(name), _plain(duration))
            case model.StepSleepUntil(name=name, timestamp=timestamp):
                return ("sleep until", _name(name), timestamp)
            case model.StepWaitForEvent(name=name, options=options):
                if options is None:
                    return ("wait", _name(name), None)
                return ("wait", _name(name), _name(options.event_type), _plain(options.timeout))
            case _:
                return ()

    def _started(self, started: model.Started, id_: int) -> Normal:
        if started is model.Started.AWAITED:
            return ()
        return (started.name, self._number(id_)) if started is model.Started.KEPT else (started.name,)

    def _function(self, name: str) -> int:
        number = self.numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number

    def _number(self, id_: int) -> int:
        return self.promises.setdefault(id_, len(self.promises))


def _arms(node: model.Node) -> list[tuple[model.Node, ...]] | None:
    """The ways through a choice, those not written included; None if the node is none."""
    match node:
        case model.If(cases=cases):
            arms = [case.body for case in cases]
            return arms if any(case.condition is None for case in cases) else [*arms, ()]
        case model.Switch(cases=cases):
            bodies = [case.body for case in cases]
            arms = [_fallen(bodies, index) for index in range(len(bodies))]
            return arms if any(case.condition is None for case in cases) else [*arms, ()]
        case _:
            return None


def _waited_at_once(node: model.Node, follower: model.Node | None) -> TypeGuard[model.Promise]:
    """Whether something kept is joined by the very next node, alone: as if it had been awaited on the spot."""
    match node:
        case (
            model.StepDo(started=model.Started.KEPT, id=id_)
            | model.StepSleep(started=model.Started.KEPT, id=id_)
            | model.StepSleepUntil(started=model.Started.KEPT, id=id_)
            | model.StepWaitForEvent(started=model.Started.KEPT, id=id_)
            | model.FunctionCall(started=model.Started.KEPT, id=id_)
        ):
            return isinstance(follower, model.Join) and follower.members == (id_,)
        case _:
            return False


def _own_breaks(node: model.Node) -> Tail:
    """The jumps that only end a switch."""
    return {(model.JumpKind.BREAK, node.id)} if isinstance(node, model.Switch) else set()


def _fallen(bodies: Sequence[tuple[model.Node, ...]], first: int) -> tuple[model.Node, ...]:
    """What runs from a case on until something leaves."""
    run: list[model.Node] = []
    for body in bodies[first:]:
        run.extend(body)
        if body and isinstance(body[-1], model.Jump):
            break
    return tuple(run)


def _leaves(arm: tuple[model.Node, ...], choice: model.Node) -> bool:
    """Whether an arm ends in a jump that leads further than past its own choice."""
    if not arm:
        return False
    last = arm[-1]
    if isinstance(last, model.Jump):
        return not (isinstance(choice, model.Switch) and last.kind is model.JumpKind.BREAK and last.target == choice.id)
    inner = _arms(last)
    return inner is not None and all(_leaves(part, last) for part in inner)


def _branch(arms: Sequence[Normal]) -> Normal:
    """One choice of these arms: nested choices are part of it, empty arms are one, no arm with content is no choice."""
    flat: list[Normal] = []
    for arm in arms:
        only = arm[0] if len(arm) == 1 else None
        if isinstance(only, tuple) and only and only[0] == "branch":
            flat.extend(part for part in only[1:] if isinstance(part, tuple))
        else:
            flat.append(arm)
    full = sorted((arm for arm in flat if arm), key=repr)
    if not full:
        return ()
    empty: tuple[Normal, ...] = ((),) if any(not arm for arm in flat) else ()
    return (("branch", *full, *empty),) if len(full) + len(empty) > 1 else (("branch", full[0]),)


def _name(text: str) -> str:
    return "?" if text in SENTINELS else text


def _plain(value: str | int | float | model.Unknown | None) -> str | int | float | None:
    return "?" if isinstance(value, model.Unknown) else value
