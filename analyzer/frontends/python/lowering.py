"""What lowering a function body needs to know, and the step from a node of libcst to its ``_lower_*`` function.

Lowering recurses as deeply as the flow tree is nested, and counts: every function takes the depth of the node it makes,
and beyond ``MAX_DEPTH`` there is an Opaque instead. The tables are handed in, so the modules that fill them need not
import one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar, cast

import libcst as cst

from analyzer.flow.tree import Bind, BindKind, Fields, Ignorance, Items, Member, Name, Node, Opaque, Spread, Write
from analyzer.frontends.python.positions import Positions
from analyzer.frontends.python.syntax import children
from analyzer.source import Span

MAX_DEPTH = 150
"""Deepest nesting of flow nodes in one function body; what lies deeper is an Opaque of reason DEPTH."""

LowerExpression: TypeAlias = Callable[..., Node]
"""Takes the lowering, a node and its depth; gives the one flow node it is."""

LowerSmall: TypeAlias = Callable[..., None]
"""Takes the lowering, a simple statement, its depth, and the list it appends the flow nodes to."""

LowerStatement: TypeAlias = Callable[..., int]
"""Takes the lowering, a statement, its logical line, its depth, and the list; gives the line of what follows it."""

_NodeT = TypeVar("_NodeT", bound=cst.CSTNode)


def expression_of(
    kind: type[_NodeT], lower: Callable[[Lowering, _NodeT, int], Node]
) -> tuple[type[cst.CSTNode], LowerExpression]:
    """A row of a table of expressions; its types agree."""
    return kind, cast(LowerExpression, lower)


def small_of(
    kind: type[_NodeT], lower: Callable[[Lowering, _NodeT, int, list[Node]], None]
) -> tuple[type[cst.CSTNode], LowerSmall]:
    """A row of a table of simple statements; its types agree."""
    return kind, cast(LowerSmall, lower)


def statement_of(
    kind: type[_NodeT], lower: Callable[[Lowering, _NodeT, int, int, list[Node]], int]
) -> tuple[type[cst.CSTNode], LowerStatement]:
    """A row of a table of statements; its types agree."""
    return kind, cast(LowerStatement, lower)


@dataclass(frozen=True, slots=True)
class Tables:
    """The lowering functions by class of libcst node."""

    expressions: Mapping[type[cst.CSTNode], LowerExpression]
    too_deep: Mapping[type[cst.CSTNode], LowerExpression]
    smalls: Mapping[type[cst.CSTNode], LowerSmall]
    statements: Mapping[type[cst.CSTNode], LowerStatement]


@dataclass(slots=True)
class Lowering:
    """The lowering of one function body, or of a module's statements.

    ``outer``: names the function declares ``global`` or ``nonlocal``. ``shapes``: the classes seen so far that declare a
    shape. ``holes``: where a broken statement stood, by the offset of what stands there now.
    """

    text: str
    positions: Positions
    tables: Tables
    holes: Mapping[int, Span]
    shapes: dict[str, Fields] = field(default_factory=dict)
    outer: frozenset[str] = frozenset()
    spans: dict[int, Span] = field(init=False)
    expressions: Mapping[type[cst.CSTNode], LowerExpression] = field(init=False)

    def __post_init__(self) -> None:
        self.spans = self.positions.spans
        self.expressions = self.tables.expressions

    def function(self, outer: frozenset[str]) -> Lowering:
        """The lowering of a function inside this one."""
        return Lowering(self.text, self.positions, self.tables, self.holes, self.shapes, outer)

    def span(self, node: cst.CSTNode) -> Span:
        """Where a node stands; of a kind that libcst gives no place, the place reached."""
        found = self.spans.get(id(node))
        return self.between(self.positions.at, self.positions.at) if found is None else found

    def between(self, start: int, end: int) -> Span:
        """The span from one offset to another."""
        return Span(self.positions.path, start, end)

    def lines(self, first: int, after: int) -> Span:
        """The span of the code in lines, from one to before another."""
        lines = self.positions.lines
        return self.between(lines.starts[first], min(lines.end(max(first, after - 1)), len(self.text)))

    def expression(self, node: cst.CSTNode, depth: int) -> Node:
        """The value a node computes."""
        kind = type(node)
        if depth > MAX_DEPTH:
            return self.tables.too_deep.get(kind, lower_too_deep)(self, node, depth)
        return self.expressions.get(kind, lower_unknown)(self, node, depth)

    def optional(self, node: cst.CSTNode | None, depth: int) -> Node | None:
        """Like ``expression``; None for an absent one."""
        return None if node is None else self.expression(node, depth)

    def target(self, node: cst.CSTNode, depth: int) -> Bind:
        """What binds the names of a target that get their values elsewhere."""
        target = self.expression(node, depth)
        return Bind(target, None, self.kind(target), self.span(node))

    def store(self, node: cst.CSTNode, value: Node, span: Span, depth: int) -> Node:
        """An assignment to a name, a pattern or a member."""
        target = self.expression(node, depth)
        return Write(target, value, span) if type(target) is Member else Bind(target, value, self.kind(target), span)

    def kind(self, target: Node) -> BindKind:
        """How a target binds its names."""
        return BindKind.ASSIGN if self.outer and not self.outer.isdisjoint(bound_names(target)) else BindKind.VAR

    def sequence(self, statements: Iterable[cst.CSTNode], line: int, depth: int) -> tuple[Node, ...]:
        """Statements in order, of which the first stands in a logical line."""
        lowered: list[Node] = []
        for statement in statements:
            line = self.statement(statement, line, depth, lowered)
        return tuple(lowered)

    def statement(self, node: cst.CSTNode, line: int, depth: int, into: list[Node]) -> int:
        """Appends what a statement in a logical line is; gives the line of what follows it."""
        return self.tables.statements.get(type(node), lower_unknown_statement)(self, node, line, depth, into)

    def simple(self, statements: Sequence[cst.CSTNode], depth: int, into: list[Node]) -> None:
        """Simple statements in order, whose positions are known."""
        table = self.tables.smalls
        for statement in statements:
            table.get(type(statement), lower_unknown_small)(self, statement, depth, into)

    def suite(self, suite: cst.BaseSuite, line: int, depth: int) -> tuple[Node, ...]:
        """The statements behind a colon: in lines of their own, or in the line of the head written last."""
        if depth > MAX_DEPTH:
            return (Opaque((), Ignorance.DEPTH, self.lines(line, self.after(line))),)
        if type(suite) is not cst.SimpleStatementSuite:
            return self.sequence(suite.body, line + 1, depth)
        lowered: list[Node] = []
        self.positions.skip(suite.leading_whitespace)
        self.positions.write_all(suite.body)
        self.simple(suite.body, depth, lowered)
        return tuple(lowered)

    def after(self, line: int) -> int:
        """The first line behind what is indented below a line."""
        return self.positions.lines.after[line]


def lower_unknown(low: Lowering, node: cst.CSTNode, depth: int) -> Node:
    """A construct nobody has told us of: the expressions in it, in order."""
    return Opaque(tuple(_parts(low, node, depth + 1)), Ignorance.UNKNOWN_SYNTAX, low.span(node))


def lower_too_deep(low: Lowering, node: cst.CSTNode, depth: int) -> Node:
    """What is nested too deeply to follow."""
    return Opaque((), Ignorance.DEPTH, low.span(node))


def lower_unknown_small(low: Lowering, node: cst.CSTNode, depth: int, into: list[Node]) -> None:
    """A simple statement nobody has told us of."""
    into.append(lower_unknown(low, node, depth))


def lower_unknown_statement(low: Lowering, node: cst.CSTNode, line: int, depth: int, into: list[Node]) -> int:
    """A compound statement nobody has told us of."""
    after = low.after(line)
    into.append(Opaque(tuple(_parts(low, node, depth + 1)), Ignorance.UNKNOWN_SYNTAX, low.lines(line, after)))
    return after


def _parts(low: Lowering, node: cst.CSTNode, depth: int) -> list[Node]:
    found: list[Node] = []
    stack = children(node)[::-1]
    while stack:
        inner = stack.pop()
        if type(inner) in low.expressions:
            found.append(low.expression(inner, depth))
        else:
            stack.extend(reversed(children(inner)))
    return found


def bound_names(target: Node) -> list[str]:
    """The names a target binds, in source order."""
    found: list[str] = []
    stack = [target]
    while stack:
        match stack.pop():
            case Name(name=name):
                found.append(name)
            case Items(elements=elements):
                stack.extend(reversed(elements))
            case Spread(value=inner):
                stack.append(inner)
            case _:
                continue
    return found
