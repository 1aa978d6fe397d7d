"""A graph as SVG, without any other program: what a README or a pull request shows."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, assert_never

from analyzer.output.diagrams.layout import layout
from analyzer.output.diagrams.palette import KINDS, PALETTE
from analyzer.output.diagrams.pieces import Card, Frame, Shape, Wire, placed

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject

MARGIN = 24.0
FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
ROUND = {"chip": 12.0, "break": 12.0, "end": 13.0, "start": 20.0, "step_sleep": 18.0, "step_sleep_until": 18.0}
"""Radii of corners by kind; of others it is 9."""

TITLES = frozenset({"loop", "parallel", "try", "block", "heading"})
"""Cards that are drawn as titles, without a box."""

BACK = 8.0
"""How far from the ends of a turn the way back of a loop leaves and arrives."""


def render_svg(subject: Subject, *, color: bool = False) -> str:
    """The workflow as a drawing in light colours, and in dark ones where those are preferred; never a terminal's."""
    whole = layout(subject)
    width, height = whole.width + 2 * MARGIN, whole.height + 2 * MARGIN
    name = escape(subject.workflow["class_name"])
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" role="img" aria-labelledby="name">',
        f'<title id="name">Workflow {name}</title>',
        f"<style>{_style()}</style>",
        f'<rect class="page" width="{_n(width)}" height="{_n(height)}" rx="12"/>',
    ]
    for x, y, shape in placed(whole):
        lines.extend(_shape(shape, x + MARGIN, y + MARGIN))
    return "\n".join([*lines, "</svg>\n"])


def _shape(shape: Shape, x: float, y: float) -> Iterator[str]:
    match shape:
        case Card():
            yield from _card(shape, x, y)
        case Frame():
            box = f'x="{_n(x)}" y="{_n(y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            yield f'<rect class="f {shape.kind}{" dashed" if shape.dashed else ""}" {box} rx="14"/>'
        case Wire():
            yield from _wire(shape, x, y)
        case unreachable:
            assert_never(unreachable)


def _card(card: Card, x: float, y: float) -> Iterator[str]:
    name = f' id="{escape(card.id)}"' if card.id else ""
    if card.leads_to:
        yield f'<a href="#{escape(card.leads_to)}">'
    yield f'<g{name} class="{card.kind}">' + (f"<title>{escape(card.label)}</title>" if card.label else "")
    if card.kind not in TITLES:
        radius = ROUND.get(card.kind, 9.0)
        box = f'x="{_n(x)}" y="{_n(y)}" width="{_n(card.width)}" height="{_n(card.height)}"'
        yield f'<rect class="c{" dashed" if card.dashed else ""}" {box} rx="{_n(min(radius, card.height / 2))}"/>'
        if card.kind not in ROUND:
            yield f'<rect class="b" x="{_n(x)}" y="{_n(y + 6)}" width="3" height="{_n(card.height - 12)}"/>'
    if card.symbol:
        first = card.lines[0]
        yield f'<text class="s" x="{_n(x + first.x - 18)}" y="{_n(y + first.y)}">{escape(card.symbol)}</text>'
    for line in card.lines:
        role = f"{line.role[0]}{int(line.size)}"
        yield f'<text class="{role}" x="{_n(x + line.x)}" y="{_n(y + line.y)}">{escape(line.text)}</text>'
    yield "</g></a>" if card.leads_to else "</g>"


def _wire(wire: Wire, x: float, y: float) -> Iterator[str]:
    x1, y1, x2, y2 = wire.x1 + x, wire.y1 + y, wire.x2 + x, wire.y2 + y
    kind = f" {wire.kind}" if wire.kind else ""
    upwards = wire.kind == "column"
    path = _column(x1, y1, x2, y2, wire.via + x) if upwards else PATHS.get(wire.kind, _curve)(x1, y1, x2, y2)
    yield f'<path class="w{kind}" d="{path}"/>'
    if not wire.arrow:
        return
    if wire.kind in ("back", "error"):
        level = y2 + BACK if wire.kind == "back" else y2
        yield f'<path class="w solid{kind}" d="M{_n(x2 - 5)} {_n(level - 4)}l5 4l-5 4"/>'
    else:
        yield f'<path class="w" d="M{_n(x2 - 4)} {_n(y2 - 5)}l4 4l4 -4"/>'


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """Straight down where both ends are on one axis; else down, to the side within a fork's height, and down."""
    if abs(x1 - x2) < 0.05:
        return f"M{_n(x1)} {_n(y1)}V{_n(y2)}"
    turn = max(y2 - 36, y1)
    bend = (y2 - turn) / 2
    return f"M{_n(x1)} {_n(y1)}V{_n(turn)}C{_n(x1)} {_n(turn + bend)} {_n(x2)} {_n(y2 - bend)} {_n(x2)} {_n(y2)}"


def _back(x1: float, y1: float, x2: float, y2: float) -> str:
    """From the end of a loop's turn to its start, on the left."""
    x, bottom, top = _n(x1 - 14), y1 - BACK, y2 + BACK
    corner = _n(x1 - 6)
    below = f"M{_n(x1)} {_n(bottom)}H{corner}Q{x} {_n(bottom)} {x} {_n(bottom - 8)}"
    return f"{below}V{_n(top + 8)}Q{x} {_n(top)} {corner} {_n(top)}H{_n(x2)}"


def _column(x1: float, y1: float, x2: float, y2: float, via: float) -> str:
    """From the end of a column up between the columns to the top of the next one."""
    return f"M{_n(x1)} {_n(y1)}v12H{_n(via)}V{_n(y2 - 18)}H{_n(x2)}V{_n(y2)}"


def _straight(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}"


PATHS = {"back": _back, "error": _straight}


def _style() -> str:
    """Rules for light colours, then those of the same names for dark ones. Plain colours: not every reader knows variables."""
    fixed = (
        f"text{{font-family:{FONT};font-size:12px}}.t13{{font-size:13px;font-weight:600}}.w{{fill:none;stroke-width:1.5}}"
        ".f{fill-opacity:.05;stroke-opacity:.45}.f.section,.f.finally{fill-opacity:1}"
        ".dashed,.back,.error,.dotted{stroke-dasharray:5 4}.solid{stroke-dasharray:none}"
    )
    return fixed + _colors(0) + f"@media(prefers-color-scheme:dark){{{_colors(1)}}}"


def _colors(scheme: int) -> str:
    shade = {name: value[scheme] for name, value in PALETTE.items()}
    rules = [
        f".page{{fill:{shade['page']}}}.c{{fill:{shade['card']};stroke:{shade['rule']}}}.w{{stroke:{shade['wire']}}}",
        f"text{{fill:{shade['ink']}}}.s12{{fill:{shade['soft']}}}.error,.catch{{stroke:{shade['trouble']}}}",
        f".back{{stroke:{shade['loop']}}}.finally{{stroke:{shade['rule']}}}.f.catch{{fill:{shade['trouble']}}}",
        f".f.finally,.f.section{{stroke:{shade['rule']};fill:{shade['card']}}}.start .c{{stroke:{shade['step']}}}",
    ]
    for kind, name in KINDS.items():
        rules.append(f".{kind} .s,.{kind} .b,.f.{kind}{{fill:{shade[name]}}}.f.{kind}{{stroke:{shade[name]}}}")
    return "".join(rules)


def _n(value: float) -> str:
    """A length with at most one digit behind the point."""
    return f"{value:.1f}".removesuffix(".0")
