"""``--format html`` as somebody sees it who was sent the file. Every page here must make no request and report no error."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from browser_pages import OpenPage
from every_node import EVERY_NODE
from playwright.sync_api import Page, expect

from analyzer.api import Options, analyze_file
from analyzer.output.diagrams.html import render_html
from analyzer.output.diagrams.json import render_json
from analyzer.output.diagrams.subject import Subject
from analyzer.output.diagrams.svg import render_svg
from analyzer.output.diagrams.viewer import viewer_data

ROOT = Path(__file__).parents[2]
ORDER = ROOT / "fixtures/showcase/order-fulfilment/source.ts"

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

from generate import typescript  # noqa: E402


def subject_of(path: Path) -> Subject:
    return analyze_file(str(path), options=Options(facts=True)).subjects[0]


def written(folder: Path, subject: Subject) -> str:
    """The address of a page with a workflow."""
    (folder / "page.html").write_text(render_html(subject), encoding="utf-8")
    return (folder / "page.html").as_uri()


@pytest.fixture
def order(tmp_path: Path, open_page: OpenPage) -> Page:
    return open_page(written(tmp_path, subject_of(ORDER)))


def card(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(f'[data-id="{name}"] > .card')


def boxes(page: Page) -> int:
    return page.locator("#canvas .part").count()


def test_large_workflow_is_folded_searched_and_read(tmp_path: Path, open_page: OpenPage) -> None:
    source = tmp_path / "bench.ts"
    source.write_text(typescript(400), encoding="utf-8")
    subject = subject_of(source)
    address = written(tmp_path, subject)
    assert (tmp_path / "page.html").stat().st_size <= 4 * len(render_json(subject).encode())

    page = open_page(address)
    at_first = boxes(page)
    assert 100 < at_first <= 400

    card(page, "loop").locator(".twist").click()
    assert boxes(page) == at_first - 1
    expect(page.locator('[data-id="loop"]')).to_have_attribute("aria-expanded", "false")

    assert page.locator('[data-id="step_risky_399"]').count() == 0
    page.locator("#search").fill("risky 399")
    expect(page.locator("#hits")).to_have_text("1")
    page.keyboard.press("Enter")
    expect(card(page, "step_risky_399")).to_be_in_viewport()

    card(page, "step_risky_399").click()
    expect(page.locator("#panel h2")).to_have_text("risky 399")
    line = next(number for number, text in enumerate(source.read_text(encoding="utf-8").splitlines(), 1) if "risky 399" in text)
    expect(page.locator("#source .hit")).to_have_attribute("data-line", str(line))
    expect(page.locator("#source .hit")).to_contain_text('step.do("risky 399"')


@pytest.mark.full
def test_details_say_configuration_defaults_json_and_place(order: Page) -> None:
    card(order, "step_send_message").click()
    rows = order.locator("#panel .settings tr").all_inner_texts()
    assert [row.replace("\t", " ") for row in rows] == [
        "Retries 5default",
        "Delay 1 seconddefault",
        "Backoff exponentialdefault",
        "Timeout 30 seconds",
    ]
    card(order, "step_load_customer").click()
    assert "Timeout\t10 minutesdefault" in order.locator("#panel .settings tr").all_inner_texts()
    shown = json.loads(order.locator("#panel .json").inner_text())
    assert (shown["type"], shown["name"]) == ("step_do", "load customer")
    expect(order.locator("#panel .place")).to_contain_text("source.ts:23:28")
    card(order, "step_print_label").click()
    expect(order.locator("#panel .runs")).to_have_text("Started at 1, awaited at 2. Runs beside send invoice.")


@pytest.mark.full
def test_every_node_type_is_drawn_with_its_name(tmp_path: Path, open_page: OpenPage) -> None:
    """Also what the platform's schema has and we never write."""
    page = open_page(written(tmp_path, EVERY_NODE))
    for record in viewer_data(EVERY_NODE)["nodes"]:
        expect(card(page, record["id"]).locator(".name")).to_have_text(record["title"])
    expect(page.locator(".falls")).to_have_count(1)


@pytest.mark.full
def test_loops_branches_and_functions_fold(order: Page) -> None:
    for part, hidden in (
        ("loop", "step_reserve"),
        ("if_total_1000.0", "step_manager_approval"),
        ("function_notify", "step_send_message"),
    ):
        card(order, part).locator(".twist").click()
        expect(order.locator(f'[data-id="{hidden}"]')).to_have_count(0)
        card(order, part).locator(".twist").click()
        expect(order.locator(f'[data-id="{hidden}"]')).to_be_visible()
    order.locator("#collapse").click()
    expect(order.locator('[data-id="step_reserve"]')).to_have_count(0)
    order.locator("#expand").click()
    expect(order.locator('[data-id="step_reserve"]')).to_be_visible()


@pytest.mark.full
def test_keyboard_alone_is_enough(order: Page) -> None:
    order.keyboard.press("/")
    order.keyboard.type("charge")
    order.keyboard.press("Enter")
    order.keyboard.press("Escape")
    expect(order.locator('[data-id="step_charge_card"]')).to_be_focused()
    order.keyboard.press("Enter")
    expect(order.locator("#panel h2")).to_have_text("charge card")
    order.keyboard.press("Escape")
    expect(order.locator("#panel")).to_be_hidden()
    order.keyboard.press("ArrowLeft")
    expect(order.locator('[data-id="try.try"]')).to_be_focused()
    order.keyboard.press("Space")
    expect(order.locator('[data-id="step_charge_card"]')).to_have_count(0)
    order.keyboard.press("ArrowRight")
    order.keyboard.press("ArrowRight")
    expect(order.locator('[data-id="step_charge_card"]')).to_be_focused()
    order.keyboard.press("ArrowDown")
    expect(order.locator('[data-id="try.catch"]')).to_be_focused()


@pytest.mark.full
def test_screen_readers_are_told_what_is_there(order: Page) -> None:
    expect(order.get_by_role("tree", name="Workflow")).to_have_count(1)
    expect(
        order.get_by_role("treeitem", name="step, charge card, 3 retries from 10 seconds, linear, timeout 1 minute, line 46")
    ).to_have_count(1)
    expect(order.get_by_role("treeitem", name="step, print label").first).to_have_attribute("aria-level", "3")
    for button in order.locator("button").all():
        assert button.get_attribute("aria-label") or button.inner_text().strip()


@pytest.mark.full
def test_zoom_pan_and_fit(order: Page) -> None:
    order.keyboard.press("f")
    whole = order.locator("#canvas").bounding_box()
    stage = order.locator("#stage").bounding_box()
    assert whole is not None
    assert stage is not None
    assert whole["y"] >= stage["y"]
    assert whole["y"] + whole["height"] <= stage["y"] + stage["height"]
    order.locator("#zoom").click()
    expect(order.locator("#zoom")).to_have_text("100%")
    before = order.locator("#canvas").bounding_box()
    order.mouse.move(40, 500)
    order.mouse.down()
    order.mouse.move(140, 530)
    order.mouse.up()
    after = order.locator("#canvas").bounding_box()
    assert before is not None
    assert after is not None
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (100, 30)


@pytest.mark.full
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(tmp_path: Path, open_page: OpenPage, scheme: str) -> None:
    page = open_page(written(tmp_path, subject_of(ORDER)), color_scheme=scheme)
    background = "getComputedStyle(document.body).backgroundColor"
    shades = {"light": "rgb(245, 246, 248)", "dark": "rgb(14, 17, 23)"}
    assert page.evaluate(background) == shades[scheme]
    page.locator("#theme").click()
    assert page.evaluate(background) == shades["dark" if scheme == "light" else "light"]


@pytest.mark.full
def test_downloads(order: Page, tmp_path: Path) -> None:
    with order.expect_download() as download:
        order.locator("#save-json").click()
    download.value.save_as(tmp_path / "saved.json")
    assert json.loads((tmp_path / "saved.json").read_text(encoding="utf-8")) == subject_of(ORDER).document
    with order.expect_download() as download:
        order.locator("#save-svg").click()
    download.value.save_as(tmp_path / "saved.svg")
    root = ET.parse(tmp_path / "saved.svg").getroot()
    texts = {element.text.strip() for element in root.iter("{http://www.w3.org/2000/svg}text") if element.text}
    assert {"OrderFulfilment", "charge card", "print label", "yes", "timeout 1 minute"} <= texts
    shapes = [*root.iter("{http://www.w3.org/2000/svg}path")]
    assert len(shapes) > 20


@pytest.mark.full
def test_findings_stand_on_their_nodes(tmp_path: Path, open_page: OpenPage) -> None:
    source = tmp_path / "source.ts"
    head = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
    body = 'step.do("lost", async () => 1);\nawait step.do("kept", async () => 2);\n'
    source.write_text(
        f"{head}export class A extends WorkflowEntrypoint {{ async run(event, step) {{\n{body}}} }}\n", encoding="utf-8"
    )
    page = open_page(written(tmp_path, subject_of(source)))
    expect(page.locator('[data-id="step_lost"] .mark')).to_have_text("1")
    expect(page.locator('[data-id="step_kept"] .mark')).to_have_count(0)
    card(page, "step_lost").click()
    expect(page.locator("#panel .findings li")).to_contain_text("SG201")
    page.keyboard.press("?")
    page.locator("#panel .findings li button").click()
    expect(page.locator("#panel h2")).to_have_text("lost")


@pytest.mark.full
def test_shown_again_it_keeps_what_was_open_and_points_out_what_is_new(tmp_path: Path, order: Page) -> None:
    card(order, "loop").locator(".twist").click()
    card(order, "step_charge_card").click()
    place = order.locator("#canvas").get_attribute("style")
    changed = tmp_path / "changed.ts"
    text = ORDER.read_text(encoding="utf-8").replace(
        "    if (total > 1000)", '    await step.do("brand new", async () => 1);\n    if (total > 1000)'
    )
    changed.write_text(text, encoding="utf-8")
    data = {**viewer_data(subject_of(changed)), "path": subject_of(ORDER).path}
    order.evaluate("(data) => stepgraph.show(data)", data)
    expect(order.locator('[data-id="loop"]')).to_have_attribute("aria-expanded", "false")
    expect(order.locator('[data-id="step_charge_card"]')).to_have_attribute("aria-selected", "true")
    expect(order.locator(".fresh")).to_have_attribute("data-id", "step_brand_new")
    assert order.locator("#canvas").get_attribute("style") == place
    expect(order.locator("#source .hit").first).to_have_attribute("data-line", "47")


@pytest.mark.full
def test_text_of_the_drawing_fits_its_boxes(tmp_path: Path, open_page: OpenPage) -> None:
    """With the fonts of this machine, which are among the widest."""
    (tmp_path / "order.svg").write_text(render_svg(subject_of(ORDER)), encoding="utf-8")
    page = open_page((tmp_path / "order.svg").as_uri())
    outside = page.evaluate(
        """() => [...document.querySelectorAll("g")].filter((group) => {
            const box = group.querySelector(".c")?.getBBox();
            return box && [...group.querySelectorAll("text")].some((text) => {
                const inner = text.getBBox();
                return inner.x < box.x || inner.x + inner.width > box.x + box.width || inner.y + inner.height > box.y + box.height;
            });
        }).map((group) => group.textContent)"""
    )
    assert outside == []
    assert page.evaluate("document.querySelectorAll('g .c').length") > 20
