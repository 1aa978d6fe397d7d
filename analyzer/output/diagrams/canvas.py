"""What a Mermaid flowchart is made of: nodes, edges and subgraphs, with ids and labels that are safe everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import chain, count

from analyzer.output.diagrams.words import printable

MAX_LABEL = 100
"""Characters of one line of a label; what is longer ends in an ellipsis."""

MAX_SLUG = 32

ENTITIES = {ord(char): f"#{ord(char)};" for char in "#<>&`*\\|%~"} | {ord('"'): "#quot;"}
"""Characters that Mermaid, its HTML labels or its Markdown would read as theirs, as its own kind of entity."""

LEADING_MARKDOWN = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+])(?=\s|$)")
DIRECTION = re.compile(r"direction(?=\s)")
"""Mermaid reads a line as its own statement if it has this word before a direction, even inside quotes."""

STYLE = re.compile(r"style|classDef")
"""Mermaid drops the last semicolon, even an entity's, of a line that has one of these words before a colon."""


class Shape(Enum):
    """The form of a node, by the brackets around its label."""

    BOX = "[", "]"
    ROUND = "(", ")"
    STADIUM = "([", "])"
    CIRCLE = "((", "))"
    DIAMOND = "{", "}"
    HEXAGON = "{{", "}}"
    SLANTED = "[/", "/]"
    SUBROUTINE = "[[", "]]"


class Canvas:
    """Lines of a flowchart. Ids are made of what a node is called, so that a change elsewhere leaves them alone."""

    def __init__(self) -> None:
        self._lines = ["flowchart TD"]
        self._indent = "  "
        self._ids: set[str] = set()

    def node(self, kind: str, shape: Shape, *lines: str) -> str:
        """Draws a node with lines of text and gives its id."""
        node = self.id(kind, lines[0] if lines else "")
        opening, closing = shape.value
        self._add(f'{node}{opening}"{label(*lines)}"{closing}')
        return node

    def edge(self, start: str, end: str, text: str = "", *, dotted: bool = False) -> None:
        """Draws an arrow between two nodes, with a text on it if there is one."""
        arrow = "-.->" if dotted else "-->"
        self._add(f'{start} {arrow}|"{label(text)}"| {end}' if text else f"{start} {arrow} {end}")

    @contextmanager
    def group(self, title: str, kind: str, name: str = "") -> Iterator[None]:
        """Draws what is drawn meanwhile inside a titled frame, whose id is made of a kind and a name."""
        self._add(f'subgraph {self.id(kind, name)}["{label(title)}"]')
        self._indent += "  "
        yield
        self._indent = self._indent[2:]
        self._add("end")

    def id(self, kind: str, name: str) -> str:
        """An id no other part has; the kind stands first, for a name may be a word of Mermaid's own."""
        slug = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")[:MAX_SLUG].rstrip("_")
        base = f"{kind}_{slug}" if slug else kind
        numbered = (f"{base}__{number}" for number in count(2))
        found = next(each for each in chain([base], numbered) if each not in self._ids)
        self._ids.add(found)
        return found

    def text(self) -> str:
        """The whole flowchart."""
        return "\n".join(self._lines) + "\n"

    def _add(self, line: str) -> None:
        self._lines.append(self._indent + (line.replace(":", "#58;") if STYLE.search(line) else line))


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
