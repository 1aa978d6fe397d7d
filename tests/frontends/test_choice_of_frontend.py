"""Which frontend reads a file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analyzer.errors import UsageError
from analyzer.flow.dump import dump
from analyzer.flow.intrinsics import Intrinsic
from analyzer.frontends import read
from analyzer.source import Language, SourceFile


@pytest.mark.parametrize("path", ["a.js", "a.mjs", "a.cjs", "a.jsx", "a.ts", "a.mts", "a.cts", "a.tsx", "A.TS"])
def test_javascript_is_read_by_tree_sitter(path: str) -> None:
    assert dump(read(SourceFile(path, "a.b()", Language.JAVASCRIPT)).body) == "Call\n  Member .b\n    Name a\n"


def test_the_suffix_says_whether_brackets_are_types_or_elements() -> None:
    assert dump(read(SourceFile("a.ts", "<A>b", Language.JAVASCRIPT)).body) == "Name b\n"
    assert dump(read(SourceFile("a.tsx", "<A>b</A>", Language.JAVASCRIPT)).body) == "Opaque NO_VALUE\n"
    assert dump(read(SourceFile("a.js", "<A>b</A>", Language.JAVASCRIPT)).body) == "Opaque NO_VALUE\n"


@pytest.mark.parametrize("path", ["a.js", "a.jsx"])
def test_esprima_reads_javascript(path: str) -> None:
    assert dump(read(SourceFile(path, "a()", Language.JAVASCRIPT), parser="esprima").body) == "Call\n  Name a\n"


@pytest.mark.parametrize("path", ["a.ts", "a.mts", "a.cts", "a.tsx"])
def test_typescript_through_esprima_is_an_error_of_use(path: str) -> None:
    with pytest.raises(UsageError, match=f"{path}: esprima reads JavaScript only"):
        read(SourceFile(path, "a()", Language.JAVASCRIPT), parser="esprima")


def test_an_unknown_parser_is_an_error_of_use() -> None:
    with pytest.raises(UsageError, match="unknown parser 'babel': choose one of tree-sitter, esprima"):
        read(SourceFile("a.js", "a()", Language.JAVASCRIPT), parser="babel")


@pytest.mark.parametrize("parser", ["tree-sitter", "esprima"])
def test_python_has_one_parser(parser: str) -> None:
    assert dump(read(SourceFile("a.py", "a()", Language.PYTHON), parser=parser).body) == "Call\n  Name a\n"


def test_the_library_is_handed_over() -> None:
    intrinsics = read(SourceFile("a.js", "", Language.JAVASCRIPT)).intrinsics
    assert intrinsics["Promise.all"] is Intrinsic.ALL
    assert intrinsics[".then"] is Intrinsic.THEN
    assert intrinsics["crypto.randomUUID"] is Intrinsic.ID


def test_typescript_loads_neither_libcst_nor_esprima() -> None:
    code = (
        "import sys; from analyzer.frontends import read; from analyzer.source import Language, SourceFile;"
        "read(SourceFile('a.ts', 'a()', Language.JAVASCRIPT));"
        "print([name for name in ('libcst', 'esprima', 'tree_sitter_javascript') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
