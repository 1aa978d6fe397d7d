"""Texts of conditions: what the source says, with each step call written ``step("name")``."""

from __future__ import annotations

import json

from analyzer.builder.machine import Machine
from analyzer.source import Span

MAX_CONDITION = 500
"""Longest condition in characters (SEMANTICS section 3); what is cut ends in an ellipsis."""


def note_step_text(machine: Machine, span: Span, name: str) -> None:
    """Remembers how a step call is written in conditions it stands in."""
    machine.texts.append((span, name))


def note_await_text(machine: Machine, outer: Span, call: Span, mark: int) -> None:
    """An ``await`` of nothing but a step call is written as the call."""
    if len(machine.texts) > mark and machine.texts[-1][0] == call:
        machine.texts.append((outer, machine.texts[-1][1]))


def text_of(machine: Machine, span: Span, mark: int) -> str:
    """The text of a span as a condition; step calls noted since ``mark`` are replaced."""
    noted = [
        (place, f"step({json.dumps(name, ensure_ascii=False)})")
        for place, name in machine.texts[mark:]
        if place.path == span.path and span.start <= place.start and place.end <= span.end
    ]
    text = machine.module.module.text(span, _outermost(noted))
    return text if len(text) <= MAX_CONDITION else text[:MAX_CONDITION] + "…"


def _outermost(noted: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    chosen: list[tuple[Span, str]] = []
    for place, text in sorted(noted, key=lambda item: (item[0].start, -item[0].end)):
        if not chosen or place.start >= chosen[-1][0].end:
            chosen.append((place, text))
    return chosen
