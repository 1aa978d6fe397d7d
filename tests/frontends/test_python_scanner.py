"""Logical lines, comments and literals of Python texts, and texts as people read them."""

from __future__ import annotations

import pytest
from python_reading import read

from analyzer.flow.tree import Arm, Branch, Exit
from analyzer.frontends.python.scanner import marks_of, scan
from analyzer.source import Span

LINES = {
    "": [],
    "\n \n# a\n": [],
    "a": ["a"],
    "\ufeffa\n": ["a"],
    "a; b ;\nc # d\n": ["a; b ;", "c "],
    "a(\n  1, # b\n\n  2)\nc\n": ["a(\n  1, # b\n\n  2)", "c"],
    "'''a\nb''' # c\nd": ["'''a\nb''' ", "d"],
    "a = \\\n  b\nc": ["a = \\\n  b", "c"],
    "'\\'\\\n(' ; (\n)\nb": ["'\\'\\\n(' ; (\n)", "b"],
    'r"\\\\" + "(" # "\nb': ['r"\\\\" + "(" ', "b"],
    "a\r\nb\rc\n": ["a", "b", "c"],
    "f'{a}(' f'{{' f\"{'('}\"\nb": ["f'{a}(' f'{{' f\"{'('}\"", "b"],
    "f'''{\na\n:{b}}\n'''\nc": ["f'''{\na\n:{b}}\n'''", "c"],
    "f'{a:{b}>{c}}{d!r:(}'\ne": ["f'{a:{b}>{c}}{d!r:(}'", "e"],
    "rf'\\{a}' f'\\N{DASH}(' f'\\{a}'\nb": ["rf'\\{a}' f'\\N{DASH}(' f'\\{a}'", "b"],
    "xf'('\nb": ["xf'('", "b"],
    "f'{x[\"a\":2]}{lambda_}'\nb": ["f'{x[\"a\":2]}{lambda_}'", "b"],
}
MARKS = {
    'a # b\n  # c\n\'d\' """e"""': ["# b", "# c", "'d'", '"""e"""'],
    "a \\\n b": ["\\\n"],
    "f'a{b}c' + rb'd'": ["'a", "c'", "'d'"],
    "f'{a!r:>{b}.2}'": ["'", ">", ".2", "'"],
    "f'{f\"{a}\"}'": ["'", '"', '"', "'"],
    "f'{a # b\n}'": ["'", "# b", "'"],
}
CONDITIONS = {
    "a  <  b": "a < b",
    "(a # why\n and\n  not b)": "a and not b",
    "'a  b' in  c": "'a  b' in c",
    "f'{ a }  b'  ==  c": "f'{ a }  b' == c",
    "a \\\n    and b": "a and b",
    "a[\n  1\n]": "a[ 1 ]",
    "é": "é",
}


@pytest.mark.parametrize(("text", "expected"), LINES.items(), ids=range(len(LINES)))
def test_logical_lines(text: str, expected: list[str]) -> None:
    lines = scan(text)
    assert [lines.code(line) for line in range(len(lines.starts))] == expected
    assert lines.issues == []


def test_indentation() -> None:
    lines = scan("if a:\n\tb\n\tif c:\n\t    d\n\fe\n  # f\nif g: h\n")
    assert lines.columns == [0, 8, 8, 12, 0, 0]
    assert lines.margins == [0, 1, 1, 5, 0, 0]
    assert lines.after == [4, 2, 4, 4, 5, 6]
    assert [lines.end(line) for line in range(6)] == [5, 8, 15, 22, 25, 39]


@pytest.mark.parametrize(("text", "expected"), MARKS.items(), ids=range(len(MARKS)))
def test_comments_and_literals(text: str, expected: list[str]) -> None:
    assert [text[mark.start : mark.end] for mark in marks_of(text, 0, len(text))] == expected


def test_an_open_bracket_ends_where_a_statement_begins() -> None:
    lines = scan("a = (1,\n  2\nreturn\ndef f(:\nclass A: pass\n")
    assert [lines.code(line) for line in range(len(lines.starts))] == ["a = (1,\n  2", "return", "def f(:", "class A: pass"]
    assert [(issue.start, issue.line, issue.message) for issue in lines.issues] == [
        (4, 0, "`(` is never closed"),
        (24, 2, "`(` is never closed"),
    ]


@pytest.mark.parametrize(("written", "expected"), CONDITIONS.items(), ids=range(len(CONDITIONS)))
def test_texts_of_conditions(written: str, expected: str) -> None:
    module = read(f"if {written}:\n  pass\n")
    (branch,) = module.body
    assert isinstance(branch, Branch)
    (arm,) = branch.arms
    assert isinstance(arm, Arm)
    assert arm.condition is not None
    assert module.text(arm.condition) == expected


def test_a_text_with_a_piece_replaced() -> None:
    source = "return await  f( 1,\n   'a  b') # c\n"
    module = read(source)
    (leave,) = module.body
    assert isinstance(leave, Exit)
    assert leave.value is not None
    start = source.index("f(")
    replaced = module.text(leave.value.span, [(Span("test.py", start, source.index(")") + 1), 'step("x")')])
    assert replaced == 'await step("x")'
