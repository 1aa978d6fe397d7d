"""A flowchart as data: nodes, arrows between them and frames around them, before any format writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from analyzer.output.diagrams.naming import KINDS, Names
from analyzer.records import field, record

if TYPE_CHECKING:
    from analyzer.payload.document import NodeDocument


class EdgeKind(Enum):
    """Why an arrow leads from one node to another."""

    NEXT = "next"
    CHOICE = "choice"  # under the condition that is its text
    AGAIN = "again"  # another turn of a loop
    ERROR = "error"  # into a handler
    START = "start"  # begins beside what else runs
    FLOAT = "float"  # begins beside what else runs, and is never awaited
    CALL = "call"  # to the function called
    NOTE = "note"  # to what could not be seen there


@record
class ChartNode:
    """A node: its id, its kind (a type of the payload, or what else a chart has), and lines of text."""

    id: str
    kind: str
    lines: tuple[str, ...]
    node: NodeDocument | None = None


@record
class ChartEdge:
    """An arrow with a text on it, which may be empty."""

    start: str
    end: str
    kind: EdgeKind
    text: str = ""


@record
class Frame:
    """A titled frame and what stands in it."""

    id: str
    title: str
    items: list[Item] = field(default_factory=list)


Item: TypeAlias = ChartNode | ChartEdge | Frame


class Chart:
    """Items in the order in which they are drawn. Ids are made of what a node is called."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._current = self.items
        self._names = Names()

    def node(self, kind: str, *lines: str, node: NodeDocument | None = None) -> str:
        """Draws a node with lines of text and gives its id."""
        made = ChartNode(self._names.id(KINDS.get(kind, kind), lines[0] if lines else ""), kind, lines, node)
        self._current.append(made)
        return made.id

    def edge(self, start: str, end: str, kind: EdgeKind = EdgeKind.NEXT, text: str = "") -> None:
        """Draws an arrow between two nodes."""
        self._current.append(ChartEdge(start, end, kind, text))

    @contextmanager
    def frame(self, title: str, kind: str, name: str = "") -> Iterator[None]:
        """Draws what is drawn meanwhile inside a titled frame, whose id is made of a kind and a name."""
        frame = Frame(self._names.id(kind, name), title)
        around, self._current = self._current, frame.items
        around.append(frame)
        yield
        self._current = around
