"""Python that does not parse: where it says so, in what words, and what it reads all the same."""

from __future__ import annotations

import sys

import pytest
from python_reading import flow, nodes, problems, read, sliced

from analyzer.flow.dump import dump
from analyzer.flow.tree import Bind, Branch, Ignorance, Name, Opaque

WORKFLOW = """\
class Order(WorkflowEntrypoint):
    async def run(self, event, step):
        await step.one("é")
{}
        await step.two()
        try:
            await step.three()
        except Exception:
            pass

def helper(step):
    step.four()
"""
BROKEN = {
    "half-typed member": ("        await step.", [(4, 20, "unexpected end of the line, expected a name")]),
    "half-typed sum": ("        x = 1 +  # why", [(4, 16, "unexpected end of the line")]),
    "open bracket": ("        x = f(1,", [(4, 14, "`(` is never closed")]),
    "open bracket in several lines": ("        x = [\n            1,\n            2", [(4, 13, "`[` is never closed")]),
    "closed too often": ("        return )", [(4, 16, "unexpected `)`")]),
    "closed by another": ("        x = f(1]", [(4, 16, "unexpected `]`: the open bracket is a `(`")]),
    "open string": ("        x = 'é", [(4, 13, "unterminated string")]),
    "open string in three quotes": ('        x = """a', [(4, 13, "unterminated string")]),
    "open hole": ("        x = f'{a'", [(4, 15, "`{` is never closed")]),
    "keyword as a name": ("        class = 1", [(4, 15, "unexpected `=`, expected a name")]),
    "two names": ("        foo  bar", [(4, 14, "unexpected `bar`")]),
    "old print": ("        print 'é' # x", [(4, 15, "unexpected `'é'`")]),
    "strange character": ("        x = '$' + $", [(4, 19, "unexpected `$`")]),
    "invisible character": ("        x = 1\u00a0+ 1", [(4, 14, "unexpected `U+00A0`")]),
    "number": ("        x = 1 + 0777", [(4, 17, LEADING := "leading zeros in decimal integer literals are not permitted")]),
    "bytes beside text": ("        x = ('a' b'b')", [(4, 9, "Cannot concatenate string and bytes.")]),
    "at the start of a line": ("foo bar", [(4, 5, "unexpected `bar`")]),
    "indented": ("            x = 1", [(4, 13, "unexpected indent")]),
    "indented too little": ("      x = 1", [(4, 7, "indented like no line above it")]),
    "tab": ("\tx = 1", [(4, 2, "tabs and spaces are mixed in the indentation")]),
    "conflict": (
        "<<<<<<< HEAD\n        a = 1\n=======\n        a = 2\n>>>>>>> branch",
        [
            (4, 1, "unexpected merge-conflict marker `<<<<<<<`"),
            (6, 1, "unexpected merge-conflict marker `=======`"),
            (8, 1, "unexpected merge-conflict marker `>>>>>>>`"),
        ],
    ),
    "two mistakes": (
        "        x = \n        y =",
        [(4, 12, "unexpected end of the line"), (5, 12, "unexpected end of the line")],
    ),
}
HEADS = {
    "if": ("if x = 3:", "unexpected `=`"),
    "elif": ("if x: pass\n        elif y z:", "unexpected `z`"),
    "for": ("for x of y:", "unexpected `of`, expected `in`"),
    "while": ("while x y:", "unexpected `y`"),
    "with": ("with open('x') as :", "unexpected `:`"),
    "colon": ("if xyz", "expected `:`"),
    "def": ("def f(a, b=):", "unexpected `)`"),
    "open bracket": ("async def f(a, b=:", "`(` is never closed"),
    "class": ("class A(B C):", "unexpected `C`"),
    "except": ("try: pass\n        except A B:", "unexpected `B`"),
    "case": ("match x:\n          case 1 2:", "unexpected `2`"),
}
CUT = {
    "def f(a):": (1, 10, "expected an indented block"),
    "class A:\n  def f(self):\n  x = 1": (3, 3, "expected an indented block"),
    "if a:\n  b\n  try:\n    c()\n": (4, 8, "unexpected end of the file, expected `except` or `finally`"),
    "@a": (1, 3, "unexpected end of the file"),
    "a = 1\n": None,
    "try:\n  a()\nb": (3, 1, "unexpected `b`, expected `except` or `finally`"),
    "f(\n": (1, 2, "`(` is never closed"),
    "a = \\": (1, 5, "unexpected `\\`"),
}


@pytest.mark.parametrize(("line", "expected"), BROKEN.values(), ids=BROKEN)
def test_place_and_words_and_the_rest(line: str, expected: list[tuple[int, int, str]]) -> None:
    text = WORKFLOW.format(line)
    assert [(row, column, words[: len(LEADING)]) for row, column, words in problems(text)] == [
        (row, column, words[: len(LEADING)]) for row, column, words in expected
    ]
    assert [name for name in ("one", "two", "three", "four") if f"Member .{name}" not in dump(read(text).body)] == []


@pytest.mark.parametrize(("head", "words"), HEADS.values(), ids=HEADS)
def test_what_a_broken_head_guards_is_kept(head: str, words: str) -> None:
    text = WORKFLOW.format(f"        {head}\n            await step.inside()")
    ((row, _, message),) = problems(text)
    assert (row, message) == (4 + head.count("\n"), words)
    assert "Member .inside" in dump(read(text).body)


@pytest.mark.parametrize(("text", "expected"), CUT.items(), ids=range(len(CUT)))
def test_files_that_end_too_early(text: str, expected: tuple[int, int, str] | None) -> None:
    assert problems(text) == ([] if expected is None else [expected])


def test_a_broken_statement_is_an_opaque_in_its_place() -> None:
    text = "a\nb c\nd\n"
    (opaque,) = [node for node in nodes(text) if type(node) is Opaque]
    assert opaque.reason is Ignorance.SYNTAX_ERROR
    assert text[opaque.span.start : opaque.span.end] == "b c"
    assert dump(read(text).body) == "Name a\nOpaque SYNTAX_ERROR\nName d\n"


def test_the_parameters_of_a_broken_def_are_kept() -> None:
    text = "async def run(self, event: E = f(1), *a, step, **k) -> :\n  await step\n"
    (bind,) = read(text).body
    assert dump((bind,)).count("Param") == 5
    assert "Name step" in dump((bind,))


def test_a_large_broken_file_is_read_by_its_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["analyzer.frontends.python.parse"], "MAX_REPAIRED", 0)
    broken = "def f(a):\n    a b\n"
    text = f"a\n{broken}class A:\n  b\n{broken}@c\n\n@d\ndef e(): f\nif g: h\nelif i: j\nelse: k\n{broken}"
    assert [(row, words) for row, _, words in problems(text)] == [(row, "unexpected `b`") for row in (3, 7, 16)]
    kinds = [type(node) for node in read(text).body]
    assert kinds == [Name, Bind, Bind, Opaque, Bind, Branch, Opaque]
    assert sliced(text, Opaque) == ["a b", "def f(a):\n    a b", "def f(a):\n    a b"]
    assert sliced(text, Name)[-1] == "k"


def test_at_most_ten_problems() -> None:
    assert len(problems("a b\n" * 30)) == 10


def test_what_no_text_may_hold() -> None:
    assert problems("a = 1\n\0b") == [(2, 1, "unexpected `U+0000`")]
    assert flow("a = '\ud800'\n") == 'Bind VAR\n  Name a\n  Literal "?"\n'


def test_strange_encodings_are_of_no_matter() -> None:
    assert flow("# -*- coding: no-such-encoding -*-\na = 'é'\n") == 'Bind VAR\n  Name a\n  Literal "\\u00e9"\n'


HOSTILE = {
    "lines that are all broken": ("a b\n" * 5_000, 5_000),
    "brackets a line": ("(\n" * 20_000, 100),
    "heads without end": ("def f(\n" * 3_000, 3_000),
    "heads without statements": ("try:\n" * 3_000, 3_000),
    "continuations": ("\\\n" * 20_000, 1),
    "quotes": ("'''" * 20_001, 1),
    "holes": ("f'{" * 20_000, 1),
    "chains": ("-" * 10_000 + "a\n", 1),
}


@pytest.mark.parametrize(("text", "pieces"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_given_up_soon(text: str, pieces: int) -> None:
    module = read(text)
    assert 1 <= len(module.problems) <= 10
    assert len(module.body) == pieces
    assert {type(node) for node in module.body} == {Opaque}
