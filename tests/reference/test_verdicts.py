"""Every case in which we differ from the platform has a reason, and what really runs does not speak against ours."""

from __future__ import annotations

from functools import cache

import pytest
from comparison import cases
from provisioning import node_modules
from recording import Recorded, record, recorded
from verdicts import GRAPHS, TABLE, Verdict, clauses, graphs_text, table, verdicts


@cache
def found() -> tuple[Verdict, ...]:
    return tuple(verdicts(recorded()))


def test_every_difference_has_one_reason_and_what_is_the_same_has_none() -> None:
    listed = [case for clause in clauses() for case in clause.cases]
    assert sorted(listed) == sorted(verdict.case.id for verdict in found() if not verdict.same)


def test_no_run_is_refused_by_a_graph_of_ours() -> None:
    assert {verdict.case.id: verdict.against_ours for verdict in found() if verdict.against_ours} == {}


def test_every_case_with_a_workflow_was_run() -> None:
    runs = recorded()
    assert list(runs) == [case.id for case in cases()]
    idle = {case for case, ones in runs.items() if all(one.run is None for one in ones)}
    assert idle == {
        "entrypoint-03",
        "entrypoint-12",
        "entrypoint-13",
        "entrypoint-14",
        "entrypoint-24",
        "entrypoint-25",
        "functions-08",
    }


def test_graphs_and_table_are_up_to_date() -> None:
    assert GRAPHS.read_text(encoding="utf-8") == graphs_text(found())
    assert TABLE.read_text(encoding="utf-8") == table(found())


@pytest.mark.full
@pytest.mark.xdist_group("runtime")
def test_cases_run_anew_show_the_same() -> None:
    anew: dict[str, list[Recorded]] = {}
    for one in record(node_modules()):
        anew.setdefault(one.case, []).append(one)
    again = verdicts(anew)
    assert {verdict.case.id: verdict.against_ours for verdict in again if verdict.against_ours} == {}
    assert table(again) == TABLE.read_text(encoding="utf-8")
    assert {case: _calls(ones) for case, ones in anew.items()} == {case: _calls(ones) for case, ones in recorded().items()}


def _calls(recordings: list[Recorded]) -> list[list[str]]:
    """The calls of runs that came to an end while they were watched; how far the others came is a matter of time."""
    ended = (one.run for one in recordings if one.run is not None and one.run.status in ("complete", "errored"))
    return [sorted(run.steps()) for run in ended]
