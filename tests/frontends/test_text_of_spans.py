"""The shared reader of texts: comments dropped, white space folded outside literals, pieces replaced."""

from __future__ import annotations

import pytest
from javascript_sources_read import read

from analyzer.frontends.text import Mark, text_of
from analyzer.source import Language, SourceFile, Span


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a === b", "a === b"),
        ("  a  ===\n\t b ", "a === b"),
        ("a /* c */ && b", "a && b"),
        ("a // c\n  && b", "a && b"),
        ("typeof/* c */a", "typeof a"),
        ("f(/* c */ a)", "f( a)"),
        ("a === 'b  //  c'", "a === 'b  //  c'"),
        ("a  === 'b  c'", "a === 'b  c'"),
        ("a  === `b  ${ c   +  d }  e`", "a === `b  ${ c + d }  e`"),
        ("/a  b/.test(c   )", "/a  b/.test(c )"),
        ("a.b(\n  c,\n  d,\n)", "a.b( c, d, )"),
        ("é  >  'ü  ü' // ö", "é > 'ü  ü'"),
    ],
)
@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_a_text_is_what_a_reader_wants_to_see(source: str, expected: str, path: str) -> None:
    module = read(source, path)
    assert module.text(Span(path, 0, len(source))) == expected


def test_a_part_of_a_source_is_shown_without_its_surroundings() -> None:
    source = "if (/* a */ b  &&\n c /* d */) { /* e */ }"
    module = read(source, "a.js")
    start, end = source.index("b "), source.index(" /* d")
    assert module.text(Span("a.js", start, end)) == "b && c"


def test_replacements_stand_for_what_they_cover() -> None:
    source = 'await  step.do("a  b", /* c */ f) && await step.do( "d" ) > 1'
    module = read(source, "a.js")
    first = Span("a.js", source.index("step"), source.index(" && "))
    second = Span("a.js", source.index("await step.do( "), source.index(" > "))
    whole = Span("a.js", 0, len(source))
    assert module.text(whole, [(first, 'step("a  b")'), (second, 'step("d")')]) == 'await step("a  b") && step("d") > 1'
    assert module.text(Span("a.js", 7, first.end), [(first, "x  y")]) == "x  y"


def test_a_plain_text_needs_no_marks() -> None:
    def marks(start: int, end: int) -> list[Mark]:
        raise AssertionError("asked for marks")

    text = text_of(SourceFile("a.py", "a and f(b) > 1", Language.PYTHON), marks)
    assert text(Span("a.py", 0, 14), [(Span("a.py", 6, 10), "g")]) == "a and g > 1"


def test_python_has_other_comments() -> None:
    source = 'a  # b\n  and "c  # d" \\\n  or e'
    comment, string, line_end = (source.index(sign) for sign in ("# b", '"c', "\\"))

    def marks(start: int, end: int) -> list[Mark]:
        return [Mark(comment, comment + 3, True), Mark(string, string + 8, False), Mark(line_end, line_end + 1, True)]

    text = text_of(SourceFile("a.py", source, Language.PYTHON), marks)
    assert text(Span("a.py", 0, len(source))) == 'a and "c  # d" or e'
