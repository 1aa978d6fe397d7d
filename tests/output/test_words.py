"""Values as a person says them."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.output.diagrams import words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0 ms"),
        (1, "1 ms"),
        (999.5, "999.5 ms"),
        (1000, "1 second"),
        (1500, "1.5 seconds"),
        (60_000, "1 minute"),
        (90_000, "90 seconds"),
        (7_200_000, "2 hours"),
        (86_400_000, "1 day"),
        (400 * 86_400_000, "400 days"),
        ("10 min", "10 min"),
        ("unknown", "a computed time"),
        ("Generated", "a computed time"),
    ],
)
def test_duration(value: str | float, expected: str) -> None:
    assert words.duration(value) == expected


@pytest.mark.parametrize(
    ("retries", "timeout", "expected"),
    [
        ((5, 1000, "exponential"), 10_000, []),
        ((5, 1000, "exponential"), "unknown", ["timeout a computed time"]),
        ((0, 1000, "exponential"), 10_000, ["no retries"]),
        ((1, 2000, "constant"), "30 minutes", ["1 retry every 2 seconds", "timeout 30 minutes"]),
        ((10_000_000, "1 hour", "linear"), 10_000, ["10000000 retries from 1 hour, linear"]),
    ],
)
def test_config(retries: tuple[Any, Any, Any], timeout: Any, expected: list[str]) -> None:
    limit, delay, backoff = retries
    assert words.config({"retries": {"limit": limit, "delay": delay, "backoff": backoff}, "timeout": timeout}) == expected


def test_wait_without_a_timeout_says_how_long_the_engine_waits() -> None:
    assert words.waiting({"event_type": "paid", "timeout": 0}) == ['wait for event "paid"', "timeout 24 hours by default"]
