"""Workflows made of any syntax: the step object in every place of the language, sensible or not."""

from __future__ import annotations

import javascript_programs
import pytest
import python_programs
from examples import examples
from hypothesis import strategies as st

from analyzer import Analysis, Options, analyze_source, validate_payload
from analyzer.payload.text import canonical

JAVASCRIPT_HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
PYTHON_HEAD = "import asyncio\nfrom workers import WorkflowEntrypoint\n"


@st.composite
def in_javascript(draw: st.DrawFn) -> str:
    """A module with a workflow class of any members, whose ``run`` is of any statements, and any statement before it."""
    writer, place = javascript_programs.Writer(draw), javascript_programs.Place(3)
    outside = writer.statement(javascript_programs.Place(3, is_async=False))
    members = " ".join(writer.member(place) for _ in range(writer.count(2)))
    inside = javascript_programs.Place(4, in_function=True)
    run = "\n".join(writer.statement(inside) for _ in range(1 + writer.count(3)))
    head = f"{JAVASCRIPT_HEAD}{outside}\nexport class Flow extends WorkflowEntrypoint {{ {members}\n"
    return f"{head}async run(event, step) {{\n{run}\n}} }}\n"


@st.composite
def in_python(draw: st.DrawFn) -> str:
    """The same in Python."""
    writer = python_programs.Writer(draw)
    outside = writer.statement(python_programs.Place(2, is_async=False, in_function=False))
    run = [line for _ in range(1 + writer.count(3)) for line in writer.statement(python_programs.Place(4))]
    head = f"{PYTHON_HEAD}{chr(10).join(outside)}\nclass Flow(WorkflowEntrypoint):\n    async def run(self, event, step):\n"
    return head + "".join(f"        {line}\n" for line in run)


def check_javascript(text: str) -> None:
    """Two parsers, one result; what esprima refuses for a fault of its own (``in`` in the pattern of a loop) is one parser's."""
    analysis = analyzed(text, "flow.jsx")
    assert syntax_errors(analysis) == [], text
    by_esprima = analyze_source(text, filename="flow.jsx", options=Options(parser="esprima"))
    if syntax_errors(by_esprima) != ["Unexpected token in"]:
        assert by_esprima.documents == analysis.documents, text
        assert by_esprima.all_notes == analysis.all_notes, text


def check_python(text: str) -> None:
    """Everything in it parses."""
    assert syntax_errors(analyzed(text, "flow.py")) == [], text


def syntax_errors(analysis: Analysis) -> list[str]:
    """What does not parse, in the parser's words."""
    return [note.message for note in analysis.notes if note.code == "SG101"]


def analyzed(text: str, filename: str) -> Analysis:
    """The analysis: there is a workflow, its payload is valid, and the same the second time."""
    analysis, again = analyze_source(text, filename=filename), analyze_source(text, filename=filename)
    assert len(analysis.documents) >= 1, text
    assert [problem for document in analysis.documents for problem in validate_payload(document)] == [], text
    assert canonical(list(again.documents)) == canonical(list(analysis.documents)), text
    assert again.all_notes == analysis.all_notes, text
    return analysis


@examples(in_javascript(), 120)
def test_any_javascript(text: str) -> None:
    check_javascript(text)


@examples(in_python(), 120)
def test_any_python(text: str) -> None:
    check_python(text)


@pytest.mark.full
@examples(in_javascript(), 3_000)
def test_much_of_any_javascript(text: str) -> None:
    check_javascript(text)


@pytest.mark.full
@examples(in_python(), 3_000)
def test_much_of_any_python(text: str) -> None:
    check_python(text)
