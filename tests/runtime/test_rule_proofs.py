"""Every rule whose proof is the engine has a run that breaks as the rule says, and the rule reports what breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import Engine, Run, Subject
from provisioning import node_modules, python_sdk
from python_engine import PythonEngine
from rule_proofs import JAVASCRIPT_PROOFS, PYTHON_PROOFS, STEP_LIMIT, Proof, Seen
from runtime_cases import RuntimeCase

from analyzer.api import Options, analyze_source
from analyzer.graph.model import Severity
from analyzer.lint.registry import RULES
from analyzer.lint.rule import Proof as KindOfProof
from analyzer.lint.runner import check_file
from analyzer.records import replace

PROOFS = (*JAVASCRIPT_PROOFS, *PYTHON_PROOFS)


def ids(proof: Proof) -> str:
    return f"{proof.code}{'-py' if proof.python else ''}"


def subjects() -> list[Subject]:
    named = ((f"{number}{state}", proof) for number, proof in enumerate(JAVASCRIPT_PROOFS) for state in "ba")
    return [Subject(name, proof.sources["ba".index(name[-1])], "Subject") for name, proof in named]


@pytest.fixture(scope="module")
def recorded() -> Iterator[Engine]:
    with Engine(node_modules(), subjects(), step_limit=STEP_LIMIT) as running:
        yield running


@pytest.fixture(scope="module")
def sdk() -> PythonEngine:
    return PythonEngine(python_sdk())


def check(run: Run, seen: Seen) -> None:
    assert run.status == seen.status, run
    assert seen.error in str(run.error)
    if seen.steps is not None:
        assert run.steps() == seen.steps
    if seen.attempts is not None:
        assert sum(entry.kind == "attempt" for entry in run.trace) == seen.attempts


@pytest.mark.parametrize(
    "number", range(len(JAVASCRIPT_PROOFS)), ids=lambda number: f"{number}-{JAVASCRIPT_PROOFS[number].code}"
)
def test_javascript_breaks_and_is_mended(recorded: Engine, number: int) -> None:
    proof = JAVASCRIPT_PROOFS[number]
    for state, source, seen in zip("ba", proof.sources, (proof.broken, proof.mended), strict=True):
        if proof.direct:
            with Engine(node_modules(), [], direct=Subject("direct", source, "Subject")) as engine:
                check(engine.run("direct", proof.job), seen)
        else:
            check(recorded.run(f"{number}{state}", proof.job), seen)


@pytest.mark.parametrize("proof", PYTHON_PROOFS, ids=ids)
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")
def test_python_breaks_and_is_mended(sdk: PythonEngine, proof: Proof) -> None:
    for source, seen in zip(proof.sources, (proof.broken, proof.mended), strict=True):
        check(sdk.run(RuntimeCase(proof.code, Path(proof.path), source, ()), proof.job), seen)


@pytest.mark.parametrize("proof", PROOFS, ids=ids)
def test_the_rule_reports_what_breaks_and_nothing_once_it_is_mended(proof: Proof) -> None:
    (rule,) = (rule for rule in RULES if rule.code == proof.code)
    found = []
    for source in proof.sources:
        file = analyze_source(source, filename=proof.path, options=Options(facts=True)).context
        workflows = tuple(replace(workflow, configured_limit=STEP_LIMIT) for workflow in file.workflows)
        found.append(check_file(replace(file, workflows=workflows), [rule]))
    assert [bool(findings) for findings in found] == [True, False]


def test_every_rule_proven_by_the_engine_has_its_run() -> None:
    assert {rule.code for rule in RULES if rule.proof is KindOfProof.ENGINE} == {proof.code for proof in PROOFS}


def test_error_rules_say_how_they_are_known() -> None:
    """Apart from files that cannot be read, and from what a project forbids itself."""
    errors = (rule for rule in RULES if rule.severity is Severity.ERROR)
    proofs = Counter(rule.proof for rule in errors if rule.code != "SG003" and not rule.code.startswith("SG6"))
    assert set(proofs) == {KindOfProof.ENGINE, KindOfProof.REPLAY, KindOfProof.BUNDLER, KindOfProof.WRANGLER, KindOfProof.DOCS}
    assert proofs[KindOfProof.ENGINE] >= 15


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.proof is KindOfProof.DOCS], ids=lambda rule: rule.code)
def test_a_rule_known_from_the_documentation_names_it(rule: object) -> None:
    assert "ocumentation" in (type(rule).__doc__ or "")
