"""Where nodes stand: found by having libcst write them out again, piece by piece, and counting characters.

A piece is a simple statement or the head of a compound one; it begins where its logical line does. So only what is
lowered is written out, and a mistake in counting would not outlive a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TypeAlias

import libcst as cst
from libcst._nodes.internal import CodegenState

from analyzer.frontends.python.lines import Lines
from analyzer.source import Span

Headed: TypeAlias = (
    cst.FunctionDef
    | cst.ClassDef
    | cst.If
    | cst.Else
    | cst.For
    | cst.While
    | cst.With
    | cst.Try
    | cst.TryStar
    | cst.ExceptHandler
    | cst.ExceptStarHandler
    | cst.Finally
    | cst.Match
    | cst.MatchCase
)
"""What has a head, up to its colon, and statements behind it."""

_new_span = tuple.__new__


class _Reached(Exception):  # noqa: N818 - a signal, not an error
    """The end of a head."""


class Positions(CodegenState):
    """The spans of a file's nodes, as far as asked for: those of libcst's own PositionProvider.

    It takes the place of the list of tokens that libcst writes to. ``at`` is the offset reached. The spans go by ``id``,
    since hashing a node of libcst costs a call: the tree must outlive them.
    """

    def __init__(self, path: str, lines: Lines, newline: str) -> None:
        super().__init__("", newline)
        self.path, self.lines = path, lines
        self.spans: dict[int, Span] = {}
        self.at = 0
        self.margin = 0
        self.stop: cst.CSTNode | None = None
        self.open: list[tuple[cst.CSTNode, int, cst.CSTNode | None]] = []

    def simple(self, statements: Sequence[cst.BaseSmallStatement], line: int) -> None:
        """Finds the nodes of the simple statements of a line."""
        self._begin(line)
        for statement in statements:
            statement._codegen(self)

    def head(self, node: Headed, first: cst.CSTNode, line: int, *, is_elif: bool = False) -> int:
        """Finds the nodes in the head of a compound statement or clause, decorators included.

        ``first`` is the node right behind its colon; ``is_elif``: of an If, that it is one. Yields the offset behind the colon.
        """
        self._begin(line)
        if node.leading_lines:
            for blank in node.leading_lines:
                blank._codegen(self)
            self.at = 2 * self.lines.starts[line] - self.at
        self.at -= self.margin
        self.stop = first
        try:
            node._codegen(self, **({"is_elif": True} if is_elif else {}))
        except _Reached:
            pass
        finally:
            self.stop = None
        return self.at

    def suite(self, suite: cst.SimpleStatementSuite) -> None:
        """Finds the nodes of simple statements that stand behind the colon of a head, right after finding those of the head."""
        suite._codegen(self)

    def width(self, node: cst.CSTNode) -> int:
        """How many characters a node takes, white space that is its own included."""
        kept = self.at, self.spans
        self.at, self.spans = 0, {}
        node._codegen(self)
        width = self.at
        self.at, self.spans = kept
        return width

    def _begin(self, line: int) -> None:
        self.at = self.lines.starts[line]
        self.margin = self.lines.margins[line]
        self.open.clear()

    # What libcst calls while it writes.

    def add_indent_tokens(self) -> None:
        """Counts the indentation of a line inside a piece."""
        self.at += self.margin

    def add_token(self, value: str) -> None:
        """Counts a token."""
        self.at += len(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        """Stops behind the head of a compound statement."""
        if node is self.stop:
            raise _Reached

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
