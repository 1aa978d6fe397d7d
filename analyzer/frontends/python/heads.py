"""The heads of compound statements, written up to their colon so that positions know the nodes in them."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from analyzer.frontends.python.positions import Positions


def write_if(at: Positions, node: cst.If, line: int, *, is_elif: bool) -> None:
    """``if`` or ``elif`` and its test."""
    at.begin(line, len("elif") if is_elif else len("if"))
    at.skip(node.whitespace_before_test)
    at.write(node.test)
    at.skip(node.whitespace_after_test)
    at.at += 1


def write_while(at: Positions, node: cst.While, line: int) -> None:
    """``while`` and its test."""
    at.begin(line, len("while"))
    at.skip(node.whitespace_after_while)
    at.write(node.test)
    at.skip(node.whitespace_before_colon)
    at.at += 1


def write_for(at: Positions, node: cst.For, line: int) -> None:
    """``for``, its target and what is iterated."""
    at.begin(line)
    at.write(node.asynchronous)
    at.at += len("for")
    at.skip(node.whitespace_after_for)
    at.write(node.target)
    at.skip(node.whitespace_before_in)
    at.at += len("in")
    at.skip(node.whitespace_after_in)
    at.write(node.iter)
    at.skip(node.whitespace_before_colon)
    at.at += 1


def write_keyword(at: Positions, node: cst.Try | cst.TryStar | cst.Else | cst.Finally, line: int, keyword: str) -> None:
    """A keyword and nothing else."""
    at.begin(line, len(keyword))
    at.skip(node.whitespace_before_colon)
    at.at += 1


def write_except(at: Positions, node: cst.ExceptHandler | cst.ExceptStarHandler, line: int) -> None:
    """``except`` or ``except*``, the type of the exception and its name."""
    at.begin(line, len("except"))
    at.skip(node.whitespace_after_except)
    if type(node) is cst.ExceptStarHandler:
        at.at += 1
        at.skip(node.whitespace_after_star)
    at.write(node.type)
    at.write(node.name)
    at.skip(node.whitespace_before_colon)
    at.at += 1


def write_with(at: Positions, node: cst.With, line: int) -> None:
    """``with`` and its items."""
    at.begin(line)
    at.write(node.asynchronous)
    at.at += len("with")
    at.skip(node.whitespace_after_with)
    at.skip(node.lpar)
    at.write_all(node.items)
    at.skip(node.rpar)
    at.skip(node.whitespace_before_colon)
    at.at += 1


def write_match(at: Positions, node: cst.Match, line: int) -> None:
    """``match`` and its subject."""
    at.begin(line, len("match"))
    at.skip(node.whitespace_after_match)
    at.write(node.subject)


def write_case(at: Positions, node: cst.MatchCase, line: int) -> tuple[int, int]:
    """``case``, its pattern and guard; yields from where to where those stand."""
    at.begin(line, len("case"))
    at.skip(node.whitespace_after_case)
    start = at.at
    at.write(node.pattern)
    at.skip(node.whitespace_before_if)
    if node.guard is not None:
        at.at += len("if")
    at.skip(node.whitespace_after_if)
    at.write(node.guard)
    end = at.at
    at.skip(node.whitespace_before_colon)
    at.at += 1
    return start, end


def write_def(at: Positions, node: cst.FunctionDef, line: int) -> None:
    """Decorators, ``def``, the name and the parameters; what the function returns only before a body in the same line."""
    at.begin(_write_decorators(at, node.decorators, line))
    at.write(node.asynchronous)
    at.at += len("def")
    at.skip(node.whitespace_after_def)
    at.write(node.name)
    at.skip(node.whitespace_after_name)
    at.skip(node.type_parameters)
    at.skip(node.whitespace_after_type_parameters)
    at.at += 1
    at.skip(node.whitespace_before_params)
    at.write(node.params)
    at.at += 1
    if type(node.body) is cst.SimpleStatementSuite:
        if node.returns is not None:
            node.returns._codegen(at, default_indicator="->")
        at.skip(node.whitespace_before_colon)
        at.at += 1


def write_class(at: Positions, node: cst.ClassDef, line: int) -> None:
    """Decorators, ``class``, the name, the bases and what is given by keyword."""
    at.begin(_write_decorators(at, node.decorators, line))
    at.at += len("class")
    at.skip(node.whitespace_after_class)
    at.write(node.name)
    at.skip(node.whitespace_after_name)
    at.skip(node.type_parameters)
    at.skip(node.whitespace_after_type_parameters)
    at.skip(node.lpar)
    at.write_all((*node.bases, *node.keywords))
    at.skip(node.rpar)
    at.skip(node.whitespace_before_colon)
    at.at += 1


def _write_decorators(at: Positions, decorators: Sequence[cst.Decorator], line: int) -> int:
    """Decorators, each a line of its own; yields the line behind them."""
    for decorator in decorators:
        at.begin(line, len("@"))
        at.skip(decorator.whitespace_after_at)
        at.write(decorator.decorator)
        line += 1
    return line
