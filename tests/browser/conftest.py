"""A real browser, and pages in it that must not complain and must not leave."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browser_pages import OpenPage
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium as the system has it; without one the tests are skipped, with ``--full`` they fail.

    Not for the session: Playwright's event loop runs as long as it does, and no other test of the process could run its own.
    """
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        (pytest.fail if request.config.getoption("--full") else pytest.skip)("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address. At the end no page may have met an error, or asked for anything from elsewhere."""
    trouble: list[str] = []
    contexts = []

    def call(url: str, color_scheme: str = "light", width: int = 1400, height: int = 900) -> Page:
        context = browser.new_context(color_scheme=color_scheme, viewport={"width": width, "height": height})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda request: trouble.append(request.url) if _leaves(url, request.url) else None)
        page.goto(url)
        return page

    yield call
    for context in contexts:
        context.close()
    assert trouble == []


def _leaves(page: str, request: str) -> bool:
    asked = urlsplit(request)
    return asked.scheme not in ("data", "blob") and asked[:2] != urlsplit(page)[:2]
