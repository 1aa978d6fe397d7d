"""Workflow graphs made at random, and an interpreter that runs them: what it does, every analysis must allow.

The interpreter knows the language, not the analyses: sequences are coroutines, jumps and errors are exceptions, promises are
tasks. Steps take a few turns of the event loop; what fails, which branch is taken and how long things take is random.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from random import Random

from workflow_graphs import at, block, call, case, do, if_, join, jump, loop, new_id, scope, sleep, switch, try_, wait

from analyzer.analyses.flow_graph import ControlFlow
from analyzer.analyses.traces import Ended, Event, Outcome, Started, Trace, points_at
from analyzer.graph import model
from analyzer.records import replace
from analyzer.source import Language

MAX_TURNS = 3
KEPT, FLOATING = model.Started.KEPT, model.Started.FLOATING
COMBINATORS = list(model.JoinKind)
Nodes = tuple[model.Node, ...]


# ---------------------------------------------------------------- making graphs


@dataclass
class Maker:
    """Makes workflows of some size. ``leave``: targets that jumps may name where they stand, with the kinds that fit."""

    random: Random
    names: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))
    leave: list[tuple[model.JumpKind, int | None]] = field(default_factory=list)
    functions: int = 0

    def workflow(self, size: int) -> model.Workflow:
        self.functions = self.random.randrange(3)
        bodies = [self.sequence(size) for _ in range(self.functions)]
        functions = tuple(model.FunctionDef(f"f{index}", body) for index, body in enumerate(bodies))
        return model.Workflow("W", Language.JAVASCRIPT, self.sequence(size * 2), functions)

    def sequence(self, size: int) -> Nodes:
        """Nodes up to a jump; what is kept is joined later in the same sequence."""
        nodes: list[model.Node] = []
        open_: list[model.Promise] = []
        for _ in range(self.random.randrange(1, 2 + size)):
            made = self.random.choice(self.KINDS)(self, size - 1) if size > 0 else self.step()
            nodes.extend(made)
            open_.extend(node for node in made if getattr(node, "started", None) is KEPT)
            if open_ and self.random.random() < 0.4:
                nodes.append(self.join_of(open_))
        if open_:
            nodes.append(self.join_of(open_))
        if self.leave and self.random.random() < 0.3:
            kind, target = self.random.choice(self.leave)
            nodes.append(jump(kind, target))
        return tuple(nodes)

    def join_of(self, promises: list[model.Promise]) -> model.Join:
        members = self.random.sample(promises, self.random.randrange(1, len(promises) + 1))
        for member in members:
            promises.remove(member)
        return join(*members, kind=self.random.choice(COMBINATORS))

    def within(self, size: int, *leave: tuple[model.JumpKind, int | None], body: bool = False) -> Nodes:
        """A sequence in which more jumps are possible, or, in a body of its own, others."""
        outer = self.leave
        self.leave = [*(() if body else outer), *leave]
        made = self.sequence(size)
        self.leave = outer
        return made

    def name(self) -> str:
        return f"s{next(self.names)}"

    def step(self, _: int = 0) -> Nodes:
        return (self.random.choice([do, do, do, sleep, wait])(self.name()),)

    def started(self, _: int) -> Nodes:
        return (do(self.name(), started=self.random.choice([KEPT, KEPT, FLOATING])),)

    def nested(self, size: int) -> Nodes:
        return (do(self.name(), *self.within(size, (model.JumpKind.RETURN, None), body=True)),)

    def block(self, size: int) -> Nodes:
        body = self.within(size, (model.JumpKind.RETURN, None), body=True)
        return (block(*body, started=self.random.choice([KEPT, FLOATING])),)

    def call(self, size: int) -> Nodes:
        if not self.functions:
            return self.step()
        started = self.random.choice([model.Started.AWAITED, model.Started.AWAITED, KEPT])
        return (call(f"f{self.random.randrange(self.functions)}", started=started),)

    def parallel(self, size: int) -> Nodes:
        elements = [node for _ in range(2) for node in self.random.choice([self.started, self.block])(size)]
        elements = [replace(element, started=KEPT) for element in elements]
        kind = self.random.choice(COMBINATORS)
        return (model.Parallel(kind, tuple((element,) for element in elements), new_id()), join(*elements, kind=kind))

    def pushed(self, size: int) -> Nodes:
        promise = self.random.choice([self.started, self.block])(size)[0]
        promise = replace(promise, started=KEPT)
        return (loop(promise), join(promise, kind=self.random.choice([model.JoinKind.ALL, model.JoinKind.SETTLED])))

    def loop(self, size: int) -> Nodes:
        id_ = new_id()
        body = self.within(size, (model.JumpKind.BREAK, id_), (model.JumpKind.CONTINUE, id_))
        return (loop(*body, once=self.random.random() < 0.5, id_=id_),)

    def loop_with_test(self, size: int) -> Nodes:
        (made,) = self.loop(size)
        assert isinstance(made, model.Loop)
        return (replace(made, body=(*self.step(), *made.body, *self.step()), test=1, update=1),)

    def branch(self, size: int) -> Nodes:
        cases = [case("x", *self.within(size)), case("y", *self.within(size)), case(None, *self.within(size))]
        return (if_(*cases[: self.random.randrange(1, 4)]),)

    def switch(self, size: int) -> Nodes:
        id_ = new_id()
        leave = (model.JumpKind.BREAK, id_)
        return (switch(case("1", *self.within(size, leave)), case("2", *self.within(size, leave)), id_=id_),)

    def scope(self, size: int) -> Nodes:
        id_ = new_id()
        return (scope(*self.within(size, (model.JumpKind.RETURN, id_)), id_=id_),)

    def try_(self, size: int) -> Nodes:
        parts = [self.within(size, (model.JumpKind.THROW, None)), self.within(size), self.within(size)]
        handler, final = self.random.choice([(parts[1], None), (None, parts[2]), (parts[1], parts[2])])
        return (try_(parts[0], handler, final),)

    KINDS = (
        step,
        step,
        started,
        nested,
        block,
        call,
        parallel,
        pushed,
        loop,
        loop_with_test,
        branch,
        switch,
        scope,
        try_,
        try_,
    )


# ---------------------------------------------------------------- running them


class LeaveError(Exception):
    """A jump on its way."""

    def __init__(self, node: model.Jump) -> None:
        self.kind, self.target = node.kind, node.target


class MishapError(Exception):
    """A step, or code between steps, that has failed."""


@dataclass
class Frame:
    """What a body that runs has started: the tasks by id, all of them and those not joined so far."""

    inside: int | None
    started: dict[int, list[asyncio.Future[None]]] = field(default_factory=dict)
    unjoined: dict[int, list[asyncio.Future[None]]] = field(default_factory=dict)


class Interpreter:
    """Runs a workflow once."""

    def __init__(self, flow: ControlFlow, random: Random) -> None:
        self.flow = flow
        self.random = random
        self.events: list[Event] = []
        self.calls = 0
        self.depth = 0
        self.functions = {function.name: function.body for function in flow.workflow.functions}
        self.pushed = {member for _, member in flow.every_turn}

    def run(self) -> Trace:
        """What it did, until nothing was going on any more."""
        return asyncio.run(self._run())

    async def _run(self) -> Trace:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        outcome = Outcome.COMPLETE
        try:
            await self.body(self.flow.workflow.body, Frame(None))
        except MishapError:
            outcome = Outcome.ERRORED
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.gather(*others, return_exceptions=True)
        return Trace(tuple(self.events), outcome)

    async def body(self, nodes: Nodes, frame: Frame) -> None:
        try:
            await self.sequence(nodes, frame)
        except LeaveError as leave:
            if leave.kind is model.JumpKind.THROW:
                raise MishapError from leave

    async def sequence(self, nodes: Nodes, frame: Frame) -> None:
        for node in nodes:
            if self.random.random() < 0.03:
                raise MishapError
            await self.node(node, frame)

    async def node(self, node: model.Node, frame: Frame) -> None:
        match node:
            case model.Jump():
                raise MishapError if node.kind is model.JumpKind.THROW else LeaveError(node)
            case model.Join():
                await self.join(node, frame)
            case model.StepDo() | model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                await self.promise(node, frame, self.step(node, frame))
            case model.FunctionCall():
                await self.promise(node, frame, self.function(node, frame))
            case model.Block():
                await self.promise(node, frame, self.body(node.body, Frame(frame.inside)))
            case model.Parallel(elements=elements):
                for element in elements:
                    await self.sequence(element, frame)
            case model.Scope() | model.Loop() | model.If() | model.Switch() | model.Try():
                await self.structure(node, frame)

    async def promise(self, node: model.Promise, frame: Frame, work: Coroutine[None, None, None]) -> None:
        if node.started is model.Started.AWAITED:
            await work
            return
        first = None
        if not isinstance(node, model.FunctionCall | model.Block):
            first = work.send(None)  # a step begins at once, as in JavaScript
        assert first is None
        task = asyncio.ensure_future(work)
        frame.started.setdefault(node.id, []).append(task)
        frame.unjoined.setdefault(node.id, []).append(task)

    async def step(self, node: model.Step, frame: Frame) -> None:
        number, self.calls = self.calls, self.calls + 1
        self.events.append(Started(number, points_at(self.flow, "w.js", at(node.name)), frame.inside))
        await asyncio.sleep(0)
        failed = isinstance(node, model.StepDo | model.StepWaitForEvent) and self.random.random() < 0.15
        try:
            for _ in range(self.random.randrange(4)):
                await asyncio.sleep(0)
            if isinstance(node, model.StepDo) and not failed:
                await self.attempts(node, number)
        except MishapError:
            failed = True
        self.events.append(Ended(number, failed))
        await asyncio.sleep(0)
        if failed:
            raise MishapError

    async def attempts(self, node: model.StepDo, number: int) -> None:
        try:
            await self.body(node.body, Frame(number))
        except MishapError:
            await self.body(node.body, Frame(number))

    async def function(self, node: model.FunctionCall, frame: Frame) -> None:
        self.depth += 1
        try:
            if self.depth > 4:
                raise MishapError
            await self.body(self.functions[node.name], Frame(frame.inside))
        finally:
            self.depth -= 1

    async def join(self, node: model.Join, frame: Frame) -> None:
        tasks = [task for member in node.members for task in self.awaited(member, frame)]
        if not tasks:
            return
        match node.kind:
            case model.JoinKind.SETTLED:
                await asyncio.gather(*tasks, return_exceptions=True)
            case model.JoinKind.ALL:
                await asyncio.gather(*map(asyncio.shield, tasks))
            case model.JoinKind.RACE:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                next(task for task in tasks if task in done).result()
            case model.JoinKind.ANY:
                await self.any(tasks)

    def awaited(self, member: int, frame: Frame) -> list[asyncio.Future[None]]:
        """All that a loop pushed since the last join, else the latest."""
        if member in self.pushed:
            return frame.unjoined.pop(member, [])
        return frame.started.get(member, [])[-1:]

    async def any(self, tasks: list[asyncio.Future[None]]) -> None:
        waiting = set(tasks)
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if any(task.exception() is None for task in done):
                return
        raise MishapError

    async def structure(self, node: model.Scope | model.Loop | model.If | model.Switch | model.Try, frame: Frame) -> None:
        match node:
            case model.Scope():
                await self.leaving(node.body, node.id, frame)
            case model.Loop():
                await self.loop(node, frame)
            case model.If():
                await self.branch(node, frame)
            case model.Switch():
                rest = [case.body for case in node.cases][self.random.randrange(len(node.cases) + 1) :]
                await self.leaving(tuple(part for body in rest for part in body), node.id, frame)
            case model.Try():
                await self.try_(node, frame)

    async def leaving(self, nodes: Nodes, id_: int, frame: Frame) -> model.JumpKind | None:
        """Runs a sequence that jumps to an id leave; which kind of jump did."""
        try:
            await self.sequence(nodes, frame)
        except LeaveError as leave:
            if leave.target != id_:
                raise
            return leave.kind
        return None

    async def branch(self, node: model.If, frame: Frame) -> None:
        ways = [*node.cases, *([] if node.cases[-1].condition is None else [None])]
        chosen = self.random.choice(ways)
        if chosen is not None:
            await self.sequence(chosen.body, frame)

    async def loop(self, node: model.Loop, frame: Frame) -> None:
        rest = len(node.body) - node.update
        turns = self.random.randrange(int(node.at_least_once), MAX_TURNS)
        while True:
            await self.sequence(node.body[: node.test], frame)
            if not turns:
                return
            turns -= 1
            if await self.leaving(node.body[node.test : rest], node.id, frame) is model.JumpKind.BREAK:
                return
            await self.sequence(node.body[rest:], frame)

    async def try_(self, node: model.Try, frame: Frame) -> None:
        try:
            try:
                await self.sequence(node.block, frame)
            except MishapError:
                if node.handler is None:
                    raise
                await self.sequence(node.handler, frame)
        finally:
            if node.final:
                await self.sequence(node.final, frame)
