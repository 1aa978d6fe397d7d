"""The interpreter's state: where it stands, what it has emitted, what names hold.

Evaluation goes through one table from node type to function; the functions live in the files of this folder and know the
machine only. Graph nodes are emitted into ``sequence``; a statement that leaves sets ``live`` to false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from analyzer.builder.function_table import FunctionTable
from analyzer.builder.modules import NO_MODULES, Modules
from analyzer.builder.scopes import Cell, ModuleScope, Scope, UsageTable
from analyzer.builder.shapes import Reads
from analyzer.builder.values import UNKNOWN, Arguments, ClassObject, DeclaredStep, Value, merge
from analyzer.flow import tree
from analyzer.graph import model
from analyzer.records import entity, field, record
from analyzer.source import Span

if TYPE_CHECKING:
    from analyzer.graph.facts import Facts

Handlers: TypeAlias = "dict[type, Callable[[Machine, Any], Value]]"
"""What each kind of node does. Any: a function takes the kind it stands under."""


@record
class BuildOptions:
    """``bases``: further entrypoint bases with their entry methods. ``implicit_dependencies``: Python's newer mode.

    ``typed_payload``: add declared fields to payload shapes. ``facts``: collect what rules ask for (``graph.facts``).
    ``reexported``: entrypoints of other modules that a module exports count as its own.
    """

    bases: tuple[tuple[str, str], ...] = ()
    implicit_dependencies: bool = True
    typed_payload: bool = False
    facts: bool = False
    reexported: bool = False


DEFAULT_OPTIONS = BuildOptions()


@entity
class Target:
    """What a break or continue can leave: a loop, a switch or a labelled block.

    ``mark``: the length of the trail where it began; ``breaks`` and ``continues``: in what state jumps to it left.
    """

    id: int
    label: str | None
    is_loop: bool
    is_block: bool = False
    mark: int = 0
    breaks: list[Outcome] = field(default_factory=list)
    continues: list[Outcome] = field(default_factory=list)
    test_nodes: int = 0
    update_nodes: int = 0


@entity
class Frame:
    """A function being interpreted. ``return_target``: the scope its returns leave if it is written in place.

    ``sequence``: what it emits; ``mark``: the length of the trail where it began; ``ends``: in what state returns out of
    branches left it; ``ended``: so did one that is in no branch; ``cuts``: how long sequence and ``yields``
    were at each yield of the sequence.
    ``step``: the frame only stands around the callback of this step call; ``function`` is None then, as at module level.
    ``on_yield``: runs where a generator that is a context manager yields.
    """

    module: ModuleScope
    first_id: int
    waits_for_return: bool = True
    return_target: int | None = None
    returns: list[Value] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    outer: dict[int, None] = field(default_factory=dict)
    deferred: list[tuple[frozenset[int], dict[int, None]]] = field(default_factory=list)
    tries: int = 0
    step: Span | None = None
    function: tree.Function | None = None
    on_yield: Callable[[Value], None] | None = None
    sequence: list[model.Node] | None = None
    mark: int = 0
    ends: list[Outcome] = field(default_factory=list)
    ended: bool = False
    cuts: list[tuple[int, int]] = field(default_factory=list)


@entity
class Outcome:
    """One way through a branch: what it emitted, its value, what it wrote, and whether it goes on."""

    nodes: tuple[model.Node, ...]
    value: Value
    writes: dict[Cell, Value]
    live: bool


class Machine:
    """State of one build: one module asked for, others loaded on demand."""

    def __init__(
        self,
        handlers: Handlers,
        call: Callable[[Machine, Value, Arguments, Span], Value],
        modules: Modules = NO_MODULES,
        options: BuildOptions = DEFAULT_OPTIONS,
    ) -> None:
        self.handlers = handlers
        self._call = call
        self.functions = FunctionTable()
        self.modules = modules
        self.options = options
        self.usages = UsageTable()
        self.module_scopes: dict[int, ModuleScope] = {}
        self.instances: dict[int, Value] = {}
        self.sequence: list[model.Node] = []
        self.notes: list[model.Note] = []
        self.texts: list[tuple[Span, str]] = []
        self.live, self.rehearsing, self.next_id = True, False, 1
        self.trail: list[tuple[Cell, Value]] = []
        self.scope: Scope = Scope(None)
        self.frames: list[Frame] = []
        self.inlining: list[tree.Function] = []
        self.reads: dict[int, Reads] = {}
        self.declared: dict[str, Cell] = {}
        self.resolving: list[DeclaredStep] = []
        self.jumped: list[list[Outcome]] = []
        self.keep: list[object] = []  # what decisions are keyed by must not be reused by the allocator
        self.captured: dict[Scope, None] = {}

    def close(self) -> None:
        """Empties the scopes that hold what refers to them (functions, classes, definitions nobody asked for).

        Without cycles, all that a build has made is freed when its last user is done, and not by a search for it later.
        """
        for scope in self.captured:
            scope.names.clear()
        self.trail.clear()

    # ---------------------------------------------------------------- evaluation

    def eval(self, node: tree.Node) -> Value:
        """Runs a node and yields its value. Frontends cap the depth of a body, ``MAX_ACTIVE`` that of calls."""
        return self.handlers[node.__class__](self, node)

    def call(self, callee: Value, arguments: Arguments, span: Span) -> Value:
        """Calls a value."""
        return self._call(self, callee, arguments, span)

    @property
    def frame(self) -> Frame:
        """The innermost function being interpreted."""
        return self.frames[-1]

    @property
    def module(self) -> ModuleScope:
        """The module whose code is being interpreted."""
        return self.frames[-1].module

    @contextmanager
    def inside(self, scope: Scope) -> Iterator[None]:
        """Evaluates in another scope."""
        saved, self.scope = self.scope, scope
        try:
            yield
        finally:
            self.scope = saved

    @contextmanager
    def in_module(self, module: ModuleScope) -> Iterator[Frame]:
        """Evaluates code of a module outside any function of it."""
        frame = Frame(module, self.next_id)
        self.frames.append(frame)
        try:
            yield frame
        finally:
            self.frames.pop()

    # ---------------------------------------------------------------- emission

    def new_id(self) -> int:
        """An id no other node has."""
        self.next_id += 1
        return self.next_id - 1

    def emit(self, node: model.Node) -> None:
        """Appends a node to the sequence being written."""
        self.sequence.append(node)

    @contextmanager
    def scratch(self) -> Iterator[list[model.Node]]:
        """Collects what is emitted meanwhile in a list of its own."""
        saved, self.sequence = self.sequence, []
        try:
            yield self.sequence
        finally:
            self.sequence = saved

    def note(self, code: str, span: Span | None, message: str, severity: model.Severity = model.Severity.INFO) -> None:
        """Records what the builder saw."""
        self.notes.append(model.Note(span, code, message, severity))

    # ---------------------------------------------------------------- hooks of ``observe``

    def begin_workflow(self, this: Value) -> None:
        """Another workflow is interpreted from here on; ``this`` is its instance."""

    def facts(self) -> Facts | None:
        """What was collected of the workflow, if facts were asked for."""
        return None

    def begin_unit(self) -> object:
        """A named function is interpreted from here on; what this gives is kept with the decision about its calls."""
        return None

    def end_unit(self, unit: object) -> None:
        """The interpretation that began with ``unit`` has ended."""

    def call_unit(self, unit: object) -> None:
        """The function whose interpretation gave ``unit`` is called here, interpreted again or not."""

    # ---------------------------------------------------------------- state

    def set(self, cell: Cell, value: Value) -> None:
        """Writes a cell, so that the write can be undone or merged."""
        self.trail.append((cell, read(cell)))
        cell.value = value

    def undo(self, mark: int) -> None:
        """Takes back every write since a mark (a length of the trail)."""
        while len(self.trail) > mark:
            cell, value = self.trail.pop()
            cell.value = value

    @contextmanager
    def aside(self) -> Iterator[list[model.Node]]:
        """Evaluates for the value: nodes, notes and liveness are taken back, writes stay; yields the nodes."""
        live, notes, texts = self.live, self.notes, len(self.texts)
        self.notes, self.live = [], True
        try:
            with self.scratch() as nodes:
                yield nodes
        finally:
            del self.texts[texts:]
            self.live, self.notes = live, notes

    @contextmanager
    def isolated(self) -> Iterator[list[model.Node]]:
        """Evaluates without effect: nodes, notes, writes, jumps and liveness are taken back; yields the nodes."""
        mark, jumped = len(self.trail), len(self.jumped)
        try:
            with self.aside() as nodes:
                yield nodes
        finally:
            while len(self.jumped) > jumped:
                self.jumped.pop().pop()
            self.undo(mark)

    def outcome(self, run: Callable[[], Value]) -> Outcome:
        """Runs one arm of a branch; its writes are taken back and kept in the outcome."""
        mark, live, sequence = len(self.trail), self.live, self.sequence
        nodes: list[model.Node] = []
        self.live, self.sequence = True, nodes
        value = run()
        writes = {cell: cell.value for cell, _ in self.trail[mark:]}
        self.undo(mark)
        result = Outcome(tuple(nodes), value, writes, self.live)
        self.live, self.sequence = live, sequence
        return result

    def join(self, outcomes: Iterable[Outcome], exhaustive: bool) -> None:
        """Goes on after a branch: writes are merged, and there is a way on if an outcome has one."""
        going = [outcome for outcome in outcomes if outcome.live]
        cells = dict.fromkeys(cell for outcome in going for cell in outcome.writes)
        for cell in cells:
            values = [outcome.writes.get(cell, cell.value) for outcome in going]
            if not exhaustive:
                values.append(cell.value)
            self.set(cell, merge(values))
        self.live = self.live and (not exhaustive or bool(going))


def read(cell: Cell) -> Value:
    """What a cell holds; a definition not needed so far is evaluated now."""
    if cell.thunk is not None:
        thunk, cell.thunk = cell.thunk, None
        cell.value = UNKNOWN  # what a definition sees that needs itself
        cell.value = thunk()
    return cell.value


def class_chain(cls: ClassObject) -> Iterator[ClassObject]:
    """A class and its known bases, nearest first; a cycle ends it."""
    seen: set[int] = set()
    stack: list[ClassObject] = [cls]
    while stack:
        current = stack.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        stack.extend(base for base in current.bases if isinstance(base, ClassObject))
