"""Reads Python by libcst.

``scanner`` finds the logical lines, ``parse`` has libcst read them and repairs what it refuses, ``positions`` tells where
its nodes stand, and one small function for each class of node lowers it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from analyzer.flow.module import Module
from analyzer.flow.tree import Ignorance, Node, Opaque
from analyzer.frontends.python import (
    classes,
    comprehensions,
    expressions,
    functions,
    imports,
    literals,
    matching,
    simple,
    statements,
)
from analyzer.frontends.python.deep import with_enough_stack
from analyzer.frontends.python.effects import effects_of
from analyzer.frontends.python.idioms import INTRINSICS
from analyzer.frontends.python.lowering import Lowering, Tables
from analyzer.frontends.python.parse import Parsed, Piece, parse
from analyzer.frontends.python.positions import Positions
from analyzer.frontends.python.scanner import marks_of
from analyzer.frontends.text import text_of
from analyzer.source import SourceFile, Span

TABLES = Tables(
    {**literals.EXPRESSIONS, **expressions.EXPRESSIONS, **comprehensions.EXPRESSIONS, **functions.EXPRESSIONS},
    {**literals.LEAVES, **expressions.TOO_DEEP},
    {**simple.SMALLS, **imports.SMALLS},
    {**statements.STATEMENTS, **matching.STATEMENTS, **functions.STATEMENTS, **classes.STATEMENTS},
)


def read(source: SourceFile) -> Module:
    """The flow tree of a Python file. Never raises.

    What does not parse is told in ``problems``, and what could be read around it is in ``body``. Function bodies are
    lowered when they are first asked for.
    """
    parsed = parse(source)
    body = with_enough_stack(partial(_lower, source, parsed))
    statements = [statement for piece in parsed.pieces if type(piece) is Piece for statement in piece.statements]
    return Module(
        source,
        body,
        tuple(parsed.problems),
        INTRINSICS,
        partial(effects_of, statements),
        text_of(source, partial(marks_of, source.text)),
    )


def _lower(source: SourceFile, parsed: Parsed) -> tuple[Node, ...]:
    lowered: list[Node] = []
    for piece in parsed.pieces:
        lowered.extend(_piece(source, parsed, piece))
    return tuple(lowered)


def _piece(source: SourceFile, parsed: Parsed, piece: Piece | Span) -> Iterable[Node]:
    if isinstance(piece, Span):
        return (Opaque((), Ignorance.SYNTAX_ERROR, piece),)
    positions = Positions(source.path, parsed.lines, piece.newline)
    return Lowering(source.text, positions, TABLES, parsed.holes).sequence(piece.statements, piece.line, 1)
