"""What every lowering function is given: the text, the grammar, and the tables that pick a function for a kind of node.

Lowering recurses as deeply as the flow tree is nested, and counts: every function takes the depth of the node it makes,
and beyond ``MAX_DEPTH`` the reader gives an Opaque instead of going on. A unit of depth costs at most four frames of
Python's stack (what takes more counts twice), so lowering a body never needs more than about 600.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import NamedTuple, TypeAlias, TypeVar

import tree_sitter as ts

from analyzer.flow.tree import Block, Ignorance, Node, Opaque
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.javascript.grammar import ERROR_KIND, Grammar
from analyzer.records import record
from analyzer.source import Span

LowerExpression: TypeAlias = Callable[["Reader", ts.Node, int], Node]
"""Takes a node and its depth; gives the one flow node it is."""

LowerStatement: TypeAlias = Callable[["Reader", ts.Node, int, list[Node]], None]
"""Takes a node and its depth; appends the flow nodes it is, none or several."""

LowerLink: TypeAlias = Callable[["Reader", ts.Node, Node, int, int], Node]
"""Takes a link of a postfix chain, the value it hangs on, the offset at which the chain starts, and its depth."""

LowerOperand: TypeAlias = Callable[["Reader", "Operand", int], Node]
"""Takes an operand and its depth."""

_T = TypeVar("_T")
new_span = tuple.__new__
"""Makes a Span of a class and a tuple of three: twice as fast as ``Span(…)``, and spans are half of what is made."""


LAST = "last"
"""In place of a field's name: the last child."""


class Plain(Enum):
    """What an expression is that runs nothing: a name, a constant, or a number, which is no constant if it is a BigInt."""

    NAME = auto()
    CONSTANT = auto()
    NUMBER = auto()


class Operand(NamedTuple):
    """A node, the links of a chain that hang on it (outermost first), and where they end."""

    node: ts.Node
    links: list[ts.Node]
    end: int


@record
class Tables:
    """The lowering functions of one grammar, by kind of node; comments and what leaves nothing are missing."""

    expressions: Mapping[int, LowerExpression]
    statements: Mapping[int, LowerStatement]
    targets: Mapping[int, LowerExpression]
    links: Mapping[int, LowerLink]
    heads: Mapping[int, str]
    prefixes: Mapping[int, str]
    plain: Mapping[int, Plain]
    chain: LowerOperand


class Reader:
    """Lowers the nodes of one file. ``text`` is the source, of which node offsets are code points."""

    __slots__ = (
        "expressions",
        "grammar",
        "heads",
        "links",
        "lower_chain",
        "misread",
        "path",
        "plain",
        "prefixes",
        "statements",
        "targets",
        "text",
    )

    def __init__(self, path: str, text: str, grammar: Grammar, tables: Tables) -> None:
        self.path, self.text, self.grammar = path, text, grammar
        self.expressions, self.statements, self.targets = tables.expressions, tables.statements, tables.targets
        self.links, self.heads, self.prefixes = tables.links, tables.heads, tables.prefixes
        self.lower_chain, self.plain = tables.chain, tables.plain
        self.misread = grammar.casts | {grammar.binary} | tables.prefixes.keys()

    def span(self, node: ts.Node) -> Span:
        """Where a node stands."""
        return new_span(Span, (self.path, node.start_byte, node.end_byte))

    def end(self, node: ts.Node) -> int:
        """Where a node ends."""
        return node.end_byte

    def between(self, start: int, end: int) -> Span:
        """The span from one offset to another."""
        return new_span(Span, (self.path, start, end))

    def slice(self, node: ts.Node) -> str:
        """The text of a node."""
        return self.text[node.start_byte : node.end_byte]

    def expression(self, node: ts.Node, depth: int) -> Node:
        """An expression, or any node where an expression should be."""
        if depth > MAX_DEPTH:
            return Opaque((), Ignorance.DEPTH, self.span(node))
        return self.expressions[node.kind_id](self, node, depth)

    def field(self, node: ts.Node, name: str, depth: int) -> Node:
        """The expression in a field of a node."""
        child = node.child_by_field_name(name)
        return self.missing(node) if child is None else self.expression(child, depth)

    def operand(self, node: ts.Node, depth: int) -> Node:
        """The one expression in a node."""
        child = self.grammar.only(node)
        return self.missing(node) if child is None else self.expression(child, depth)

    def operands(self, node: ts.Node, depth: int) -> tuple[Node, ...]:
        """All expressions in a node, in order."""
        if depth > MAX_DEPTH:
            return (Opaque((), Ignorance.DEPTH, self.span(node)),)
        table = self.expressions
        lowered: list[Node] = []
        for child in node.named_children:
            kind = child.kind_id
            if kind in table:
                lowered.append(table[kind](self, child, depth))
        return tuple(lowered)

    def chain(self, operand: Operand, depth: int) -> Node:
        """A node with links of a chain that hang on it."""
        return self.lower_chain(self, operand, depth)

    def target(self, node: ts.Node, depth: int) -> Node:
        """What is assigned or bound: a name, a member or a pattern."""
        lower = self.targets.get(node.kind_id)
        if lower is None or depth > MAX_DEPTH:
            return self.expression(node, depth)
        return lower(self, node, depth)

    def statement(self, node: ts.Node, depth: int) -> tuple[Node, ...]:
        """A statement as a body: a block is its statements, anything else itself."""
        if node.kind_id == self.grammar.block:
            return self.sequence(node.named_children, depth)
        lowered = self.sequence([node], depth)
        # Only a block that tree-sitter took for an object is an expression statement and a Block.
        if node.type == "expression_statement" and len(lowered) == 1 and type(lowered[0]) is Block:
            return lowered[0].body
        return lowered

    def sequence(self, nodes: list[ts.Node], depth: int) -> tuple[Node, ...]:
        """Statements, in order."""
        table = self.statements
        lowered: list[Node] = []
        if depth > MAX_DEPTH and nodes:
            return (Opaque((), Ignorance.DEPTH, self.between(nodes[0].start_byte, nodes[-1].end_byte)),)
        for node in nodes:
            kind = node.kind_id
            if kind in table:
                table[kind](self, node, depth, lowered)
        return tuple(lowered)

    def missing(self, node: ts.Node) -> Opaque:
        """Stands for a part that a broken node lacks."""
        return Opaque((), Ignorance.SYNTAX_ERROR, self.span(node))


class CarefulReader(Reader):
    """Lowers a text in which nodes may end too late: behind a comment that follows them, or behind the text.

    tree-sitter counts a comment to the block before it; a text whose brackets were closed has nodes beyond its end.
    """

    __slots__ = ("comment_ends",)

    def __init__(self, path: str, text: str, grammar: Grammar, tables: Tables, comment_ends: frozenset[int]) -> None:
        super().__init__(path, text, grammar, tables)
        self.comment_ends = comment_ends

    def span(self, node: ts.Node) -> Span:
        """Where a node stands, without comments behind it."""
        return self.between(node.start_byte, self.end(node))

    def between(self, start: int, end: int) -> Span:
        """The span from one offset to another, as far as the text goes."""
        limit = len(self.text)
        return new_span(Span, (self.path, start, end) if end <= limit else (self.path, min(start, limit), limit))

    def end(self, node: ts.Node) -> int:
        """Where a node ends, without comments behind it."""
        end = node.end_byte
        if end not in self.comment_ends:
            return end
        while node.child_count:
            inner = [child for child in node.children if child.kind_id not in self.grammar.comments]
            if not inner:
                break
            node = inner[-1]
        return node.end_byte


def operand_of(reader: Reader, node: ts.Node, field: str) -> ts.Node | None:
    """The child in a field of a node; its one child if the field has no name, its last one if it is LAST."""
    if field == LAST:
        return next((child for child in reversed(node.named_children) if child.kind_id not in reader.grammar.comments), None)
    return node.child_by_field_name(field) if field else reader.grammar.only(node)


def lower_error(reader: Reader, node: ts.Node, depth: int) -> Node:
    """A piece that does not parse: what could be read in it, in order."""
    parts = reader.sequence([child for child in node.named_children if child.named_child_count], depth + 2)
    return Opaque(parts, Ignorance.SYNTAX_ERROR, reader.span(node))


def lower_unknown(reader: Reader, node: ts.Node, depth: int) -> Node:
    """A construct nobody has told us of."""
    return Opaque(reader.operands(node, depth + 1), Ignorance.UNKNOWN_SYNTAX, reader.span(node))


def lower_expression_statement(reader: Reader, node: ts.Node, depth: int, into: list[Node]) -> None:
    """Any kind of node that is no statement, where a statement may stand."""
    into.append(reader.expression(node, depth))


def by_kind(grammar: Grammar, named: Mapping[str, _T]) -> dict[int, _T]:
    """A table by kind from one by the names of kinds; names this grammar does not have are left out."""
    return {kind: value for name, value in named.items() for kind in grammar.kinds(name)}


def complete(grammar: Grammar, named: Mapping[str, _T], unknown: _T, error: _T, silent: frozenset[str]) -> dict[int, _T]:
    """A table of every kind: those not named are ``unknown``, comments and ``silent`` ones are missing."""
    language = grammar.language
    table = dict.fromkeys(range(language.node_kind_count), unknown) | by_kind(grammar, named)
    table[ERROR_KIND] = error
    for kind in grammar.comments:
        table.pop(kind, None)
    for name in silent:
        for kind in grammar.kinds(name):
            table.pop(kind, None)
    return table
