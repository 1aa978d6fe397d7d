"""``stepgraph serve`` as somebody sees it who writes a workflow beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_pages import OpenPage
from playwright.sync_api import Browser, Page, expect
from running import Server, do, serving, workflow


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two workflows in files of their own; gives the first."""
    (tmp_path / "refund.ts").write_text(workflow("Refund", 'step.do("refund", async () => {});'), encoding="utf-8")
    path = tmp_path / "order.ts"
    path.write_text(workflow("Order", do("load"), do("charge")), encoding="utf-8")
    return path


@pytest.fixture
def server(source: Path) -> Iterator[Server]:
    """Outlives the pages of ``open_page``, if it is asked for before that."""
    with serving(source.parent) as running:
        yield running


def names(page: Page) -> list[str]:
    """What is drawn, from top to bottom."""
    return page.locator("#canvas .step_do .name").all_inner_texts()


def test_new_step_appears_and_an_error_leaves_the_last_good_graph(source: Path, server: Server, open_page: OpenPage) -> None:
    page = open_page(f"{server.url}/")
    expect(page.locator("#status")).to_have_text("live")
    expect(page.locator("[data-id=step_charge]")).to_be_visible()
    source.write_text(workflow("Order", do("load"), do("charge"), do("ship")), encoding="utf-8")
    expect(page.locator("[data-id=step_ship]")).to_be_visible()
    assert names(page) == ["load", "charge", "ship"]

    source.write_text(workflow("Order", do("load"), "await step.do(((;"), encoding="utf-8")
    expect(page.locator("#problems")).to_contain_text("order.ts:5")
    expect(page.locator("#notice")).to_have_text("As it was before the error")
    assert names(page) == ["load", "charge", "ship"]

    source.write_text(workflow("Order", do("load")), encoding="utf-8")
    expect(page.locator("#problems")).to_be_hidden()
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("[data-id=step_charge]")).to_have_count(0)
    assert names(page) == ["load"]


@pytest.mark.full
def test_page_stays_as_it_is_while_its_graph_changes(source: Path, server: Server, open_page: OpenPage) -> None:
    """The selection, its details, and the words searched for."""
    page = open_page(f"{server.url}/")
    page.locator("[data-id=step_load] .card").click()
    expect(page.locator("#source .hit")).to_have_attribute("data-line", "4")
    page.locator("#search").fill("charge")
    source.write_text("\n" + workflow("Order", do("load"), do("ship"), do("charge")), encoding="utf-8")
    expect(page.locator("[data-id=step_ship]")).to_be_visible()
    expect(page.locator("[data-id=step_load]")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#source .hit")).to_have_attribute("data-line", "5")
    expect(page.locator("#search")).to_have_value("charge")


@pytest.mark.full
def test_list_leads_to_workflows_and_the_address_keeps_the_choice(source: Path, server: Server, open_page: OpenPage) -> None:
    page = open_page(f"{server.url}/")
    expect(page.locator("#workflows [data-workflow]")).to_have_count(2)
    expect(page.locator("[data-workflow=Order]")).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-workflow=Refund] .badge.error")).to_have_text("1")
    page.locator("[data-workflow=Refund]").click()
    expect(page.locator("[data-id=step_refund]")).to_be_visible()
    page.locator("#workflows .opener").click()
    expect(page.locator("#panel .findings")).to_contain_text("SG201")
    page.reload()
    expect(page.locator("[data-id=step_refund]")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-id=step_charge]")).to_be_visible()


@pytest.mark.full
def test_workflow_that_goes_gives_its_place_to_another(source: Path, server: Server, open_page: OpenPage) -> None:
    page = open_page(f"{server.url}/")
    expect(page.locator("[data-id=step_charge]")).to_be_visible()
    source.unlink()
    expect(page.locator("[data-id=step_refund]")).to_be_visible()
    (source.parent / "refund.ts").unlink()
    expect(page.locator("#notice")).to_contain_text("No workflow in")
    expect(page.locator("#canvas")).to_be_hidden()
    source.write_text(workflow("Order", do("again")), encoding="utf-8")
    expect(page.locator("[data-id=step_again]")).to_be_visible()


@pytest.mark.full
def test_narrow_page_has_a_chooser_in_place_of_the_list(source: Path, server: Server, open_page: OpenPage) -> None:
    page = open_page(f"{server.url}/", width=600)
    expect(page.locator("#workflows")).to_be_hidden()
    page.locator("#choices").select_option("Refund")
    expect(page.locator("[data-id=step_refund]")).to_be_visible()


@pytest.mark.full
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_in_light_and_dark(
    source: Path, server: Server, open_page: OpenPage, scheme: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The two differ, and text stands out from what is behind it by the ratio WCAG asks for (4.5)."""
    page = open_page(f"{server.url}/", color_scheme=scheme)
    expect(page.locator("[data-id=step_charge]")).to_be_visible()
    dark = page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert dark == (scheme == "dark")
    for selector in ("#workflows .name", "#workflows .where", "#status", ".badge"):
        assert contrast(page, selector) >= 4.5, selector
    page.screenshot(path=tmp_path_factory.mktemp("screenshots") / f"{scheme}.png")


CONTRAST = """(element) => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let behind = element;
  while ((rgb(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
  const pair = [rgb(getComputedStyle(element).color), rgb(getComputedStyle(behind).backgroundColor)].map(luminance).sort((a, b) => b - a);
  return (pair[0] + 0.05) / (pair[1] + 0.05);
}"""


def contrast(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate(CONTRAST))


@pytest.mark.full
def test_lost_connection_is_shown_and_found_again(source: Path, browser: Browser) -> None:
    """In a page that may complain: the browser itself does, of connections that are refused."""
    page = browser.new_page()
    with serving(source.parent) as server:
        page.goto(f"{server.url}/")
        expect(page.locator("#status")).to_have_text("live")
        assert server.stop() == 0
        expect(page.locator("#status")).to_contain_text("connection lost")
        source.write_text(workflow("Order", do("meanwhile")), encoding="utf-8")
        with serving(source.parent, "--port", str(server.port)):
            expect(page.locator("[data-id=step_meanwhile]")).to_be_visible(timeout=15_000)
            expect(page.locator("#status")).to_have_text("live")
            page.close()
