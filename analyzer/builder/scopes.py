"""Scopes, and what a function does to names: which are bound once, which are assigned or mutated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from analyzer.builder.values import UNDEFINED, BoundStepMethod, Value
from analyzer.flow import tree
from analyzer.flow.intrinsics import Intrinsic
from analyzer.flow.module import Module
from analyzer.flow.walk import walk
from analyzer.records import entity, field

Intrinsics = Mapping[str, Intrinsic]

MUTATORS = frozenset({Intrinsic.MUTATE, Intrinsic.APPEND, Intrinsic.EXTEND, Intrinsic.ASSIGN})


class Cell:
    """A place that holds a value. ``single``: it is bound exactly once, so a constant in it can be relied on.

    ``single`` may be a function of no arguments, asked when the answer first matters: it costs a pass over a function.
    """

    __slots__ = ("_single", "thunk", "value")

    def __init__(
        self,
        value: Value = UNDEFINED,
        single: bool | Callable[[], bool] = True,
        thunk: Callable[[], Value] | None = None,
    ) -> None:
        self.value = value
        self._single = single
        self.thunk = thunk

    @property
    def single(self) -> bool:
        """Whether the place is bound exactly once."""
        if not isinstance(self._single, bool):
            self._single = self._single()
        return self._single

    def forget(self) -> None:
        """Constants in this place no longer count."""
        self._single = False


class Scope:
    """Names and their cells, inside a parent.

    ``usage_of`` gives what the code of a function or module does to names: it is asked when the answer first matters. A
    scope inside one has that of its parent.
    """

    __slots__ = ("_owner", "names", "parent", "usage_of")

    def __init__(self, parent: Scope | None, usage_of: Callable[[], Usage] | None = None) -> None:
        self.names: dict[str, Cell] = {}
        self.parent = parent
        self._owner: Scope | None = None
        if usage_of is not None or parent is None:
            self.usage_of: Callable[[], Usage] = usage_of or Usage
        else:
            self._owner = parent.owner
            self.usage_of = parent.usage_of

    @property
    def owner(self) -> Scope:
        """The nearest scope of a function or module."""
        # A scope that referred to itself would not be freed with what refers to it.
        return self if self._owner is None else self._owner

    @property
    def usage(self) -> Usage:
        """What the function or module this scope belongs to does to names."""
        return self.usage_of()

    def find(self, name: str) -> Cell | None:
        """The cell a name means here, or None: it is free."""
        scope: Scope | None = self
        while scope is not None:
            cell = scope.names.get(name)
            if cell is not None:
                return cell
            scope = scope.parent
        return None


@entity
class Usage:
    """What a function does to names: how often each is bound in it as a variable of the function, and which are
    assigned or mutated in it or in functions inside it. ``looped``: bound by loops, each of which gives it what it holds."""

    variables: dict[str, int] = field(default_factory=dict)
    assigned: set[str] = field(default_factory=set)
    mutated: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)
    looped: set[str] = field(default_factory=set)

    def is_single(self, name: str, kind: tree.BindKind) -> bool:
        """Whether a name of this function is bound exactly once."""
        if kind is tree.BindKind.CONST:
            return True
        if name in self.assigned:
            return False
        bound = self.variables.get(name, 0)
        return kind is not tree.BindKind.VAR or bound == 0 or (bound == 1 and name not in self.looped)


@entity
class ModuleScope:
    """A module being interpreted: its scope, the step's methods in its language, its imports and exports by name.

    ``commonjs``: what is written to members of ``exports``, and to ``module.exports`` itself under its name.
    """

    module: Module
    scope: Scope
    methods: Mapping[str, BoundStepMethod]
    imports: dict[str, tree.Import] = field(default_factory=dict)
    exports: dict[str, tree.Export] = field(default_factory=dict)
    additions: dict[str, list[tree.Call]] = field(default_factory=dict)
    star_exports: list[str] = field(default_factory=list)
    star_imports: list[tree.Import] = field(default_factory=list)
    commonjs: dict[str, Cell] = field(default_factory=dict)


STATEMENTS = frozenset({tree.Bind, tree.Block, tree.With, tree.Branch, tree.Loop, tree.Try})
"""The kinds of statement that bind variables of their function or hold statements; asked first, since most are others."""


def declared_variables(body: Iterable[tree.Node]) -> Iterator[str]:
    """The names statements bind as variables of their function; what expressions bind is bound when it runs."""
    stack = list(body)
    while stack:
        node = stack.pop()
        if node.__class__ not in STATEMENTS:
            continue
        match node:
            case tree.Bind():
                if node.kind is tree.BindKind.VAR:
                    yield from bound_names(node.target)
            case tree.Block():
                stack += node.body
            case tree.With(target=target, body=inner):
                stack += inner if target is None else (target, *inner)
            case tree.Branch():
                stack += [inner for arm in node.arms for inner in arm.body]
            case tree.Loop():
                stack += (*node.body, *node.orelse) if node.target is None else (node.target, *node.body, *node.orelse)
            case tree.Try():
                stack += (*node.body, *node.orelse, *(node.final or ()))
                stack += [inner for handler in node.handlers for inner in handler.body]
            case _:
                continue


def bound_names(target: tree.Node) -> Iterator[str]:
    """The names a target binds, in order."""
    match target:
        case tree.Name():
            yield target.name
        case tree.Default(target=inner) | tree.Spread(value=inner):
            yield from bound_names(inner)
        case tree.Items(elements=elements):
            for element in elements:
                yield from bound_names(element)
        case tree.Record(entries=entries):
            for entry in entries:
                yield from bound_names(entry.value)
        case _:
            return


TELLING = frozenset({tree.Bind, tree.Loop, tree.Write, tree.Call, tree.Function})
"""The kinds of node that do something to a name; asked first, since most nodes are of other kinds."""

MAX_NESTING = 100
"""Functions inside functions looked into; what lies deeper is not interpreted either."""


class UsageTable:
    """Computes the usage of function bodies, each once."""

    def __init__(self) -> None:
        self._usages: dict[int, tuple[tree.Function, Usage]] = {}
        self._depth = 0

    def of(self, function: tree.Function, intrinsics: Intrinsics) -> Usage:
        """The usage of a function, functions inside it included."""
        known = self._usages.get(id(function))
        if known is not None:
            return known[1]
        usage = Usage()
        self._usages[id(function)] = (function, usage)
        usage.declared.update(name for param in function.params for name in bound_names(param.target))
        if self._depth < MAX_NESTING:
            roots = tuple(param.default for param in function.params if param.default is not None)
            self._depth += 1
            nodes = function.body.nodes if function.body.returned is None else ()
            self.collect(usage, (*roots, *nodes), intrinsics)
            self._depth -= 1
        return usage

    def collect(self, usage: Usage, nodes: Iterable[tree.Node], intrinsics: Intrinsics) -> None:
        """Adds what nodes do; functions among them count through their own usage."""
        for node in walk(tuple(nodes), into_functions=False):
            if node.__class__ not in TELLING:
                continue
            match node:
                case tree.Bind():
                    _note_bind(usage, node)
                case tree.Loop(target=tree.Bind(target=target, kind=tree.BindKind.VAR)):
                    usage.looped.update(bound_names(target))
                case tree.Write(target=target):
                    _note_root(usage, target)
                case tree.Call(callee=tree.Member(object=receiver, key=tree.Literal(value=str(method)))):
                    if intrinsics.get("." + method) in MUTATORS:
                        _note_root(usage, receiver)
                case tree.Function():
                    inner = self.of(node, intrinsics)
                    usage.assigned |= inner.assigned - inner.declared
                    usage.mutated |= inner.mutated - inner.declared
                case _:
                    pass


def _note_bind(usage: Usage, bind: tree.Bind) -> None:
    for name in bound_names(bind.target):
        if bind.kind is tree.BindKind.ASSIGN:
            usage.assigned.add(name)
            continue
        usage.declared.add(name)
        if bind.kind is tree.BindKind.VAR:
            usage.variables[name] = usage.variables.get(name, 0) + (bind.value is not None)


def _note_root(usage: Usage, target: tree.Node) -> None:
    while isinstance(target, tree.Member):
        target = target.object
    if isinstance(target, tree.Name):
        usage.mutated.add(target.name)
