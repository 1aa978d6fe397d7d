"""What code anywhere in a file does to the names of its module: one walk over libcst's tree, nothing is lowered.

Names of functions, lambdas, comprehensions and classes are told apart from the module's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from typing import TypeVar, cast

import libcst as cst

from analyzer.flow.module import Effects
from analyzer.frontends.python.idioms import MUTATING_FUNCTIONS, MUTATING_METHODS
from analyzer.frontends.python.literals import identifier
from analyzer.frontends.python.shapes import dotted_name
from analyzer.frontends.python.syntax import children
from analyzer.records import entity, field

_MANY = 2
"""How often a name counts as bound by what may run many times."""


class _Kind(Enum):
    MODULE = auto()
    CLASS = auto()
    FUNCTION = auto()
    COMPREHENSION = auto()


@entity
class _Scope:
    """The names bound in a scope and how often, those it declares to be others', those whose members it changes."""

    kind: _Kind
    outer: _Scope | None
    bound: Counter[str] = field(default_factory=Counter)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


def effects_of(statements: Iterable[cst.CSTNode]) -> Effects:
    """Which names of the module its statements bind again, or change the members of."""
    walk = _Walk()
    walk.go_on(statements, walk.module, 1)
    walk.run()
    module = walk.module
    assigned = {name for name, times in module.bound.items() if times > 1}
    for scope in walk.scopes:
        assigned |= scope.globals & scope.bound.keys()
    mutated = {name for scope in walk.scopes for name in scope.changed if _owner(scope, name) is module}
    return Effects(frozenset(assigned), frozenset(mutated & (module.bound.keys() | assigned)))


def _owner(scope: _Scope, name: str) -> _Scope:
    """The scope a name used in a scope belongs to; the module's if no other binds it."""
    at = scope
    while at.outer is not None:
        if name not in at.globals and name in at.bound.keys() - at.nonlocals and (at.kind is not _Kind.CLASS or at is scope):
            return at
        at = _module_of(at) if name in at.globals else at.outer
    return at


def _module_of(scope: _Scope) -> _Scope:
    while scope.outer is not None:
        scope = scope.outer
    return scope


class _Walk:
    """The nodes still to be seen, each with its scope and how often it counts."""

    def __init__(self) -> None:
        self.module = _Scope(_Kind.MODULE, None)
        self.scopes = [self.module]
        self.stack: list[tuple[cst.CSTNode, _Scope, int]] = []

    def run(self) -> None:
        """Sees all nodes; the order is of no matter."""
        stack = self.stack
        while stack:
            node, scope, times = stack.pop()
            see = _SEE.get(type(node))
            if see is None:
                stack.extend([(child, scope, times) for child in children(node)])
            else:
                see(self, node, scope, times)

    def go_on(self, nodes: Iterable[cst.CSTNode | None], scope: _Scope, times: int) -> None:
        """Adds nodes to be seen."""
        self.stack.extend([(node, scope, times) for node in nodes if node is not None])

    def enter(self, kind: _Kind, outer: _Scope) -> _Scope:
        """A new scope."""
        scope = _Scope(kind, outer)
        self.scopes.append(scope)
        return scope

    def bind(self, target: cst.CSTNode, scope: _Scope, times: int) -> None:
        """Binds the names of a target; its members are changed."""
        stack = [target]
        while stack:
            node = stack.pop()
            kind = type(node)
            if kind is cst.Name:
                scope.bound[_name(node)] += times
            elif kind is cst.Attribute or kind is cst.Subscript:
                self.change(node, scope)
                self.go_on(children(node), scope, times)
            else:
                stack.extend(children(node))

    def change(self, node: cst.CSTNode, scope: _Scope) -> None:
        """Changes the members of what a chain of members begins with, if that is a name."""
        while type(node) is cst.Attribute or type(node) is cst.Subscript:
            node = node.value
        if type(node) is cst.Name:
            scope.changed.add(_name(node))


def _name(node: cst.CSTNode) -> str:
    return identifier(dotted_name(node))


def _see_nothing(walk: _Walk, node: cst.CSTNode, scope: _Scope, times: int) -> None:
    """Leaves, and what only types see."""


def _see_def(walk: _Walk, node: cst.FunctionDef, scope: _Scope, times: int) -> None:
    scope.bound[_name(node.name)] += times
    walk.go_on(node.decorators, scope, times)
    walk.go_on((node.body,), _with_parameters(walk, node.params, scope, times), 1)


def _see_lambda(walk: _Walk, node: cst.Lambda, scope: _Scope, times: int) -> None:
    walk.go_on((node.body,), _with_parameters(walk, node.params, scope, times), 1)


def _with_parameters(walk: _Walk, node: cst.Parameters, scope: _Scope, times: int) -> _Scope:
    inner = walk.enter(_Kind.FUNCTION, scope)
    for param in children(node):
        if type(param) is cst.Param:
            inner.bound[_name(param.name)] += 1
            walk.go_on((param.default,), scope, times)
    return inner


def _see_class(walk: _Walk, node: cst.ClassDef, scope: _Scope, times: int) -> None:
    scope.bound[_name(node.name)] += times
    walk.go_on((*node.decorators, *node.bases, *node.keywords), scope, times)
    walk.go_on((node.body,), walk.enter(_Kind.CLASS, scope), times)


def _see_comprehension(walk: _Walk, node: cst.BaseComp, scope: _Scope, times: int) -> None:
    walk.go_on(children(node), walk.enter(_Kind.COMPREHENSION, scope), _MANY)


def _see_clause(walk: _Walk, node: cst.CompFor, scope: _Scope, times: int) -> None:
    walk.bind(node.target, scope, times)
    walk.go_on((node.iter, *node.ifs, node.inner_for_in), scope, times)


def _see_assign(walk: _Walk, node: cst.Assign, scope: _Scope, times: int) -> None:
    for target in node.targets:
        walk.bind(target.target, scope, times)
    walk.go_on((node.value,), scope, times)


def _see_annotated(walk: _Walk, node: cst.AnnAssign, scope: _Scope, times: int) -> None:
    if node.value is not None:
        walk.bind(node.target, scope, times)
        walk.go_on((node.value,), scope, times)


def _see_augmented(walk: _Walk, node: cst.AugAssign, scope: _Scope, times: int) -> None:
    walk.bind(node.target, scope, times)
    walk.go_on((node.value,), scope, times)


def _see_walrus(walk: _Walk, node: cst.NamedExpr, scope: _Scope, times: int) -> None:
    home = scope
    while home.kind is _Kind.COMPREHENSION and home.outer is not None:
        home = home.outer
    walk.bind(node.target, home, times)
    walk.go_on((node.value,), scope, times)


def _see_for(walk: _Walk, node: cst.For, scope: _Scope, times: int) -> None:
    walk.bind(node.target, scope, _MANY)
    walk.go_on((node.iter, node.orelse), scope, times)
    walk.go_on((node.body,), scope, _MANY)


def _see_while(walk: _Walk, node: cst.While, scope: _Scope, times: int) -> None:
    walk.go_on((node.test, node.orelse), scope, times)
    walk.go_on((node.body,), scope, _MANY)


def _see_as(walk: _Walk, node: cst.AsName, scope: _Scope, times: int) -> None:
    walk.bind(node.name, scope, times)


def _see_import(walk: _Walk, node: cst.ImportAlias, scope: _Scope, times: int) -> None:
    if node.asname is not None:
        walk.bind(node.asname.name, scope, times)
    else:
        scope.bound[_name(node.name).partition(".")[0]] += times


def _see_delete(walk: _Walk, node: cst.Del, scope: _Scope, times: int) -> None:
    walk.bind(node.target, scope, times)


def _see_as_pattern(walk: _Walk, node: cst.MatchAs, scope: _Scope, times: int) -> None:
    _see_capture(walk, node.name, scope, times)
    walk.go_on((node.pattern,), scope, times)


def _see_star_pattern(walk: _Walk, node: cst.MatchStar, scope: _Scope, times: int) -> None:
    _see_capture(walk, node.name, scope, times)


def _see_mapping_pattern(walk: _Walk, node: cst.MatchMapping, scope: _Scope, times: int) -> None:
    _see_capture(walk, node.rest, scope, times)
    walk.go_on(node.elements, scope, times)


def _see_capture(walk: _Walk, name: cst.Name | None, scope: _Scope, times: int) -> None:
    if name is not None:
        walk.bind(name, scope, times)


def _see_global(walk: _Walk, node: cst.Global, scope: _Scope, times: int) -> None:
    scope.globals.update(_names(node.names))


def _see_nonlocal(walk: _Walk, node: cst.Nonlocal, scope: _Scope, times: int) -> None:
    scope.nonlocals.update(_names(node.names))


def _names(items: Iterable[cst.NameItem]) -> Iterator[str]:
    return (_name(item.name) for item in items)


def _see_alias(walk: _Walk, node: cst.TypeAlias, scope: _Scope, times: int) -> None:
    scope.bound[_name(node.name)] += times


def _see_call(walk: _Walk, node: cst.Call, scope: _Scope, times: int) -> None:
    callee = node.func
    if type(callee) is cst.Attribute and callee.attr.value in MUTATING_METHODS:
        walk.change(callee.value, scope)
    elif node.args and dotted_name(callee) in MUTATING_FUNCTIONS:
        walk.change(node.args[0].value, scope)
    walk.go_on((callee, *[arg.value for arg in node.args]), scope, times)


_NodeT = TypeVar("_NodeT", bound=cst.CSTNode)
_See = Callable[[_Walk, cst.CSTNode, _Scope, int], None]


def _seen(kind: type[_NodeT], see: Callable[[_Walk, _NodeT, _Scope, int], None]) -> tuple[type[cst.CSTNode], _See]:
    """A row of the table; its types agree."""
    return kind, cast(_See, see)


_LEAVES = (cst.Name, cst.SimpleString, cst.Integer, cst.Float, cst.Annotation, cst.TypeParameters, cst.Pass)
_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp, cst.StarredDictComp)
_SEE = dict(
    (
        *(_seen(kind, _see_nothing) for kind in _LEAVES),
        *(_seen(kind, _see_comprehension) for kind in _COMPREHENSIONS),
        _seen(cst.MatchAs, _see_as_pattern),
        _seen(cst.MatchStar, _see_star_pattern),
        _seen(cst.MatchMapping, _see_mapping_pattern),
        _seen(cst.FunctionDef, _see_def),
        _seen(cst.Lambda, _see_lambda),
        _seen(cst.ClassDef, _see_class),
        _seen(cst.CompFor, _see_clause),
        _seen(cst.Assign, _see_assign),
        _seen(cst.AnnAssign, _see_annotated),
        _seen(cst.AugAssign, _see_augmented),
        _seen(cst.NamedExpr, _see_walrus),
        _seen(cst.For, _see_for),
        _seen(cst.While, _see_while),
        _seen(cst.AsName, _see_as),
        _seen(cst.ImportAlias, _see_import),
        _seen(cst.Del, _see_delete),
        _seen(cst.Global, _see_global),
        _seen(cst.Nonlocal, _see_nonlocal),
        _seen(cst.TypeAlias, _see_alias),
        _seen(cst.Call, _see_call),
    )
)
