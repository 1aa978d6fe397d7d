"""Random programs through both JavaScript frontends: equal trees, equal places, no problems."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from javascript_programs import programs
from twins import difference, misplaced, read_both


@settings(max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programs())
def test_random_programs_are_read_alike(text: str) -> None:
    left, right = read_both(text)
    assert (left.problems, right.problems) == ((), ())
    assert difference(text) == ""
    assert misplaced(text) == []
    assert left.effects() == right.effects()
    assert hash(left.body) == hash(right.body)
