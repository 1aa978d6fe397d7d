"""Where boxes stand: none overlaps another, whatever is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from every_node import EVERY_NODE, call, do, function, graph, inside, leave
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import WORKFLOWS

from analyzer.output.diagrams.layout import layout
from analyzer.output.diagrams.metrics import text_width, wrapped
from analyzer.output.diagrams.pieces import Card, Frame, Piece, placed
from analyzer.output.diagrams.subject import Subject
from analyzer.output.diagrams.timing import Cell, cells
from analyzer.payload.convert import to_payload

SLACK = 0.01
NAMES = st.text(max_size=200) | st.text("W", max_size=200) | st.text("ab ._-", max_size=300)


def boxes(piece: Piece) -> Iterator[tuple[tuple[float, float, float, float], Card | Frame]]:
    for x, y, shape in placed(piece):
        match shape:
            case Card() | Frame():
                yield (x, y, x + shape.width, y + shape.height), shape


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    beside = one[2] <= other[0] + SLACK or other[2] <= one[0] + SLACK
    return beside or one[3] <= other[1] + SLACK or other[3] <= one[1] + SLACK


def holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    return all(outer[i] <= inner[i] + SLACK for i in (0, 1)) and all(inner[i] <= outer[i] + SLACK for i in (2, 3))


def assert_nothing_overlaps(piece: Piece) -> None:
    found = [*boxes(piece)]
    for box, _ in found:
        assert holds((0, 0, piece.width, piece.height), box)
    for (one, first), (other, second) in combinations(found, 2):
        assert (
            apart(one, other)
            or (first.__class__ is Frame and holds(one, other))
            or (second.__class__ is Frame and holds(other, one))
        ), (first, second)


def assert_text_fits(piece: Piece) -> None:
    for _, shape in boxes(piece):
        for line in shape.lines if shape.__class__ is Card else ():  # type: ignore[union-attr]
            bold = line.role == "title" and line.size == 13
            assert line.x + text_width(line.text, line.size, bold=bold) <= shape.width + SLACK
            assert line.y + line.size * 0.25 <= shape.height + SLACK


@given(WORKFLOWS)
@settings(max_examples=30, deadline=None)
def test_nothing_overlaps(workflow: Any) -> None:
    assert_nothing_overlaps(layout(Subject(to_payload(workflow).document)))


@given(st.lists(NAMES, min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_long_names_wrap(names: list[str]) -> None:
    piece = layout(graph(*map(do, names), inside("parallel", *map(do, names), kind="race")))
    assert_nothing_overlaps(piece)
    assert_text_fits(piece)
    assert all(box[2] - box[0] <= 300 for box, shape in boxes(piece) if shape.__class__ is Card)


def test_every_node_type_has_its_boxes() -> None:
    piece = layout(EVERY_NODE)
    assert_nothing_overlaps(piece)
    assert_text_fits(piece)
    assert {shape.kind for _, shape in boxes(piece)} >= {
        "start", "step_do", "step_sleep", "step_sleep_until", "step_wait_for_event", "loop", "if", "break", "parallel", "block",
        "function_call", "switch", "try", "catch", "finally", "function_def", "chip", "end",
    }  # fmt: skip


def test_four_hundred_blocks_stand_in_columns() -> None:
    piece = layout(graph(*(do(f"step {number}") for number in range(400))))
    assert_nothing_overlaps(piece)
    assert 0.4 < piece.height / piece.width < 4


def test_functions_stand_beside_and_only_once() -> None:
    piece = layout(graph(call("f"), call("f"), functions=[function("f", do("a"))]))
    cards = [(box, shape) for box, shape in boxes(piece) if shape.__class__ is Card]
    (home,) = [box for box, shape in cards if shape.kind == "function_def"]
    calls = [box for box, shape in cards if shape.kind == "function_call"]
    assert len(calls) == 2
    assert all(box[2] < home[0] for box in calls)


def test_no_wire_leaves_a_jump() -> None:
    piece = layout(
        graph({"type": "if", "branches": [{"condition": "x", "nodes": [leave("return")]}, {"condition": None, "nodes": []}]})
    )
    (jump,) = [(x, y, shape) for x, y, shape in placed(piece) if shape.__class__ is Card and shape.kind == "break"]
    x, bottom = jump[0] + jump[2].width / 2, jump[1] + jump[2].height
    starts = [(x0 + s.x1, y0 + s.y1) for x0, y0, s in placed(piece) if s.__class__ not in (Card, Frame)]
    assert (x, bottom) not in starts


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([(1, 2), (1, 2)], [Cell(0, 0, 1), Cell(1, 0, 1)]),
        ([(1, 3), (1, 3), (1, 2), (2, 3)], [Cell(0, 0, 2), Cell(1, 0, 2), Cell(2, 0, 1), Cell(2, 1, 2)]),
        ([(4, None)], [Cell(0, 0, 1)]),
        ([(None, None), (1, 2)], [Cell(0, 0, 1), Cell(1, 0, 1)]),
        ([(2, 2), (3, 5)], [Cell(0, 0, 1), Cell(0, 1, 2)]),
    ],
)
def test_what_runs_together_stands_in_one_row(numbers: Any, expected: list[Cell]) -> None:
    assert cells(numbers) == expected


def test_text_wraps_at_blanks_and_marks_before_it_breaks_words() -> None:
    assert wrapped("send the invoice", 10, 60) == ("send the", "invoice")
    assert wrapped("review.payload.approved", 10, 60) == ("review.", "payload.", "approved")
    assert wrapped("W" * 30, 10, 60, lines=2) == ("W" * 6, "W" * 5 + "…")
    assert wrapped("", 10, 60) == ("",)
