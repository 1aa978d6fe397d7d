"""Reads JavaScript and JSX through esprima's ESTree: the second way in, and the judge of the first."""

from __future__ import annotations

from functools import partial

from analyzer.flow.module import Module
from analyzer.frontends.ecmascript.idioms import INTRINSICS
from analyzer.frontends.estree import (
    chains,
    declarations,
    expressions,
    functions,
    jsx,
    literals,
    modules,
    patterns,
    statements,
    syntax,
)
from analyzer.frontends.estree.effects import effects_of
from analyzer.frontends.estree.lowering import Lowering
from analyzer.frontends.estree.marks import marks_of
from analyzer.frontends.estree.parse import parse
from analyzer.frontends.text import text_of
from analyzer.source import SourceFile

EXPRESSIONS = {
    **literals.TABLE,
    **patterns.TABLE,
    **functions.TABLE,
    **expressions.TABLE,
    **chains.TABLE,
    **jsx.TABLE,
    **declarations.EXPRESSIONS,
}
STATEMENTS = {**statements.TABLE, **declarations.STATEMENTS, **modules.TABLE}


def read(source: SourceFile) -> Module:
    """The flow tree of a JavaScript or JSX file. Raises MissingExtraError if there is no esprima that reads ES2022.

    What does not parse becomes Problems, and a body that holds what could be read (often nothing).
    """
    parsed = parse(source)
    lowering = Lowering(source.path, source.text, parsed.to_code_points, EXPRESSIONS, STATEMENTS)
    body = lowering.sequence(syntax.children(parsed.program, "body"), 1)
    return Module(
        source,
        body,
        parsed.problems,
        INTRINSICS,
        partial(effects_of, parsed.program, body),
        text_of(source, partial(marks_of, source.text, parsed.program, lowering)),
    )
