"""Callbacks that only return a name are not called to collect facts; the facts are those of the call."""

from __future__ import annotations

import pytest

from analyzer.builder import BuildOptions, build
from analyzer.frontends import read
from analyzer.graph.facts import Facts
from analyzer.graph.model import Workflow
from analyzer.source import Language, SourceFile

SOURCE = """
import {{ WorkflowEntrypoint }} from "cloudflare:workers";
let shared = 0;
export class Main extends WorkflowEntrypoint {{
  async run(event, step) {{
    const now = Date.now(), free = step.do("free", async () => 1);
    let count = 0;
    function save() {{ return step.sleep("nap", "1 hour"); }}
    await step.do("count", async () => {{ count += 1; }});
    await step.do("name", async () => {{ return{0}{1}{2};}});
    for (const item of event.payload.items) await step.do(`one ${{item}}`, async () => {{ return{0}item{2};}});
    return count;
  }}
}}
"""


def workflow(name: str, before: str, behind: str) -> Workflow:
    """The workflow whose callback returns a name; in parentheses, it is called like any other function."""
    source = SourceFile("main.ts", SOURCE.format(before, name, behind), Language.JAVASCRIPT)
    return build(read(source), options=BuildOptions(facts=True)).workflows[0]


@pytest.mark.parametrize("name", ["event", "now", "count", "shared", "free", "save", "step", "unknown", "undefined"])
def test_facts_are_those_of_a_call(name: str) -> None:
    short, called = workflow(name, " ", " "), workflow(name, "(", ")")
    assert short.body == called.body
    assert _comparable(short.facts) == _comparable(called.facts)


def _comparable(facts: Facts | None) -> tuple[object, ...]:
    """All facts; of results not the place of the return, which a parenthesis makes longer."""
    assert facts is not None
    results = [(fact.step, fact.value, fact.inside) for fact in facts.results]
    others = (facts.steps, facts.uses, facts.calls, facts.writes, facts.errors, facts.catches, facts.instance_tests)
    return results, *others, facts.slips, facts.escaped
