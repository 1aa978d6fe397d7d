"""What code anywhere in a file does to the names of its module: one walk over ESTree, nothing is lowered.

The walk notes which scope declares which name, and which names are written where; then each written name is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from analyzer.flow.module import Effects
from analyzer.flow.tree import Node
from analyzer.frontends.ecmascript.idioms import MUTATING_FUNCTIONS, MUTATING_METHODS
from analyzer.frontends.ecmascript.module_names import module_names
from analyzer.frontends.estree import syntax
from analyzer.records import entity, field


@entity
class _Scope:
    """A function or block: the names it declares, what is around it, and the function ``var`` declares in."""

    outer: _Scope | None = None
    is_function: bool = True
    names: set[str] = field(default_factory=set)

    def function(self) -> _Scope:
        scope = self
        while not scope.is_function and scope.outer is not None:
            scope = scope.outer
        return scope

    def is_module_name(self, name: str) -> bool:
        """Whether a name used here is none that an inner scope declares."""
        scope = self
        while scope.outer is not None:
            if name in scope.names:
                return False
            scope = scope.outer
        return True


class _Use(NamedTuple):
    """A name that is written, or (``inside``) of whose value a part is."""

    scope: _Scope
    name: str
    inside: bool


def effects_of(program: object | None, body: tuple[Node, ...]) -> Effects:
    """The module-level names of a program that are assigned after their declaration, and those whose values are changed."""
    names = set(module_names(body))
    uses = [use for use in _uses(program) if use.name in names and use.scope.is_module_name(use.name)]
    assigned = frozenset(use.name for use in uses if not use.inside)
    return Effects(assigned, frozenset(use.name for use in uses if use.inside))


def _uses(program: object | None) -> list[_Use]:
    uses: list[_Use] = []
    stack: list[tuple[object, _Scope]] = [(program, _Scope())]
    while stack:
        node, scope = stack.pop()
        kind = syntax.kind(node)
        written = _WRITES.get(kind)
        if written is not None:
            uses += [_Use(scope, name, inside) for name, inside in written(node)]
        inner = _SCOPES.get(kind, _same_scope)(node, scope)
        stack.extend([(part, inner) for part in syntax.parts(node)])
    return uses


# Declarations: each gives the scope of what is in the node.


def _same_scope(node: object, scope: _Scope) -> _Scope:
    return scope


def _declare_function(node: object, scope: _Scope) -> _Scope:
    scope.names.update(_names(syntax.child(node, "id")))
    return _arrow(node, scope)


def _function_expression(node: object, scope: _Scope) -> _Scope:
    inner = _arrow(node, scope)
    inner.names.update(_names(syntax.child(node, "id")))
    return inner


def _arrow(node: object, scope: _Scope) -> _Scope:
    return _Scope(scope, True, {name for param in syntax.children(node, "params") for name in _names(param)})


def _static_block(node: object, scope: _Scope) -> _Scope:
    return _Scope(scope, True)


def _block(node: object, scope: _Scope) -> _Scope:
    return _Scope(scope, False)


def _catch(node: object, scope: _Scope) -> _Scope:
    return _Scope(scope, False, set(_names(syntax.child(node, "param"))))


def _declare_class(node: object, scope: _Scope) -> _Scope:
    scope.names.update(_names(syntax.child(node, "id")))
    return scope


def _class_expression(node: object, scope: _Scope) -> _Scope:
    return _Scope(scope, False, set(_names(syntax.child(node, "id"))))


def _declare_variables(node: object, scope: _Scope) -> _Scope:
    declaring = scope.function() if syntax.text(node, "kind") == "var" else scope
    for declarator in syntax.children(node, "declarations"):
        declaring.names.update(_names(syntax.child(declarator, "id")))
    return scope


_SCOPES: dict[str, Callable[[object, _Scope], _Scope]] = {
    "FunctionDeclaration": _declare_function,
    "FunctionExpression": _function_expression,
    "ArrowFunctionExpression": _arrow,
    "StaticBlock": _static_block,
    "BlockStatement": _block,
    "ForStatement": _block,
    "ForInStatement": _block,
    "ForOfStatement": _block,
    "ForAwaitStatement": _block,
    "SwitchStatement": _block,
    "CatchClause": _catch,
    "ClassDeclaration": _declare_class,
    "ClassExpression": _class_expression,
    "VariableDeclaration": _declare_variables,
}


def _names(pattern: object | None) -> Iterator[str]:
    for leaf in _leaves(pattern):
        if syntax.kind(leaf) == "Identifier":
            yield syntax.text(leaf, "name")


def _leaves(pattern: object | None) -> Iterator[object]:
    """The names and members in a target, without its defaults and computed keys."""
    stack = [pattern]
    while stack:
        at = stack.pop()
        match syntax.kind(at):
            case "ArrayPattern":
                stack.extend(syntax.children(at, "elements"))
            case "ObjectPattern":
                stack.extend(syntax.children(at, "properties"))
            case "Property":
                stack.append(syntax.child(at, "value"))
            case "AssignmentPattern":
                stack.append(syntax.child(at, "left"))
            case "RestElement":
                stack.append(syntax.child(at, "argument"))
            case _ if at is not None:
                yield at


# Writes: each gives the names written in the node itself, and whether only a part of the name's value is.


def _assigned(target: object | None) -> Iterator[tuple[str, bool]]:
    for leaf in _leaves(target):
        yield from _rooted(leaf, inside=False)


def _rooted(node: object | None, *, inside: bool) -> Iterator[tuple[str, bool]]:
    """The name on which members hang; nothing if they hang on anything else."""
    while True:
        match syntax.kind(node):
            case "MemberExpression":
                node, inside = syntax.child(node, "object"), True
            case "ChainExpression" | "ParenthesizedExpression":
                node = syntax.child(node, "expression")
            case "Identifier":
                yield syntax.text(node, "name"), inside
                return
            case _:
                return


def _by_assignment(node: object) -> Iterator[tuple[str, bool]]:
    return _assigned(syntax.child(node, "left"))


def _by_update(node: object) -> Iterator[tuple[str, bool]]:
    return _assigned(syntax.child(node, "argument"))


def _by_delete(node: object) -> Iterator[tuple[str, bool]]:
    return _assigned(syntax.child(node, "argument")) if syntax.text(node, "operator") == "delete" else iter(())


def _by_loop(node: object) -> Iterator[tuple[str, bool]]:
    left = syntax.child(node, "left")
    return iter(()) if syntax.kind(left) == "VariableDeclaration" else _assigned(left)


def _by_call(node: object) -> Iterator[tuple[str, bool]]:
    """A call of a method that changes its receiver, or of a function that changes its first argument."""
    callee = syntax.child(node, "callee")
    if syntax.kind(callee) != "MemberExpression" or syntax.flag(callee, "computed"):
        return iter(())
    receiver, method = syntax.child(callee, "object"), syntax.text(syntax.child(callee, "property"), "name")
    if f"{syntax.text(receiver, 'name')}.{method}" in MUTATING_FUNCTIONS:
        return _rooted(next(iter(syntax.children(node, "arguments")), None), inside=True)
    is_private = syntax.kind(syntax.child(callee, "property")) == "PrivateIdentifier"
    return _rooted(receiver, inside=True) if method in MUTATING_METHODS and not is_private else iter(())


_WRITES: dict[str, Callable[[object], Iterator[tuple[str, bool]]]] = {
    "AssignmentExpression": _by_assignment,
    "UpdateExpression": _by_update,
    "UnaryExpression": _by_delete,
    "ForInStatement": _by_loop,
    "ForOfStatement": _by_loop,
    "ForAwaitStatement": _by_loop,
    "CallExpression": _by_call,
}
