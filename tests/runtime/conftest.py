"""One engine for the session, with every workflow of ``fixtures/runtime`` in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engine import Engine
from provisioning import node_modules
from runtime_cases import all_cases


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """The running engine."""
    modules = node_modules()
    with Engine(modules, [case.subject for case in all_cases()]) as running:
        yield running
