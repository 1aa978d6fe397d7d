"""Where nodes stand: found by writing them out again, piece by piece, and counting characters.

A piece is a simple statement or the head of a compound one; it begins where its logical line does. So only what is
lowered is written out, and a mistake in counting would not outlive a line.

libcst writes the nodes; those there are most of are written here by their parts, which takes a third of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import TypeVar, cast

import libcst as cst
from libcst._nodes.internal import CodegenState

from analyzer.frontends.python.lines import Lines
from analyzer.source import Span

_new_span = tuple.__new__


class Positions(CodegenState):
    """The spans of a file's nodes, as far as they were written: those of libcst's own PositionProvider.

    It takes the place of the list of tokens that libcst writes to. ``at`` is the offset reached. The spans go by ``id``,
    since hashing a node of libcst costs a call: the tree must outlive them.
    """

    def __init__(self, path: str, lines: Lines, newline: str) -> None:
        super().__init__("", newline)
        self.path, self.lines = path, lines
        self.spans: dict[int, Span] = {}
        self.at = 0
        self.margin = 0
        self.open: list[tuple[cst.CSTNode, int, cst.CSTNode | None]] = []

    def begin(self, line: int, skipped: int = 0) -> None:
        """Goes to the first token of a logical line, or some characters behind it."""
        self.at = self.lines.starts[line] + skipped
        self.margin = self.lines.margins[line]
        self.open.clear()

    def write(self, node: cst.CSTNode | None) -> None:
        """Writes a node, if there is one, at the offset reached."""
        if node is not None:
            write = _WRITERS.get(type(node))
            if write is None:
                node._codegen(self)
            else:
                write(self, node)

    def write_all(self, nodes: Iterable[cst.CSTNode]) -> None:
        """Writes nodes one behind the other."""
        for node in nodes:
            self.write(node)

    def skip(self, space: cst.CSTNode | cst.MaybeSentinel | None) -> None:
        """Goes on behind white space or punctuation, if there is any."""
        if type(space) is cst.SimpleWhitespace:
            self.at += len(space.value)
        elif space is not None and space is not cst.MaybeSentinel.DEFAULT:
            space._codegen(self)

    def end(self, node: cst.CSTNode, start: int) -> None:
        """Ends the span of a node at the offset reached."""
        self.spans[id(node)] = _new_span(Span, (self.path, start, self.at))

    def width(self, nodes: Sequence[cst.CSTNode]) -> int:
        """How many characters nodes take, white space that is their own included."""
        kept = self.at, self.spans
        self.at, self.spans = 0, {}
        for node in nodes:
            node._codegen(self)
        width = self.at
        self.at, self.spans = kept
        return width

    # What libcst calls while it writes.

    def add_indent_tokens(self) -> None:
        """Counts the indentation of a line inside a piece."""
        self.at += self.margin

    def add_token(self, value: str) -> None:
        """Counts a token."""
        self.at += len(value)

    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Positions:
        """Begins the span of a node; as a context manager this object ends it."""
        self.open.append((node, self.at, end_node))
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        node, start, end_node = self.open.pop()
        if kind is None:
            last = None if end_node is None else self.spans.get(id(end_node))
            self.spans[id(node)] = _new_span(Span, (self.path, start, self.at if last is None else last.end))


# The nodes there are most of. Those in parentheses are left to libcst.


def _write_token(at: Positions, node: cst.Name | cst.SimpleString | cst.Integer) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.at += len(node.value)
    at.end(node, start)


def _write_attribute(at: Positions, node: cst.Attribute) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.write(node.value)
    at.skip(node.dot.whitespace_before)
    at.at += 1
    at.skip(node.dot.whitespace_after)
    at.write(node.attr)
    at.end(node, start)


def _write_call(at: Positions, node: cst.Call) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.write(node.func)
    at.skip(node.whitespace_after_func)
    at.at += 1
    at.skip(node.whitespace_before_args)
    for arg in node.args:
        _write_arg(at, arg)
    at.at += 1
    at.end(node, start)


def _write_arg(at: Positions, node: cst.Arg) -> None:
    start = at.at
    if node.star:
        at.at += len(node.star)
        at.skip(node.whitespace_after_star)
    if node.keyword is not None:
        at.write(node.keyword)
        at.skip(node.equal)
    at.write(node.value)
    at.end(node, start)
    at.skip(node.comma)
    at.skip(node.whitespace_after_arg)


def _write_await(at: Positions, node: cst.Await) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.at += len("await")
    at.skip(node.whitespace_after_await)
    at.write(node.expression)
    at.end(node, start)


def _write_subscript(at: Positions, node: cst.Subscript) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.write(node.value)
    at.skip(node.whitespace_after_value)
    at.at += 1
    at.skip(node.lbracket.whitespace_after)
    at.write_all(node.slice)
    at.skip(node.rbracket.whitespace_before)
    at.at += 1
    at.end(node, start)


def _write_subscript_element(at: Positions, node: cst.SubscriptElement) -> None:
    start = at.at
    if type(node.slice) is cst.Index and node.slice.star is None:
        at.write(node.slice.value)
    else:
        node.slice._codegen(at)
    at.end(node, start)
    at.skip(node.comma)


def _write_dict(at: Positions, node: cst.Dict) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.at += 1
    at.skip(node.lbrace.whitespace_after)
    at.write_all(node.elements)
    at.skip(node.rbrace.whitespace_before)
    at.at += 1
    at.end(node, start)


def _write_dict_element(at: Positions, node: cst.DictElement) -> None:
    start = at.at
    at.write(node.key)
    at.skip(node.whitespace_before_colon)
    at.at += 1
    at.skip(node.whitespace_after_colon)
    at.write(node.value)
    at.end(node, start)
    at.skip(node.comma)


def _write_list(at: Positions, node: cst.List) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.at += 1
    at.skip(node.lbracket.whitespace_after)
    at.write_all(node.elements)
    at.skip(node.rbracket.whitespace_before)
    at.at += 1
    at.end(node, start)


def _write_element(at: Positions, node: cst.Element) -> None:
    start = at.at
    at.write(node.value)
    at.end(node, start)
    at.skip(node.comma)


def _write_comparison(at: Positions, node: cst.Comparison) -> None:
    if node.lpar:
        return node._codegen(at)
    start = at.at
    at.write(node.left)
    for target in node.comparisons:
        at.skip(target.operator)
        at.write(target.comparator)
    at.end(node, start)


def _write_expression(at: Positions, node: cst.Expr) -> None:
    start = at.at
    at.write(node.value)
    at.end(node, start)
    at.skip(node.semicolon)


def _write_return(at: Positions, node: cst.Return) -> None:
    start = at.at
    at.at += len("return")
    at.skip(node.whitespace_after_return)
    at.write(node.value)
    at.end(node, start)
    at.skip(node.semicolon)


def _write_assign(at: Positions, node: cst.Assign) -> None:
    start = at.at
    at.write_all(node.targets)
    at.write(node.value)
    at.end(node, start)
    at.skip(node.semicolon)


def _write_assign_target(at: Positions, node: cst.AssignTarget) -> None:
    start = at.at
    at.write(node.target)
    at.end(node, start)
    at.skip(node.whitespace_before_equal)
    at.at += 1
    at.skip(node.whitespace_after_equal)


_NodeT = TypeVar("_NodeT", bound=cst.CSTNode)
_Write = Callable[[Positions, cst.CSTNode], None]


def _written(kind: type[_NodeT], write: Callable[[Positions, _NodeT], None]) -> tuple[type[cst.CSTNode], _Write]:
    """A row of the table; its types agree."""
    return kind, cast(_Write, write)


_WRITERS: Mapping[type[cst.CSTNode], _Write] = dict(
    (
        _written(cst.Name, _write_token),
        _written(cst.SimpleString, _write_token),
        _written(cst.Integer, _write_token),
        _written(cst.Attribute, _write_attribute),
        _written(cst.Call, _write_call),
        _written(cst.Arg, _write_arg),
        _written(cst.Await, _write_await),
        _written(cst.Subscript, _write_subscript),
        _written(cst.SubscriptElement, _write_subscript_element),
        _written(cst.Dict, _write_dict),
        _written(cst.DictElement, _write_dict_element),
        _written(cst.List, _write_list),
        _written(cst.Element, _write_element),
        _written(cst.Comparison, _write_comparison),
        _written(cst.Expr, _write_expression),
        _written(cst.Return, _write_return),
        _written(cst.Assign, _write_assign),
        _written(cst.AssignTarget, _write_assign_target),
    )
)
