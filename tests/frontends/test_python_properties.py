"""Any text is read without an exception, spans stay inside it, and reading it twice gives the same."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_layouts import Layout

from analyzer.flow.dump import dump
from analyzer.flow.walk import walk
from analyzer.frontends import python
from analyzer.source import Language, SourceFile

PIECES = (
    *"()[]{}:;,.@=\\\n\n\n\r\t\f\0#'\"é\u2028\ufeff\ud800",
    *("    ", "'''", "f'", "f'{", "{{", "!r:", ":=", "->", "**", "...", "0x", "1e", "<<<<<<< a\n", ">>>>>>> b\n"),
    *(
        "if a:",
        "elif b:",
        "else:",
        "for c in d:",
        "while e:",
        "try:",
        "except:",
        "finally:",
        "with f as g:",
        "match h:",
        "case i:",
    ),
    *(
        "def j(k):",
        "class l:",
        "async ",
        "await ",
        "yield ",
        "lambda m:",
        "return ",
        "global n\n",
        "import o\n",
        "from . import p\n",
    ),
    *("not ", " and ", " in ", " is ", "pass\n", "type q = r\n", "x", "1"),
)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def check(text: str) -> None:
    source = SourceFile("test.py", text, Language.PYTHON)
    module = python.read(source)
    for node in walk(module.body, into_functions=True):
        assert 0 <= node.span.start <= node.span.end <= len(text)
    for problem in module.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message
    for node in module.body:
        module.text(node.span)
    module.effects()
    assert dump(python.read(source).body) == dump(module.body)


@SETTINGS
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_pieces_of_python(text: str) -> None:
    check(text)


@SETTINGS
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    check(text)


@SETTINGS
@given(st.integers(0, 10_000), st.data())
def test_programs_cut_or_changed(seed: int, data: st.DataObject) -> None:
    text = Layout(seed).program()[:3_000]
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.one_of(st.just(len(text)), st.integers(at, min(len(text), at + 30))))
    check(text[:at] + data.draw(st.sampled_from(("", *PIECES))) + text[end:])
