"""Reads JavaScript, JSX, TypeScript and TSX by tree-sitter.

``repair`` makes the text the grammars can read, ``parse`` gives the tree, ``chains`` and ``infix`` put right what
tree-sitter mis-associates, and one small function for each kind of node lowers it.
"""

from __future__ import annotations

from functools import cache, partial

from analyzer.flow.module import Effects, Module
from analyzer.frontends.ecmascript.idioms import INTRINSICS
from analyzer.frontends.javascript import (
    chains,
    classes,
    declarations,
    expressions,
    functions,
    infix,
    jsx,
    modules,
    names,
    patterns,
    statements,
    types,
)
from analyzer.frontends.javascript.effects import effects_of
from analyzer.frontends.javascript.grammar import Grammar, grammar_of
from analyzer.frontends.javascript.marks import comment_ends, marks_of
from analyzer.frontends.javascript.parse import parse
from analyzer.frontends.javascript.reader import (
    CarefulReader,
    Reader,
    Tables,
    by_kind,
    complete,
    lower_error,
    lower_expression_statement,
    lower_unknown,
)
from analyzer.frontends.text import Mark, text_of
from analyzer.source import SourceFile

EXPRESSIONS = {
    **names.EXPRESSIONS,
    **expressions.EXPRESSIONS,
    **patterns.EXPRESSIONS,
    **chains.EXPRESSIONS,
    **infix.EXPRESSIONS,
    **functions.EXPRESSIONS,
    **classes.EXPRESSIONS,
    **declarations.EXPRESSIONS,
    **jsx.EXPRESSIONS,
}
STATEMENTS = {**statements.STATEMENTS, **declarations.STATEMENTS, **modules.STATEMENTS, **types.STATEMENTS}


def read(source: SourceFile) -> Module:
    """The flow tree of a JavaScript or TypeScript file, picked by its suffix. Never raises.

    What does not parse is told in ``problems``, and what could be read around it is in ``body``. Function bodies are
    lowered when they are first asked for.
    """
    grammar = grammar_of(source.path)
    parsed = parse(source, grammar)
    if parsed.tree is None:
        return Module(source, (), parsed.problems, INTRINSICS, _no_effects, text_of(source, _no_marks))
    root = parsed.tree.root_node
    body = _reader(source, grammar, parsed.extended).sequence(root.named_children, 1)
    return Module(
        source,
        body,
        parsed.problems,
        INTRINSICS,
        partial(effects_of, source.text, grammar, root, body),
        text_of(source, partial(marks_of, root)),
    )


def _reader(source: SourceFile, grammar: Grammar, extended: bool) -> Reader:
    ends = comment_ends(source.text)
    if extended or ends:
        return CarefulReader(source.path, source.text, grammar, _tables(grammar), ends)
    return Reader(source.path, source.text, grammar, _tables(grammar))


@cache
def _tables(grammar: Grammar) -> Tables:
    return Tables(
        expressions=complete(grammar, EXPRESSIONS, lower_unknown, lower_error, frozenset()),
        statements=complete(grammar, STATEMENTS, lower_expression_statement, lower_expression_statement, statements.SILENT),
        targets=by_kind(grammar, patterns.TARGETS),
        links=by_kind(grammar, {name: lower for name, (_, lower) in chains.LINKS.items()}),
        heads=by_kind(grammar, {name: field for name, (field, _) in chains.LINKS.items()}),
        prefixes=by_kind(grammar, chains.PREFIXES),
        plain=by_kind(grammar, functions.PLAIN),
        chain=chains.chain,
    )


def _no_effects() -> Effects:
    return Effects(frozenset(), frozenset())


def _no_marks(start: int, end: int) -> tuple[Mark, ...]:
    return ()
