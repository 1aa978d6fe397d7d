"""Collecting facts changes neither graphs nor notes, and needs no more room than Python has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from analyzer.builder import BuildOptions, build
from analyzer.frontends import read
from analyzer.graph.model import Workflow
from analyzer.payload.convert import to_payload
from analyzer.payload.document import GraphDocument
from analyzer.records import replace
from analyzer.source import Language, SourceFile, language_of

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SOURCES = sorted(path for path in FIXTURES.rglob("source*.*") if language_of(str(path)) is not None)


def documents(workflows: Iterable[Workflow]) -> list[GraphDocument]:
    """Payloads without what is read of the event: of a callback that only names a value the plain builder asks nothing."""
    return [to_payload(replace(workflow, payload=None)).document for workflow in workflows]


@pytest.mark.parametrize("topic", sorted({path.relative_to(FIXTURES).parts[0] for path in SOURCES}))
def test_graphs_and_notes_are_the_same(topic: str) -> None:
    for path in (path for path in SOURCES if path.relative_to(FIXTURES).parts[0] == topic):
        source = SourceFile(path.name, path.read_text(encoding="utf-8"), language_of(path.name) or Language.JAVASCRIPT)
        plain = build(read(source))
        observed = build(read(source), options=BuildOptions(facts=True))
        assert documents(observed.workflows) == documents(plain.workflows), path
        assert [workflow.notes for workflow in observed.workflows] == [workflow.notes for workflow in plain.workflows], path
        assert observed.notes == plain.notes, path
        assert all(workflow.facts is None for workflow in plain.workflows)


def test_deeply_nested_functions_and_branches() -> None:
    lines = ['import { WorkflowEntrypoint } from "cloudflare:workers";']
    for number in range(70):
        lines.append(f"const f{number} = async (step) => {{ {'if (x) { ' * 20}await f{number + 1}(step);{' }' * 20} }};")
    lines.append('const f70 = async (step) => { await step.do("deep", async () => 1); };')
    lines.append("export class Deep extends WorkflowEntrypoint { async run(event, step) { await f0(step); } }")
    module = read(SourceFile("a.js", "\n".join(lines), Language.JAVASCRIPT))
    (workflow,) = build(module, options=BuildOptions(facts=True)).workflows
    assert "SG906" in {note.code for note in workflow.notes}
