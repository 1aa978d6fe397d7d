"""Loop statements, with the label they carry."""

from __future__ import annotations

import re
from typing import Protocol

import tree_sitter as ts

from analyzer.flow.tree import Bind, BindKind, Block, Loop, LoopKind, Node
from analyzer.frontends.javascript.blocks import statement_span
from analyzer.frontends.javascript.declarations import declared_kind
from analyzer.frontends.javascript.reader import Reader

_AWAIT = re.compile(r"for(?:\s|/\*.*?\*/|//[^\n]*\n)*+await\b", re.DOTALL)


def _lower_for(reader: Reader, node: ts.Node, depth: int, into: list[Node], label: str | None = None) -> None:
    first, condition, last = (node.child_by_field_name(name) for name in ("initializer", "condition", "increment"))
    before = () if first is None or first.type == "empty_statement" else reader.sequence([first], depth + 1)
    inside = depth + (2 if before else 1)
    is_endless = condition is None or condition.type == "empty_statement"
    test = None if condition is None or is_endless else reader.expression(condition, inside)
    block = node.child_by_field_name("body")
    body = () if block is None else reader.statement(block, inside)
    update = None if last is None else reader.expression(last, inside)
    span = statement_span(reader, node)
    loop = Loop(LoopKind.FOR, None, None, test, body, update, (), label, span)
    into.append(Block((*before, loop), None, span) if before else loop)


def _lower_for_in(reader: Reader, node: ts.Node, depth: int, into: list[Node], label: str | None = None) -> None:
    left, value, operator = (node.child_by_field_name(name) for name in ("left", "value", "operator"))
    kind = LoopKind.FOR_IN
    if operator is None or operator.type == "of":
        # The tree does not always have the word (see ``repair``).
        head = reader.text[node.start_byte : node.start_byte if left is None else left.start_byte]
        kind = LoopKind.FOR_AWAIT if _AWAIT.match(head) else LoopKind.FOR_OF
    bound = BindKind.ASSIGN if node.child_by_field_name("kind") is None else declared_kind(node)
    written = None if left is None else reader.target(left, depth + 2)
    target = None if written is None else Bind(written, None, bound, written.span)
    iterable, span = reader.field(node, "right", depth + 1), statement_span(reader, node)
    block = node.child_by_field_name("body")
    body = () if block is None else reader.statement(block, depth + 1)
    loop = Loop(kind, target, iterable, None, body, None, (), label, span)
    if target is None or value is None:
        into.append(loop)
    else:
        before = Bind(target.target, reader.expression(value, depth + 2), bound, target.span)
        into.append(Block((before, loop), None, span))


def _lower_while(reader: Reader, node: ts.Node, depth: int, into: list[Node], label: str | None = None) -> None:
    condition = node.child_by_field_name("condition")
    test = None if condition is None else reader.expression(reader.grammar.unwrap(condition), depth + 1)
    kind = LoopKind.WHILE if node.type == "while_statement" else LoopKind.DO_WHILE
    block = node.child_by_field_name("body")
    body = () if block is None else reader.statement(block, depth + 1)
    into.append(Loop(kind, None, None, test, body, None, (), label, statement_span(reader, node)))


class LowerLoop(Protocol):
    """Lowers a loop like any statement; takes the label it carries too."""

    def __call__(self, reader: Reader, node: ts.Node, depth: int, into: list[Node], label: str | None = None, /) -> None:
        """Appends the loop; ``label`` None: it carries none."""
        ...


LOOPS: dict[str, LowerLoop] = {
    "for_statement": _lower_for,
    "for_in_statement": _lower_for_in,
    "while_statement": _lower_while,
    "do_statement": _lower_while,
}
"""Loop statements by kind; each takes its label too."""
