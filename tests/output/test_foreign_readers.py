"""What we write, read by the programs it is written for: Mermaid, Graphviz, networkx."""

from __future__ import annotations

import io
import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from drawn_fixtures import fixtures
from every_node import EVERY_NODE, do, graph
from provisioning import node_modules, program

from analyzer.output.diagrams.dot import render_dot
from analyzer.output.diagrams.graphml import render_graphml
from analyzer.output.diagrams.mermaid import render_mermaid
from analyzer.output.diagrams.network import network
from analyzer.output.diagrams.subject import Subject

HERE = Path(__file__).parent

NASTY = graph(
    *(
        do(name)
        for name in ('"q" \\" \\n', "<b>&amp;</b>", "a:b", "end", "%%{x}%%", "日本\u202e", "style: x", "\x00\x1b", "->{|}", "")
    ),
)


def subjects() -> dict[str, Subject]:
    return {"every node": EVERY_NODE, "nasty names": NASTY, **fixtures()}


def test_mermaid_accepts_every_fixture() -> None:
    node = program("node")
    node_modules(HERE / "mermaid")
    named = {render_mermaid(subject): name for name, subject in subjects().items()}  # twins give one text
    texts = [*named, "flowchart TD\n a[x"]
    command = [node, str(HERE / "mermaid" / "parse.mjs")]
    output = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=300).stdout
    refused = {text: refusal for text, refusal in zip(texts, json.loads(output), strict=True) if refusal is not None}
    assert [named.get(text, text) for text in refused] == texts[-1:]
    assert len(named) > 150


def test_graphviz_accepts_every_fixture_with_the_same_nodes_and_edges() -> None:
    dot = program("dot")
    drawn = subjects()
    text = "".join(map(render_dot, drawn.values()))
    result = subprocess.run([dot, "-Tcanon"], input=text, capture_output=True, text=True, check=False, timeout=120)
    assert (result.returncode, result.stderr) == (0, "")
    plain = subprocess.run([dot, "-Tplain"], input=render_dot(NASTY), capture_output=True, text=True, check=True).stdout
    words = [line.split()[0] for line in plain.splitlines()]
    assert words.count("node") == network(NASTY).number_of_nodes()
    assert words.count("edge") == network(NASTY).number_of_edges()


def test_graphviz_shows_names_as_they_are() -> None:
    dot = program("dot")
    svg = subprocess.run([dot, "-Tsvg"], input=render_dot(NASTY), capture_output=True, text=True, check=True).stdout
    texts = [element.text for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    for name in ('"q" \\" \\n', "<b>&amp;</b>", "a:b", "end", "%%{x}%%", "style: x", "->{|}"):
        assert name in texts


@pytest.mark.parametrize("name", ["every node", "nasty names"])
def test_graphml_comes_back_as_it_was(name: str) -> None:
    before = network(subjects()[name])
    after = nx.read_graphml(io.BytesIO(render_graphml(subjects()[name]).encode()), force_multigraph=True)
    assert without_empty(dict(after.nodes(data=True))) == without_empty(dict(before.nodes(data=True)))
    assert sorted(after.edges(data="kind")) == sorted(before.edges(data="kind"))


def test_graphml_of_every_fixture_comes_back() -> None:
    for name, subject in fixtures().items():
        before, after = network(subject), nx.read_graphml(io.BytesIO(render_graphml(subject).encode()), force_multigraph=True)
        assert set(after.nodes) == set(before.nodes), name
        assert edges(after) == edges(before), name


def edges(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, str]]:
    return sorted((start, end, data["kind"], data["condition"] or "") for start, end, data in graph.edges(data=True))


def without_empty(nodes: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """GraphML does not tell an empty text from none."""
    return {node: {name: value for name, value in data.items() if value not in (None, "")} for node, data in nodes.items()}


def test_edges_say_why_and_under_which_condition() -> None:
    found = {(data["kind"], data["condition"]) for _, _, data in network(EVERY_NODE).edges(data=True)}
    assert {("choice", "x > 1"), ("choice", "else"), ("choice", "two"), ("error", "on error")} <= found
    assert {("call", ""), ("float", ""), ("start", ""), ("next", ""), ("again", "no, again")} <= found


def test_nodes_know_their_type_numbers_and_place() -> None:
    nodes = network(EVERY_NODE).nodes
    assert {"step_do", "step_sleep", "step_sleep_until", "step_wait_for_event", "function_call", "if", "switch", "break"} <= {
        kind for _, kind in nodes(data="kind")
    }
    assert (nodes["step_b"]["starts"], nodes["step_b"]["resolves"]) == (1, 3)
    assert nodes["step_b"]["frame"] == "parallel_frame"
    order = next(subject for name, subject in fixtures().items() if name.endswith("order-fulfilment/source.ts#OrderFulfilment"))
    charge = network(order).nodes["step_charge_card"]
    assert (charge["line"], charge["column"]) == (46, 13)
    assert charge["path"].endswith("order-fulfilment/source.ts")
