"""How these tests draw their examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

T = TypeVar("T")


def examples(strategy: st.SearchStrategy[T], count: int) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """Runs a test on so many examples, always the same ones.

    They are not made smaller: that takes minutes, and a failing test shows the source.
    """
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.generate]
    run = settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=quiet, phases=phases
    )
    return lambda test: run(given(strategy)(test))
