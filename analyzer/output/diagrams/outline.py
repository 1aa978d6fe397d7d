"""A payload as nested headlines: what the tree prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analyzer.output.diagrams.captions import caption, workflow_details
from analyzer.output.diagrams.timing import Cell, cells, numbers_of
from analyzer.payload.document import child_sequences
from analyzer.records import record, replace

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Drawn, Remark, Subject
    from analyzer.payload.document import BranchDocument, NodeDocument


@record
class Item:
    """A headline with a symbol, details, numbers, and what stands below it."""

    symbol: str
    title: str
    details: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    numbers: str = ""


def outline(subject: Subject) -> list[Item]:
    """The workflow, then each of its functions."""
    return _Outline(subject).items()


class _Outline:
    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    def items(self) -> list[Item]:
        workflow = self._subject.workflow
        details = workflow_details(self._subject)
        root = Item("", workflow["class_name"], details, self._inside(workflow, self._sequence(workflow["nodes"])))
        return [root, *self._sequence(workflow["functions"].values())]

    def _sequence(self, nodes: Iterable[NodeDocument]) -> tuple[Item, ...]:
        return tuple(map(self._item, nodes))

    def _item(self, node: NodeDocument) -> Item:
        symbol, title, details, numbers = caption(node, self._subject)
        return Item(symbol, title, details, self._inside(node, self._below(node)), numbers)

    def _inside(self, node: Drawn, below: tuple[Item, ...]) -> tuple[Item, ...]:
        """What is below a node, and before it what could not be seen there."""
        return (*(_remark(each) for each in self._subject.remarks(node)), *below)

    def _below(self, node: NodeDocument) -> tuple[Item, ...]:
        match node["type"]:
            case "if":
                return self._branches(node["branches"], "", "else", alone=True)
            case "switch":
                return self._branches(node["branches"], "case ", "default")
            case "try":
                parts = (("try", node["try_block"]), ("catch", node["catch_block"]), ("finally", node["finally_block"]))
                return tuple(Item("", title, (), self._sequence(block["nodes"])) for title, block in parts if block)
            case "parallel":
                return self._side_by_side(node["nodes"])
            case "start":
                return self._sequence([*node["nodes"], *node["functions"].values()])
            case _:
                return self._sequence([each for _, nodes in child_sequences(node) for each in nodes])

    def _side_by_side(self, nodes: Sequence[NodeDocument]) -> tuple[Item, ...]:
        """What runs in parallel, with a bar of time before its numbers where not all of it starts and ends together."""
        grid = cells([numbers_of(node) for node in nodes])
        rows = max((cell.last for cell in grid), default=0)
        items = self._sequence(nodes)
        if rows < 2:
            return items
        return tuple(
            replace(item, numbers=f"{_bar(cell, rows)} {item.numbers}") for item, cell in zip(items, grid, strict=True)
        )

    def _branches(
        self, branches: Sequence[BranchDocument], prefix: str, otherwise: str, *, alone: bool = False
    ) -> tuple[Item, ...]:
        """The branches of a choice; ``alone``: of a single one, whose condition its headline says, what is in it."""
        if alone and len(branches) == 1 and branches[0]["condition"] is not None:
            return self._sequence(branches[0]["nodes"])
        return tuple(
            Item("", otherwise if (text := branch["condition"]) is None else prefix + text, (), self._sequence(branch["nodes"]))
            for branch in branches
        )


def _bar(cell: Cell, rows: int) -> str:
    return "▱" * cell.first + "▰" * (cell.last - cell.first) + "▱" * (rows - cell.last)


def _remark(remark: Remark) -> Item:
    place = f"line {remark.line}: " if remark.line else ""
    return Item("⚠", f"not seen, {place}{remark.message}")
