"""A small language of behaviour.

A node earns its place only if the builder or an analysis treats it differently from "run my parts in order".

Rules every frontend keeps:

1. A node runs its children left to right, in the order of its fields, then itself. Nothing is dropped.
2. Every node has a ``span``, which equality ignores.
3. Parentheses, casts, type arguments, ``satisfies``, ``!`` and optional-chaining marks leave no node.
4. What a frontend does not know is ``Opaque`` with the parts it could read. It never raises.
5. No frontend asks what a call means: "is this a step?" is the builder's question.

What else the JavaScript readers agree on:

- The span of what stands in parentheses or under a cast is that of the expression inside. An expression statement is its
  expression, ``;`` and ``debugger`` are nothing, a directive is a Literal. Nothing is written for what only types see.
- ``undefined`` and ``void`` of a constant are Literal undefined. ``x++`` and ``++x`` are both the assignment of
  Operation("+", (x, Literal 1)). ``delete o.x`` is a Write, of anything else Operation("delete").
- ``import(…)`` calls the name ``import``; ``import.meta`` and ``new.target`` are Opaque NO_VALUE. ``#x in o`` is
  Operation("in", (Literal "#x", o)). ``with (o) {…}`` is Opaque(o, Block) of UNKNOWN_SYNTAX.
- JSX is one Opaque NO_VALUE for the outermost element: its parts are the expressions in braces, spreads included, of all
  elements in it in source order; names of elements leave no node.
- A getter or setter of an object literal is Entry(key, Opaque((Function,), NO_VALUE)).
- A static block is a ClassMember of key Literal "static". A constructor's parameter properties are Writes of members of
  ``this`` at the start of its body.
- Nothing is nested deeper than about 150 nodes in one function body; what is deeper is Opaque DEPTH. Of a chain
  ``a.b().c()…`` that is too long the inner part is one Opaque DEPTH of its arguments, in order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar, dataclass_transform

from analyzer.flow.kinds import BindKind as BindKind
from analyzer.flow.kinds import BranchKind as BranchKind
from analyzer.flow.kinds import ExitKind as ExitKind
from analyzer.flow.kinds import Ignorance as Ignorance
from analyzer.flow.kinds import ItemsKind as ItemsKind
from analyzer.flow.kinds import LoopKind as LoopKind
from analyzer.flow.kinds import MemberKind as MemberKind
from analyzer.flow.kinds import ParamKind as ParamKind
from analyzer.flow.kinds import Start as Start
from analyzer.flow.kinds import Undefined as Undefined
from analyzer.records import field, record
from analyzer.source import Span


def _span() -> Span:
    return field(compare=False, repr=False)  # type: ignore[no-any-return]


_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field, _span))
def _node(cls: type[_T]) -> type[_T]:
    """A record of which ``_span`` makes fields without a default."""
    return record(cls)


Constant: TypeAlias = str | int | float | bool | Undefined | None


@_node
class Name:
    """A use of a name. ``this`` and ``super`` are names; Python's ``super()`` is the name ``super``."""

    name: str
    span: Span = _span()


@_node
class Literal:
    """A constant. Numbers are int where they are integral in JavaScript, else float; null and None are None."""

    value: Constant
    span: Span = _span()


@_node
class Template:
    """A template literal or f-string: its cooked text as Literals and its holes as other nodes, in order.

    A template without holes is a Literal. Empty text parts are left out.
    """

    parts: tuple[Node, ...]
    span: Span = _span()


@_node
class Operation:
    """An operator over operands, spelled as in the source; ``,`` yields its last operand.

    Python's ``not``, ``and``/``or`` aside (those are branches), ``!`` and ``not`` are both ``!``;
    ``==``/``===`` keep their spelling. Comparison chains are one node: operators joined by a space.
    A chain of one left-associative arithmetic operator (``a + b + c``, ``60 * 60 * 1000``, parentheses on the left or not)
    is one node with many operands, folded from the left; so is a comma sequence.
    """

    operator: str
    operands: tuple[Node, ...]
    span: Span = _span()


@_node
class Spread:
    """``...x``, ``*x`` or ``**x``: in items, records, arguments; in a pattern the rest."""

    value: Node
    span: Span = _span()


@_node
class Entry:
    """One key and value of a Record. A static key is a Literal string (or number); a computed one any node.

    ``{ x }`` is key "x" and value Name(x). A method is a Function value.
    """

    key: Node
    value: Node
    span: Span = _span()


@_node
class Record:
    """An object literal, dictionary, enum, keyword arguments, or (as a target) an object pattern."""

    entries: tuple[Entry | Spread, ...]
    span: Span = _span()


@_node
class Items:
    """An array, list, tuple or set display, or (as a target) an array pattern. A hole is undefined."""

    elements: tuple[Node, ...]
    kind: ItemsKind
    span: Span = _span()


@_node
class Default:
    """In a pattern: the target, and the value that stands in when there is none."""

    target: Node
    value: Node
    span: Span = _span()


@_node
class Member:
    """``object.name`` (key a Literal string, ``subscript`` false) or ``object[key]``. ``#x`` keeps its mark.

    ``key.span`` is the name's token: what the engine reports as the place of a call.
    """

    object: Node
    key: Node
    subscript: bool
    span: Span = _span()


@_node
class Call:
    """A call; ``new X(…)`` and ``new X`` have ``is_new``. Keyword arguments stand in ``keywords``.

    A tagged template is a call of the tag with the one argument Template or Literal.
    """

    callee: Node
    args: tuple[Node, ...]
    keywords: Record | None
    is_new: bool
    span: Span = _span()


@_node
class Await:
    """Waits for a promise or awaitable and yields its value."""

    value: Node
    span: Span = _span()


@_node
class Yield:
    """Hands a value to whoever iterates; ``delegate`` for ``yield*`` and ``yield from``."""

    value: Node | None
    delegate: bool
    span: Span = _span()


@_node
class Bind:
    """Binds names: target is Name, Items, Record, Default or (in an ASSIGN) a Member inside a pattern.

    ``value`` None: declared without a value (``let x;``). The value runs first. Yields the value.
    ``x += v`` on a name is an ASSIGN (Python: VAR) of Operation("+", (x, v)).
    """

    target: Node
    value: Node | None
    kind: BindKind
    span: Span = _span()


@_node
class Write:
    """Writes a member or element: ``o.x = v``, ``o[k] += v`` (value is the Operation), ``delete o.x`` (value None).

    A target runs once: where ``+=``, ``++`` and their like read it too, what is neither name, literal nor member in it is
    Opaque NO_VALUE without parts (``o[f()] += v`` is o[f()] = o[?] + v; in ``o[f()] ??= v`` the Write's target is o[?]).
    Python's ``del x`` on a name is a Write of the Name with value None.
    """

    target: Node
    value: Node | None
    span: Span = _span()


@_node
class Arm:
    """One way through a branch. ``test`` None: else, default, ``case _``.

    ``condition`` is the span whose text names the arm (the test's; a match case's pattern with guard), or None.
    A match case's test is an Opaque of the pattern's and guard's expressions, and its captures are the first
    binds of the body. The span of an arm of ``?:``, ``&&``, ``||``, ``??`` is its expression's.
    """

    test: Node | None
    body: tuple[Node, ...]
    condition: Span | None = field(compare=False, repr=False)
    span: Span = _span()


@_node
class Branch:
    """A choice.

    IF: ``subject`` None, one arm for each ``if``/``else if``/``elif``, a last arm with test None for ``else``.
    TERNARY: two arms whose bodies are one expression each. AND, OR, NULLISH: subject is the left side, one arm with
    test None and the right side as body; ``x &&= v`` is AND of x and the ASSIGN. SWITCH: every case an arm, in order;
    one that does not end in an Exit falls through. MATCH: every case an arm; none falls through.
    A switch's body shares one block scope; any other arm has its own.
    """

    kind: BranchKind
    subject: Node | None
    arms: tuple[Arm, ...]
    span: Span = _span()


@_node
class Loop:
    """A loop. ``iterable`` runs once before; ``target`` is bound from it each turn, by a Bind without value.

    The initialiser of a ``for(;;)`` stands before the loop, both in a Block. ``test`` None: endless, or governed by
    ``iterable``. ``orelse`` is Python's else. Each turn is a block scope. A comprehension's ``if`` is a Branch in its body.
    Without an initialiser there is no such Block. ``for (x of xs)`` binds by ASSIGN, ``for (o.x of xs)`` too.
    """

    kind: LoopKind
    target: Bind | None
    iterable: Node | None
    test: Node | None
    body: tuple[Node, ...]
    update: Node | None
    orelse: tuple[Node, ...]
    label: str | None
    span: Span = _span()


@_node
class Block:
    """A sequence with a scope of its own, and a label if ``break label`` can leave it. A Python frontend writes none.

    A label of a loop is the loop's; of any other statement it makes a Block, of a block it is the block's own.
    """

    body: tuple[Node, ...]
    label: str | None
    span: Span = _span()


@_node
class Handler:
    """One catch clause or except clause: ``test`` is the exception type (None: any), ``target`` its name."""

    test: Node | None
    target: Bind | None
    body: tuple[Node, ...]
    condition: Span | None = field(compare=False, repr=False)
    span: Span = _span()


@_node
class Try:
    """``try`` with its handlers, Python's ``else`` and ``finally`` (None: absent)."""

    body: tuple[Node, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Node, ...]
    final: tuple[Node, ...] | None
    span: Span = _span()


@_node
class With:
    """Python's ``with``, one node an item: the context, its target, and a body that may hold the next item's With."""

    context: Node
    target: Bind | None
    body: tuple[Node, ...]
    is_async: bool
    span: Span = _span()


@_node
class Exit:
    """Leaves: break and continue with their label, return and throw with their value.

    ``x => e`` has the body ``(Exit(RETURN, e),)``. Python's ``assert`` is an IF whose arm throws.
    """

    kind: ExitKind
    value: Node | None
    label: str | None
    span: Span = _span()


@_node
class Fields:
    """A declared shape with fields: type literal, interface, TypedDict. Optional fields are fields."""

    fields: tuple[tuple[str, Shape], ...]


@_node
class TypeName:
    """A declared shape by name, with its type arguments."""

    name: str
    args: tuple[Shape, ...]


@_node
class AnyShape:
    """A declared type that says nothing about fields."""


Shape: TypeAlias = Fields | TypeName | AnyShape


@_node
class TypeDeclaration:
    """Declares a shape under a name: type alias, interface, TypedDict class."""

    name: str
    params: tuple[str, ...]
    shape: Shape
    span: Span = _span()


@_node
class Param:
    """One parameter: its target pattern, default, kind and declared shape."""

    target: Node
    default: Node | None
    kind: ParamKind
    shape: Shape | None = field(compare=False, default=None)
    span: Span = field(compare=False, repr=False, default=Span("", 0, 0))


class Body:
    """The statements of a function, lowered by the frontend's thunk on first use. Compared by its result.

    ``returned``: what it returns, where the frontend sees without lowering it that it does no more: a name, or the empty text
    for a constant or nothing.
    """

    __slots__ = ("_nodes", "_thunk", "returned")

    def __init__(self, thunk: Callable[[], tuple[Node, ...]], returned: str | None = None) -> None:
        self.returned = returned
        self._thunk: Callable[[], tuple[Node, ...]] | None = thunk
        self._nodes: tuple[Node, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The statements, lowered now if they were not."""
        if self._thunk is not None:
            thunk, self._thunk = self._thunk, None
            self._nodes = thunk()
        return self._nodes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Body) and self.nodes == other.nodes

    def __hash__(self) -> int:
        return hash(self.nodes)

    def __repr__(self) -> str:
        return f"Body({self.nodes!r})"


@_node
class Function:
    """A function value. A declaration is a Bind of it (HOISTED in JavaScript, VAR in Python).

    ``name`` is the one written at it (declaration, named expression, method, Python def), else None.
    ``receiver`` is the name under which the object of a method call is bound: ``this`` for every JavaScript function but
    arrows, the first parameter of a Python method (which is then no parameter), None for arrows, lambdas and plain defs.
    """

    name: str | None
    params: tuple[Param, ...]
    body: Body
    start: Start
    is_async: bool
    receiver: str | None
    decorators: tuple[Node, ...]
    span: Span = _span()


@_node
class ClassMember:
    """A member: key as in Entry, value a Function for methods and accessors, any node (or None) for a field."""

    key: Node
    value: Node | None
    kind: MemberKind
    is_static: bool
    decorators: tuple[Node, ...]
    span: Span = _span()


@_node
class Class:
    """A class value; a declaration is a CONST Bind of it (Python: VAR). ``shapes``: type arguments of the first base.

    Decorators of a method stand at its ClassMember, not at its Function. ``abstract``: no object can be made of it.
    """

    name: str | None
    bases: tuple[Node, ...]
    members: tuple[ClassMember, ...]
    decorators: tuple[Node, ...]
    shapes: tuple[Shape, ...] = field(compare=False, default=())
    span: Span = field(compare=False, repr=False, default=Span("", 0, 0))
    abstract: bool = False


@_node
class Import:
    """One imported binding.

    ``name`` is the export asked for: a name, ``default``, or ``*`` for the module itself; ``local`` what it is called
    here (None: for side effects; ``*`` as local too: Python's star import). Python: ``import a.b`` binds ``a``: specifier
    "a", name ``*``, local "a"; ``import a.b as c``: specifier "a.b"; relative imports keep their dots.
    Type-only imports are not written (except that ``type_only`` ones are kept for shapes).
    ``import "m"`` has the name ``*`` and local None; ``import x = require("m")`` the name ``*``.
    """

    specifier: str
    name: str
    local: str | None
    type_only: bool
    span: Span = _span()


@_node
class Export:
    """One exported name. ``local`` is a name of this module, or, with a ``specifier``, of that one (``*`` for all).

    ``export default <expression>`` binds the name ``*default*`` (CONST) and exports it as ``default``; so does a function or
    class without a name; one with a name is declared under it and that is exported. ``export const {a, b: c} = o`` is the
    Bind, then an Export for each name. ``export * from`` is name ``*`` and local ``*``; ``export * as ns from`` name "ns"
    and local ``*``. Exported types: interfaces and aliases have an Export, ``export type {…}`` leaves nothing.
    ``export = x`` is the Write ``module.exports = x``.
    """

    name: str
    local: str
    specifier: str | None
    span: Span = _span()


@_node
class Opaque:
    """Something that runs its parts and yields an unknown value."""

    parts: tuple[Node, ...]
    reason: Ignorance
    span: Span = _span()


Node: TypeAlias = (
    Name
    | Literal
    | Template
    | Operation
    | Spread
    | Record
    | Items
    | Default
    | Member
    | Call
    | Await
    | Yield
    | Bind
    | Write
    | Branch
    | Loop
    | Block
    | Try
    | With
    | Exit
    | Function
    | Class
    | Import
    | Export
    | TypeDeclaration
    | Opaque
)
