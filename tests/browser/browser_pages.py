"""Pages as tests open them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

OpenPage = Callable[..., Page]
"""Takes an address, and as keywords ``color_scheme``, ``width`` and ``height``."""
