"""A graph as a Mermaid flowchart, as GitHub draws it from a fenced block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

from analyzer.output.diagrams.chart import ChartEdge, ChartNode, EdgeKind, Frame, Item
from analyzer.output.diagrams.charting import flowchart
from analyzer.output.diagrams.words import printable

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject

MAX_LABEL = 100
"""Characters of one line of a label; what is longer ends in an ellipsis."""

ENTITIES = {ord(char): f"#{ord(char)};" for char in "#<>&`*\\|%~"} | {ord('"'): "#quot;"}
"""Characters that Mermaid, its HTML labels or its Markdown would read as theirs, as its own kind of entity."""

LEADING_MARKDOWN = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+])(?=\s|$)")
DIRECTION = re.compile(r"direction(?=\s)")
"""Mermaid reads a line as its own statement if it has this word before a direction, even inside quotes."""

STYLE = re.compile(r"style|classDef")
"""Mermaid drops the last semicolon, even an entity's, of a line that has one of these words before a colon."""

SOLID = frozenset({EdgeKind.NEXT, EdgeKind.CHOICE, EdgeKind.START})


class Shape(Enum):
    """The form of a node, by the brackets around its label."""

    BOX = "[", "]"
    ROUND = "(", ")"
    STADIUM = "([", "])"
    CIRCLE = "((", "))"
    DIAMOND = "{", "}"
    SLANTED = "[/", "/]"
    SUBROUTINE = "[[", "]]"
    FLAG = ">", "]"


SHAPES = {
    "step_do": Shape.BOX,
    "step_wait_for_event": Shape.SLANTED,
    "function_call": Shape.SUBROUTINE,
    "if": Shape.DIAMOND,
    "switch": Shape.DIAMOND,
    "fork": Shape.CIRCLE,
    "join": Shape.CIRCLE,
    "start": Shape.STADIUM,
    "finish": Shape.STADIUM,
    "function_def": Shape.STADIUM,
    "break": Shape.STADIUM,
    "note": Shape.FLAG,
}
"""By kind; what is not here is round."""


def render_mermaid(subject: Subject, *, color: bool = False) -> str:
    """The flowchart of a workflow, functions below it with dotted arrows from their calls; never coloured."""
    return "".join(f"{line}\n" for line in ("flowchart TD", *_lines(flowchart(subject).items, "  ")))


def _lines(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        match item:
            case ChartNode():
                opening, closing = SHAPES.get(item.kind, Shape.ROUND).value
                yield _safe(f'{indent}{item.id}{opening}"{label(*item.lines)}"{closing}')
            case ChartEdge():
                yield _safe(indent + _arrow(item))
            case Frame():
                yield _safe(f'{indent}subgraph {item.id}["{label(item.title)}"]')
                yield from _lines(item.items, indent + "  ")
                yield f"{indent}end"


def _arrow(edge: ChartEdge) -> str:
    arrow = "-->" if edge.kind in SOLID else "-.->"
    return f"{edge.start} {arrow}" + (f'|"{label(edge.text)}"|' if edge.text else "") + f" {edge.end}"


def _safe(line: str) -> str:
    return line.replace(":", "#58;") if STYLE.search(line) else line


def label(*lines: str) -> str:
    """Lines of text as the inside of a quoted label."""
    return "<br>".join(_escape(line) for line in lines if line) or " "


def _escape(line: str) -> str:
    text = printable(line)
    if len(text) > MAX_LABEL:
        text = text[: MAX_LABEL - 1] + "…"
    text = text.translate(ENTITIES).replace("$$", "#36;#36;")
    return DIRECTION.sub("#100;irection", LEADING_MARKDOWN.sub(_escape_marker, text))


def _escape_marker(match: re.Match[str]) -> str:
    """A list marker at the start of a label, which some versions refuse to draw."""
    number, punctuation, bullet = match.groups()
    return f"#{ord(bullet)};" if bullet else f"{number}#{ord(punctuation)};"
