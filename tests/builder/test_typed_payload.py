"""Fields that a payload's type declares, beside those that are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer import Options, analyze_paths, analyze_source

TYPED = Options(typed_payload=True)
RUN = "async run(event%s, step) { await step.do(`a ${event.payload.id}`, f); }"
HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
UNKNOWN = {"type": "unknown"}


def fields(**each: object) -> dict[str, object]:
    return {"type": "object", "fields": each}


def payload(text: str, filename: str = "w.ts", options: Options = TYPED) -> object:
    (document,) = analyze_source(HEAD + text if filename.endswith("ts") else text, filename=filename, options=options).documents
    return json.loads(json.dumps(document))["workflow"].get("payload")


def script(declarations: str, parameter: str, base: str = "WorkflowEntrypoint") -> str:
    return f"{declarations}\nexport class W extends {base} {{ {RUN % parameter} }}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (script("", ": WorkflowEvent<{ id: string; sum: number }>"), fields(id=UNKNOWN, sum=UNKNOWN)),
        (script("", ": Readonly<WorkflowEvent<{ sum: number }>>"), fields(id=UNKNOWN, sum=UNKNOWN)),
        (
            script("type P = { to: Q }; interface Q { city: string }", ": WorkflowEvent<P>"),
            fields(id=UNKNOWN, to=fields(city=UNKNOWN)),
        ),
        (script("type Box<T> = { of: T }", ": WorkflowEvent<Box<{ x: 1 }>>"), fields(id=UNKNOWN, of=fields(x=UNKNOWN))),
        (script("type P = { b: 1 }", "", "WorkflowEntrypoint<Env, P>"), fields(id=UNKNOWN, b=UNKNOWN)),
        (script("interface E { payload: { c: 1 } }", ": E"), fields(id=UNKNOWN, c=UNKNOWN)),
        (script("", ": WorkflowEvent<any>"), fields(id=UNKNOWN)),
        (script("", ""), fields(id=UNKNOWN)),
    ],
)
def test_declared_fields_stand_behind_those_that_are_read(text: str, expected: object) -> None:
    assert payload(text) == expected


def test_without_the_option_only_what_is_read_counts() -> None:
    assert payload(script("", ": WorkflowEvent<{ id: string; sum: number }>"), options=Options()) == fields(id=UNKNOWN)


def test_a_type_that_contains_itself_ends() -> None:
    found = payload(script("interface Tree { inner: Tree }", ": WorkflowEvent<Tree>"))
    assert json.dumps(found).count("inner") == 4


def test_a_typed_dictionary_of_python() -> None:
    text = """\
from typing import TypedDict
from workers import WorkflowEntrypoint

class Order(TypedDict):
    id: str
    total: int

class Event(TypedDict):
    payload: Order

class W(WorkflowEntrypoint):
    async def run(self, event: Event, step):
        await step.sleep("nap", 1000)
"""
    assert payload(text, "w.py") == fields(id=UNKNOWN, total=UNKNOWN)


def test_types_of_other_modules(tmp_path: Path) -> None:
    (tmp_path / "types.ts").write_text(
        "export interface Order { id: string; lines: Line[] }\ninterface Line {}\n", encoding="utf-8"
    )
    (tmp_path / "again.ts").write_text('export { Order as Job } from "./types";\n', encoding="utf-8")
    text = script('import type { Job } from "./again";', ": WorkflowEvent<Job>")
    (tmp_path / "w.ts").write_text(HEAD + text, encoding="utf-8")
    (analysis,) = analyze_paths([str(tmp_path)], options=TYPED)
    assert json.loads(json.dumps(analysis.documents[0]))["workflow"]["payload"] == fields(id=UNKNOWN, lines=UNKNOWN)
