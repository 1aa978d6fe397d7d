"""How far our graphs agree with those of the platform's own parser, on what it was observed to give."""

from __future__ import annotations

from shares import measure


def test_shares_with_the_platform() -> None:
    shares = measure()
    assert shares.steps >= 0.98
    assert shares.trees >= 0.68
    assert shares.agreed >= 0.95
    assert shares.agreed_aside >= 0.99
