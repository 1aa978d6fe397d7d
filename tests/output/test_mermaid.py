"""The Mermaid flowchart. That Mermaid accepts it was tried with mermaid 11.17 (``mermaid.parse`` and ``render``)."""

from __future__ import annotations

import re

import pytest
from every_node import EVERY_NODE, block, branch, call, do, function, graph, inside, leave

from analyzer.graph.model import Config, Note, StepDo
from analyzer.output.diagrams.mermaid import label, render_mermaid
from analyzer.output.diagrams.subject import Subject
from analyzer.source import Language, SourceFile, Span

NODE = re.compile(r'^ *(\w+)(?:\[|\(|\{).*"(.*)".*(?:\]|\)|\})$')
EDGE = re.compile(r'^ *(\w+) (-->|-\.->)(?:\|"(.*)"\|)? (\w+)$')


def edges(text: str) -> list[tuple[str, str, str]]:
    """Start, text and end of each arrow, in order."""
    return [(found[1], found[3] or "", found[4]) for line in text.splitlines() if (found := EDGE.match(line))]


def test_every_line_is_a_node_an_arrow_or_a_frame_and_every_id_is_unique() -> None:
    lines = render_mermaid(EVERY_NODE).splitlines()
    assert lines[0] == "flowchart TD"
    nodes = [found[1] for line in lines[1:] if not EDGE.match(line) and (found := NODE.match(line.replace("subgraph ", "")))]
    assert len(nodes) == len(set(nodes))
    assert {end for start, _, end in edges("\n".join(lines))} | {start for start, _, _ in edges("\n".join(lines))} <= set(nodes)
    frames = sum(line.lstrip().startswith("subgraph ") for line in lines)
    assert frames == sum(line.strip() == "end" for line in lines) > 0
    assert len(lines) == 1 + len(nodes) + len(edges("\n".join(lines))) + frames


def test_every_node_type_is_shown() -> None:
    text = render_mermaid(EVERY_NODE)
    shown = ["first", "inner", "nap", "dawn", "approval", "turn", "done", "break", "in parallel", "race", "one after another"]
    shown += ["helper()", "x #62; 1", "kind", "return", "risky", "catch", "finally", "in function", "Nested", "function helper"]
    assert [name for name in shown if name not in text] == []


def test_sequence_and_configuration() -> None:
    config = {"retries": {"limit": 2, "delay": 1000, "backoff": "constant"}, "timeout": "1 minute"}
    assert render_mermaid(graph(do("a", config=config), do("b"))) == (
        "flowchart TD\n"
        '  start_Example(["Example<br>by default 5 retries from 1 second, exponential, timeout 10 minutes"])\n'
        '  step_a["a<br>2 retries every 1 second<br>timeout 1 minute"]\n'
        "  start_Example --> step_a\n"
        '  step_b["b"]\n'
        "  step_a --> step_b\n"
        '  finish_end(["end"])\n'
        "  step_b --> finish_end\n"
    )


def test_a_new_step_leaves_the_ids_of_others_alone() -> None:
    before = render_mermaid(graph(do("a"), do("b"))).splitlines()
    after = render_mermaid(graph(do("a"), do("new"), do("b"))).splitlines()
    assert [line for line in before if line not in after] == ["  step_a --> step_b"]


def test_equal_and_similar_names_get_ids_of_their_own() -> None:
    text = render_mermaid(graph(do("a"), do("a"), do("a__2"), do("日本"), do("end")))
    assert re.findall(r"^  (step\w*)\[", text, re.MULTILINE) == ["step_a", "step_a__2", "step_a__2__2", "step", "step_end"]


def test_if_without_else_goes_on() -> None:
    text = render_mermaid(graph({"type": "if", "branches": [branch("x", do("a"))]}, do("b")))
    assert edges(text) == [
        ("if_x", "yes", "step_a"),
        ("start_Example", "", "if_x"),
        ("step_a", "", "step_b"),
        ("if_x", "no", "step_b"),
        ("step_b", "", "finish_end"),
    ]


def test_switch_case_without_break_falls_through() -> None:
    branches = [branch("one", do("a")), branch("two", do("b"), leave("break")), branch("three", leave("return"))]
    text = render_mermaid(graph({"type": "switch", "discriminant": "kind", "branches": branches}, do("after")))
    assert edges(text) == [
        ("switch_kind", "one", "step_a"),
        ("step_a", "", "step_b"),
        ("switch_kind", "two", "step_b"),
        ("switch_kind", "three", "leave_return"),
        ("start_Example", "", "switch_kind"),
        ("step_b", "", "step_after"),
        ("switch_kind", "otherwise", "step_after"),
        ("step_after", "", "finish_end"),
    ]


def test_endless_loop_is_left_by_its_break() -> None:
    turn = {"type": "if", "branches": [branch("x", leave("break")), branch(None, leave("return"))]}
    text = render_mermaid(graph(inside("loop", do("a"), turn), do("after")))
    assert ("leave_break", "", "step_after") in edges(text)
    assert not any(end == "step_after" and start != "leave_break" for start, _, end in edges(text))


def test_numbers_order_what_is_in_a_parallel() -> None:
    text = render_mermaid(graph(inside("parallel", do("a", starts=1, resolves=2), do("b", starts=2, resolves=3), kind="all")))
    assert edges(text) == [
        ("fork", "", "step_a"),
        ("step_a", "", "step_b"),
        ("start_Example", "", "fork"),
        ("step_b", "", "finish_end"),
    ]


def test_what_is_never_joined_is_not_waited_for() -> None:
    text = render_mermaid(graph(inside("parallel", do("a", starts=1), kind="all"), do("b")))
    assert "fork -.-> step_a" in text
    assert ("fork", "", "step_b") in edges(text)
    assert not any(start == "step_a" for start, _, _ in edges(text))


def test_functions_stand_once_and_calls_lead_to_them() -> None:
    text = render_mermaid(graph(call("f"), call("f"), call("unknown"), functions=[function("f", do("a"))]))
    assert text.count('subgraph body_f["function f"]') == 1
    assert [line.strip() for line in text.splitlines() if "-.->" in line] == [
        "call_f -.-> function_f",
        "call_f__2 -.-> function_f",
    ]


def test_what_could_not_be_seen_hangs_on_its_node() -> None:
    document = graph(do("a")).document
    span = Span("a.ts", 4, 8)
    step = StepDo("a", Config(), span=Span("a.ts", 2, 9))
    notes = (
        Note(span, "SG903", "the timeout is computed"),
        Note(None, "SG904", "x is not there"),
        Note(span, "SG301", "other"),
    )
    source = SourceFile("a.ts", "0123456789", Language.JAVASCRIPT)
    origins = ((document["workflow"]["nodes"][0], step),)
    text = render_mermaid(Subject(document, "a.ts", origins=origins, notes=notes, sources={"a.ts": source}))
    assert [line.strip() for line in text.splitlines() if "not" in line] == [
        'note_not_seen>"not seen<br>x is not there"]',
        "start_Example -.-> note_not_seen",
        'note_not_seen__2>"not seen<br>the timeout is computed"]',
        "step_a -.-> note_not_seen__2",
    ]


def test_final_block_runs_behind_block_and_handler() -> None:
    parts = {"try_block": block(do("a")), "catch_block": block(do("b")), "finally_block": block(do("c"))}
    text = render_mermaid(graph({"type": "try", **parts}))
    assert 'step_a -.->|"on error"| step_b' in text
    assert {("step_a", "", "step_c"), ("step_b", "", "step_c"), ("step_c", "", "finish_end")} <= set(edges(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('say "hi"', "say #quot;hi#quot;"),
        ("a < b && c > #1", "a #60; b #38;#38; c #62; #35;1"),
        ("`code` **bold**", "#96;code#96; #42;#42;bold#42;#42;"),
        ("1. first", "1#46; first"),
        ("- dash", "#45; dash"),
        ("%%{init}%%", "#37;#37;{init}#37;#37;"),
        ("$$x$$ ${y}", "#36;#36;x#36;#36; ${y}"),
        ("direction LR", "#100;irection LR"),
        ("two\nlines", "two lines"),
        ("\x1b[0m", "#92;x1b[0m"),
        ("x" * 101, "x" * 99 + "…"),
        ("", " "),
    ],
)
def test_label_means_nothing_to_mermaid(text: str, expected: str) -> None:
    assert label(text) == expected


def test_style_before_a_colon_keeps_its_entities() -> None:
    assert '  step_style_x["style#58;#quot;x#quot;"]' in render_mermaid(graph(do('style:"x"'))).splitlines()
