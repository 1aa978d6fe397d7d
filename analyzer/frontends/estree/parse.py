"""Calls the esprima module and turns whatever it says or raises into data."""

from __future__ import annotations

import importlib
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType

from analyzer.errors import MissingExtraError
from analyzer.flow.module import Problem
from analyzer.frontends.estree import syntax
from analyzer.records import record
from analyzer.source import SourceFile, Span

_PROBE = "class A { #b = 1; static { this.c ??= 1n; } get d() { return this?.#b; } }"
_PLACE = re.compile(r"^(?:Error: )?(?:Line \d+: )?")


@record
class Parsed:
    """A parsed file: its Program (None: nothing could be read), how its offsets become code points, what was wrong."""

    program: object | None
    to_code_points: Callable[[int], int]
    problems: tuple[Problem, ...]


def parse(source: SourceFile) -> Parsed:
    """Reads a file as a module or, if only that is free of errors, as a script. Raises nothing but MissingExtraError."""
    esprima = _load()
    to_code_points = _identity if _counts_code_points(esprima) else _from_utf16(source.text)
    module = _attempt(esprima, source, "module", to_code_points)
    if not module.problems:
        return module
    script = _attempt(esprima, source, "script", to_code_points)
    better = not script.problems or (module.program is None and script.program is not None)
    return script if better else module


def _load() -> ModuleType:
    try:
        esprima = importlib.import_module("esprima")
    except ImportError:
        raise MissingExtraError("esprima", "esprima") from None
    if not _reads_es2022(esprima):
        raise MissingExtraError("esprima", "esprima", "is installed in a version that cannot read ES2022")
    return esprima


@cache
def _reads_es2022(esprima: ModuleType) -> bool:
    # All distributions named esprima install one module and overwrite one another; most stop at ES2017.
    program, errors = _run(esprima, _PROBE, "module")
    return program is not None and not errors


@cache
def _counts_code_points(esprima: ModuleType) -> bool:
    program, _ = _run(esprima, "'\N{GRINNING FACE}'", "module")
    statements = syntax.children(program, "body")
    return bool(statements) and syntax.offsets(syntax.child(statements[0], "expression"))[1] == 3


def _attempt(esprima: ModuleType, source: SourceFile, goal: str, to_code_points: Callable[[int], int]) -> Parsed:
    program, errors = _run(esprima, source.text, goal)
    return Parsed(program, to_code_points, tuple([_problem(source, error, to_code_points) for error in errors]))


def _run(esprima: ModuleType, text: str, goal: str) -> tuple[object | None, list[Mapping[str, object]]]:
    options = {"sourceType": goal, "range": True, "jsx": True, "tolerant": True, "positionEncoding": "scalar"}
    try:
        program: object = esprima.parse(text, options)
    except Exception as error:  # a parser's own defects come as exceptions of any kind, RecursionError among them
        return None, [{"message": str(error) or type(error).__name__, **vars(error)}]
    return program, [error for error in syntax.children(program, "errors") if type(error) is dict]


def _problem(source: SourceFile, error: Mapping[str, object], to_code_points: Callable[[int], int]) -> Problem:
    match error.get("index"):
        case int() as index:
            start = min(to_code_points(index), len(source.text))
        case _:
            start = 0
    words = _PLACE.sub("", str(error["message"]))
    return Problem(Span(source.path, start, min(start + 1, len(source.text))), words)


def _identity(offset: int) -> int:
    return offset


def _from_utf16(text: str) -> Callable[[int], int]:
    # Where in UTF-16 the code points end that take two units: each shifts what follows by one.
    ends: list[int] = []
    for index, char in enumerate(text):
        if char > "\uffff":
            ends.append(index + len(ends) + 2)
    return (lambda offset: offset - bisect_right(ends, offset)) if ends else _identity
