"""Where everything of a workflow stands: a tree of sequences, branches, lanes and frames, each laid out around its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, assert_never

from analyzer.output.diagrams.captions import Caption, caption, workflow_details
from analyzer.output.diagrams.lanes import Timed, lanes
from analyzer.output.diagrams.metrics import text_width, wrapped
from analyzer.output.diagrams.naming import Names
from analyzer.output.diagrams.pieces import (
    ASIDE,
    GAP,
    Card,
    Line,
    Piece,
    Wire,
    columns,
    fork,
    framed,
    of_card,
    sequence,
)
from analyzer.output.diagrams.timing import numbers_of
from analyzer.output.diagrams.words import printable
from analyzer.records import replace

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Drawn, Subject
    from analyzer.payload.document import BlockDocument, BranchDocument, NodeDocument, StartDocument, TryDocument

TITLE, SOFT = 13.0, 12.0
"""Font sizes of a card's title and of its details."""

MAX_TEXT = 250.0
PADDING = 12.0
SYMBOL = 19.0
"""Room for the symbol before a title."""

FALLS = "goes on in the next case"

ERROR = 30.0
"""How far below the top of a try the way to its handler leads."""

LOOP_BACK = 22.0
"""Room for the way back, beside what a loop repeats."""


def layout(subject: Subject) -> Piece:
    """The workflow from its start to its end; its functions beside it."""
    return _Layout(subject).whole()


class _Layout:
    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._names = Names()
        self._functions = {name: self._names.id("function", name) for name in subject.workflow["functions"]}

    def whole(self) -> Piece:
        workflow = self._subject.workflow
        title = Caption("▶", workflow["class_name"], workflow_details(self._subject))
        start = self._card("start", title, self._names.id("start", title.title), workflow)
        end = of_card(_card("end", Caption("", "end")))
        main = columns([of_card(start), *self._pieces(workflow["nodes"]), end])
        functions = workflow["functions"].items()
        return _beside([main, *(self._placed(function, self._functions[name]) for name, function in functions)])

    def _pieces(self, nodes: Iterable[NodeDocument]) -> list[Piece]:
        return [self._piece(node) for node in nodes]

    def _piece(self, node: NodeDocument) -> Piece:
        return self._placed(node, self._names.node(node, caption(node, self._subject).title))

    def _placed(self, node: NodeDocument, name: str) -> Piece:
        card = self._card(node["type"], caption(node, self._subject), name, node)
        match node["type"]:
            case "step_do" if node["nodes"]:
                return self._framed(node["type"], card, node["nodes"])
            case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
                return of_card(card)
            case "break":
                piece = of_card(card)
                piece.ends = True
                return piece
            case "if":
                return self._branches(card, node["branches"], "else", "no")
            case "switch":
                return self._branches(card, node["branches"], "default", "otherwise")
            case "loop":
                return self._loop(card, node["nodes"])
            case "block":
                return self._framed("block", card, node["nodes"])
            case "parallel":
                return self._parallel(card, node["nodes"])
            case "try":
                return self._try(card, node)
            case "function_def":
                return self._function(card, node["nodes"])
            case "start":
                return self._start(card, node)
            case unreachable:
                assert_never(unreachable)

    def _card(self, kind: str, said: Caption, name: str, part: Drawn) -> Card:
        remarks = tuple(f"not seen: {remark.message}" for remark in self._subject.remarks(part))
        extent = self._subject.extent(part)
        place = (f"{extent.path}:{extent.start.line}",) if extent else ()
        label = ", ".join((said.title, *said.details, *remarks, *place))
        called = self._functions.get(said.title.removesuffix("()"), "") if kind == "function_call" else ""
        card = _card(kind, said, remarks)
        return replace(card, id=name, label=printable(label), dashed=said.numbers.endswith("→]"), leads_to=called)

    def _framed(self, kind: str, card: Card, nodes: Sequence[NodeDocument]) -> Piece:
        return framed(sequence(self._pieces(nodes)), kind, card)

    def _loop(self, card: Card, nodes: Sequence[NodeDocument]) -> Piece:
        """A loop is left below even if its turn ends in a jump: a break leaves the loop only."""
        inner = sequence(self._pieces(nodes))
        made = framed(inner, "loop", card, left=18 + LOOP_BACK)
        made.ends = False
        x, y, _ = made.pieces[0]
        made.shapes.append((x - LOOP_BACK, y, Wire(LOOP_BACK - 6, inner.height, LOOP_BACK - 6, 0, "back")))
        return made

    def _branches(self, card: Card, branches: Sequence[BranchDocument], otherwise: str, implied: str) -> Piece:
        plain = otherwise == "else" and sum(branch["condition"] is not None for branch in branches) == 1
        arms = []
        for branch in branches:
            condition = branch["condition"]
            text = ("no" if plain else otherwise) if condition is None else "yes" if plain else condition
            arms.append(self._case(text, branch, branches) if otherwise == "default" else self._arm(text, branch["nodes"]))
        if all(branch["condition"] is not None for branch in branches):
            arms.append(self._arm(implied, ()))
        return fork(of_card(card), arms)

    def _arm(self, text: str, nodes: Sequence[NodeDocument]) -> Piece:
        return sequence([of_card(_card("chip", Caption("", text))), *self._pieces(nodes)])

    def _case(self, text: str, branch: BranchDocument, branches: Sequence[BranchDocument]) -> Piece:
        """A case of a switch: a break at its end leaves the switch only, without any it goes on in the next case."""
        piece = self._arm(text, branch["nodes"])
        match branch["nodes"][-1:]:
            case [{"type": "break", "kind": kind}]:
                piece.ends = kind != "break"
            case [_] if branch is not branches[-1] and not piece.ends:
                piece = sequence([piece, of_card(_card("heading", Caption("", FALLS)))])
                piece.ends = True
        return piece

    def _parallel(self, card: Card, nodes: Sequence[NodeDocument]) -> Piece:
        if not nodes:
            return of_card(card)
        timed = [Timed(self._piece(node), *numbers_of(node)) for node in nodes]
        return framed(lanes(timed), "parallel", card)

    def _try(self, card: Card, node: TryDocument) -> Piece:
        blocks = (("try", node["try_block"]), ("catch", node["catch_block"]))
        sections = [self._section(name, block) for name, block in blocks if block is not None]
        upper = _row(sections, 2 * ASIDE)
        if len(sections) == 2:
            x = sections[0].width
            upper.shapes.append((0, ERROR, Wire(x, 0, x + 2 * ASIDE, 0, "error")))
        final = [self._section("finally", node["finally_block"])] if node["finally_block"] is not None else []
        return framed(sequence([*([upper] if sections else []), *final]), "try", card)

    def _section(self, name: str, block: BlockDocument) -> Piece:
        kind = "section" if name == "try" else name
        return framed(sequence(self._pieces(block["nodes"])), kind, _card("heading", Caption("", name)), dashed=name == "catch")

    def _function(self, card: Card, nodes: Sequence[NodeDocument]) -> Piece:
        body = columns([of_card(card), *self._pieces(nodes)])
        made = framed(body, "function_def", _card("heading", Caption("", "function")))
        made.ends = False
        return made

    def _start(self, card: Card, node: StartDocument) -> Piece:
        body = sequence([of_card(card), *self._pieces(node["nodes"])])
        made = _beside([body, *self._pieces(node["functions"].values())])
        return framed(made, "start", _card("heading", Caption("", "workflow")))


def _row(pieces: Sequence[Piece], gap: float) -> Piece:
    """Pieces side by side; control goes through the first."""
    made = Piece(0, 0, pieces[0].axis if pieces else 0, ends=bool(pieces) and all(piece.ends for piece in pieces))
    for piece in pieces:
        x = made.width + gap if made.pieces else 0.0
        made.pieces.append((x, 0, piece))
        made.width, made.height = x + piece.width, max(made.height, piece.height)
    return made


def _beside(pieces: Sequence[Piece]) -> Piece:
    """A workflow, and functions beside it in as many columns as are about as high as it is."""
    main, *functions = pieces
    made = Piece(main.width, main.height, main.axis, pieces=[(0, 0, main)], ends=main.ends)
    limit = max(main.height, sum(function.height for function in functions) ** 0.5 * 30)
    x, y, width = main.width + 3 * ASIDE, 0.0, 0.0
    for function in functions:
        if y and y + function.height > limit:
            x, y, width = x + width + 2 * ASIDE, 0.0, 0.0
        made.pieces.append((x, y, function))
        width = max(width, function.width)
        made.width, made.height = max(made.width, x + width), max(made.height, y + function.height)
        y += function.height + GAP
    return made


def _card(kind: str, said: Caption, remarks: Sequence[str] = ()) -> Card:
    """A card around its text: the title, details below it, numbers behind it."""
    small = kind in SMALL
    size = SOFT if small else TITLE
    left = PADDING + (SYMBOL if said.symbol else 0)
    titles = wrapped(printable(said.title), size, MAX_TEXT, bold=not small)
    details = [line for text in (*said.details, *remarks) for line in wrapped(printable(text), SOFT, MAX_TEXT)]
    if said.numbers:
        details.append(said.numbers.strip("[]"))
    y = 5.0 if small else 8.0
    lines: list[Line] = []
    width = 0.0
    for texts, height, role in ((titles, size, "title"), (details, SOFT, "soft")):
        for text in texts:
            lines.append(Line(left, y + height, text, height, role))
            y += height * 1.32
            width = max(width, text_width(text, height, bold=role == "title" and not small))
    return Card(left + width + PADDING, y + (5.0 if small else 9.0), kind, tuple(lines), said.symbol)


SMALL = frozenset({"chip", "heading", "end", "break"})
"""Kinds of cards that are labels rather than boxes."""
