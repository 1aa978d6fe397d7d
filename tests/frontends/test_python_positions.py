"""Spans of Python's flow nodes: against libcst's own PositionProvider, and against the text."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider
from python_layouts import Layout
from python_reading import nodes, read, sliced

import analyzer
from analyzer.flow.tree import Bind, Call, Class, Function, Import, Literal, Loop, Member, Name, Try
from analyzer.flow.walk import walk
from analyzer.frontends.python import TABLES
from analyzer.frontends.python.lowering import Lowering
from analyzer.frontends.python.parse import Piece, parse
from analyzer.frontends.python.positions import Positions
from analyzer.source import Language, SourceFile

OWN_FILES = sorted(Path(analyzer.__file__).parent.rglob("*.py"))


def misplaced(text: str) -> tuple[int, list[str]]:
    """How many nodes of libcst have a span, and the kinds of those that PositionProvider places elsewhere."""
    source = SourceFile("test.py", text, Language.PYTHON)
    parsed = parse(source)
    assert parsed.problems == []
    (piece,) = parsed.pieces
    assert type(piece) is Piece
    positions = Positions(source.path, parsed.lines, piece.newline)
    for _ in walk(Lowering(text, positions, TABLES, {}).sequence(piece.statements, 0, 1), into_functions=True):
        pass
    module = cst.parse_module(text).with_changes(body=piece.statements)
    places = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    known = {node: positions.spans[id(node)] for node in places if id(node) in positions.spans}
    starts = source.line_starts
    wrong = [
        type(node).__name__
        for node, span in known.items()
        if (span.start, span.end)
        != tuple(starts[place.line - 1] + place.column for place in (places[node].start, places[node].end))
    ]
    return len(known), wrong


@pytest.mark.parametrize("seed", range(6))
def test_spans_are_those_of_libcst_in_every_layout(seed: int) -> None:
    layout = Layout(seed)
    counts = []
    for _ in range(15):
        text = layout.program()
        if cst.parse_module(text).code == text:
            count, wrong = misplaced(text)
            assert wrong == [], text
            counts.append(count)
    assert len(counts) >= 12
    assert sum(counts) > 500


@pytest.mark.parametrize("path", OWN_FILES[::8], ids=lambda path: path.stem)
def test_spans_are_those_of_libcst_in_our_own_files(path: Path) -> None:
    assert misplaced(path.read_text(encoding="utf-8"))[1] == []


PLACES = """\
\ufeff# é
from a import (b as c,
    d)  # x

@dec.orate(1)
@other
async def func(p: int = 1, *q):  # y
\tif (a.b):
\t\tawait (  c.d( "é", k = 2 )  )
\t# trailing
class K(B):
    x = y = ( 1 )

    def m(self): return [ z for z in w ]; pass;
for i in (1, 2):
    pass
else:
    v;  # z
try: a
except E as e: b
"""


def test_text_of_each_kind_of_node() -> None:
    assert sliced(PLACES, Import) == ["b as c", "d"]
    assert sliced(PLACES, Call) == ["dec.orate(1)", 'c.d( "é", k = 2 )']
    assert sliced(PLACES, Member) == ["dec.orate", "a.b", "c.d"]
    assert sliced(PLACES, Class) == ["class K(B):\n    x = y = ( 1 )\n\n    def m(self): return [ z for z in w ]; pass"]
    assert sliced(PLACES, Loop) == ["[ z for z in w ]", "for i in (1, 2):\n    pass\nelse:\n    v"]
    assert sliced(PLACES, Try) == ["try: a\nexcept E as e: b"]


def test_a_function_begins_at_its_def_and_ends_with_its_last_statement() -> None:
    first, second = sliced(PLACES, Function)
    assert first.startswith("async def func(")
    assert first.endswith('c.d( "é", k = 2 )  )')
    assert second == "def m(self): return [ z for z in w ]; pass"


def test_names_of_parameters_and_keys() -> None:
    function = next(node for node in nodes(PLACES) if type(node) is Function)
    assert [PLACES[param.span.start : param.span.end] for param in function.params] == ["p", "*q"]
    keys = sorted([node.key.span for node in nodes(PLACES) if type(node) is Member])
    assert [PLACES[span.start : span.end] for span in keys] == ["orate", "b", "d"]


def test_each_bind_of_several_targets_spans_from_its_own_target() -> None:
    assert sliced("x = y = ( 1 )", Bind) == ["x = y = ( 1 )", "y = ( 1 )"]
    assert sliced("with a as b, c as d: e", Bind) == ["b", "d"]


def test_texts_and_holes_of_an_f_string() -> None:
    source = "x = (f'a{ b }{c!r:>{d}} e' \"f\")"
    assert sliced(source, Literal) == ["a", ' e\' "f"']
    assert sliced(source, Name) == ["x", "b", "c", "d"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(line_end: str) -> None:
    source = line_end.join(["if a:", "    b(c,", "      d)", "", "e = '''f", "g'''", "h"])
    assert sliced(source, Call) == [f"b(c,{line_end}      d)"]
    assert sliced(source, Name) == ["a", "b", "c", "d", "e", "h"]
    assert [node.value for node in nodes(source) if type(node) is Literal] == ["f\ng"]


def test_form_feeds_and_tabs() -> None:
    source = "if a:\n    b\n\f    c\n\f\ndef f():\n\tif d:\n\t    e\n\tg\n"
    assert sliced(source, Name) == ["a", "b", "c", "f", "d", "e", "g"]
    assert read(source).problems == ()
