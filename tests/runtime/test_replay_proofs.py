"""Every rule proven by a replay has a run that is resumed in the real engine and does what the rule says."""

from __future__ import annotations

from functools import cache

import pytest
from deployments import Deployment, Observed, deploy, module
from provisioning import node_modules
from replay_proofs import MODULE, REPLAY_PROOFS, Replayed, ReplayProof

from analyzer.api import Options, analyze_source
from analyzer.lint.registry import RULES
from analyzer.lint.rule import Proof
from analyzer.lint.runner import check_file

pytestmark = pytest.mark.xdist_group("replay")
CASES = pytest.mark.parametrize("number", range(len(REPLAY_PROOFS)), ids=lambda number: REPLAY_PROOFS[number].code)


def versions(proof: ReplayProof, body: str) -> Deployment:
    """One and the same body in two processes, between which chance, the clock or the outside world has changed."""
    if proof.body is MODULE:
        return Deployment(body.format(proof.before), body.format(proof.later), proof.stop)
    return Deployment(f"{proof.before} {body}", f"{proof.later} {body}", proof.stop)


@cache
def observed() -> list[Observed]:
    return deploy(node_modules(), [versions(proof, body) for proof in REPLAY_PROOFS for body in proof.bodies])


@CASES
def test_a_replay_goes_another_way_until_it_is_mended(number: int) -> None:
    proof = REPLAY_PROOFS[number]
    for found, expected in zip(observed()[2 * number : 2 * number + 2], (proof.broken, proof.mended), strict=True):
        assert found.status == "complete", found
        assert Replayed(found.ran, found.began, found.output) == expected


@CASES
def test_the_rule_reports_it_until_it_is_mended(number: int) -> None:
    proof = REPLAY_PROOFS[number]
    (rule,) = (rule for rule in RULES if rule.code == proof.code)
    sources = [module(body.format(0) if proof.body is MODULE else body) for body in proof.bodies]
    files = [analyze_source(source, filename="w.js", options=Options(facts=True)).context for source in sources]
    assert [bool(check_file(file, [rule])) for file in files] == [True, False]


def test_every_rule_proven_by_a_replay_has_its_run() -> None:
    assert {rule.code for rule in RULES if rule.proof is Proof.REPLAY} == {proof.code for proof in REPLAY_PROOFS}
