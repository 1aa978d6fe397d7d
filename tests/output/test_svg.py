"""The drawing as SVG: well formed, whole, and readable without any other file."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from drawn_fixtures import fixtures
from every_node import EVERY_NODE, call, do, function, graph

from analyzer.output.diagrams.subject import Subject
from analyzer.output.diagrams.svg import render_svg

SVG = "{http://www.w3.org/2000/svg}"


def read(subject: Subject) -> ET.Element:
    return ET.fromstring(render_svg(subject))


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_every_node_type_is_shown() -> None:
    shown = texts(read(EVERY_NODE))
    for title in (
        "first",
        "inner",
        "nap",
        "dawn",
        "approval",
        "loop",
        "if done",
        "break",
        "in parallel",
        "helper()",
        "switch kind",
    ):
        assert title in shown
    for title in ("try", "catch", "finally", "helper", "Nested", "own", "one after another", "goes on in the next case", "end"):
        assert title in shown
    details = (
        "3 retries from 10 seconds, linear",
        "timeout 90 seconds",
        "sleep 90 seconds",
        "1→3",
        "4→",
        "wait for a computed event",
    )
    assert [each for each in details if each not in shown] == []


def test_every_fixture_is_well_formed_with_unique_ids_and_no_other_file() -> None:
    for name, subject in fixtures().items():
        root = read(subject)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
        assert all((link.get("href") or "").lstrip("#") in ids for link in root.iter(f"{SVG}a")), name
        assert not [element for element in root.iter() if element.tag in (f"{SVG}image", f"{SVG}script", f"{SVG}use")]


def test_calls_lead_to_their_function() -> None:
    root = read(graph(call("f"), call("f"), call("elsewhere"), functions=[function("f", do("a"))]))
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == ["#function_f", "#function_f"]
    assert [group.get("class") for group in root.iter(f"{SVG}g") if group.get("id") == "function_f"] == ["function_def"]


def test_text_of_a_source_is_text() -> None:
    assert '<b>&"x\\x00' in texts(read(graph(do('<b>&"x\x00'))))


def test_readers_and_pointers_are_told_more() -> None:
    root = read(next(subject for name, subject in fixtures().items() if "order-fulfilment/source.ts" in name))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Workflow OrderFulfilment"
    (charge,) = (group for group in root.iter(f"{SVG}g") if group.get("id") == "step_charge_card")
    label = charge.findtext(f"{SVG}title") or ""
    assert label.startswith("charge card, 3 retries from 10 seconds, linear, timeout 1 minute, ")
    assert label.endswith("order-fulfilment/source.ts:46")


def test_dark_colours_are_there_where_they_are_preferred() -> None:
    style = read(EVERY_NODE).findtext(f"{SVG}style") or ""
    assert style.count("prefers-color-scheme:dark") == 1
    assert style.index(".c{fill:#ffffff") < style.index("@media") < style.index(".c{fill:#171c25")
