"""Bounds of workflows as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from analyzer.analyses.amounts import Amount
from analyzer.analyses.bounds import Bounds
from analyzer.analyses.duration import WorstCase
from analyzer.analyses.engine import in_words
from analyzer.records import record

VERSION = 1
"""Of the JSON format; raised when a field changes its meaning or goes."""


@record
class Retention:
    """For how many milliseconds instances are kept that succeeded and that failed, and the most the plan allows."""

    success: float
    error: float
    most: float


@record
class BoundsEntry:
    """One workflow: its place, its bounds, the worst case, how many ``do`` steps it may run, how long it is kept."""

    path: str
    line: int
    class_name: str
    bounds: Bounds
    worst: WorstCase
    limit: int
    retention: Retention


def render_text(entries: Iterable[BoundsEntry]) -> str:
    """A paragraph for each workflow."""
    return "\n".join("".join(f"{line}\n" for line in _paragraph(entry)) for entry in entries)


def _paragraph(entry: BoundsEntry) -> list[str]:
    bounds = entry.bounds
    rows = [
        ("do steps", f"{bounds.least:,} to {_words(bounds.most)} (limit {entry.limit:,})"),
        ("all steps", f"at most {_words(bounds.steps)}"),
        ("at once", f"at most {_words(bounds.at_once)}"),
        ("duration", f"at most {entry.worst.length.text(in_words)}"),
        ("kept", _kept(entry.retention)),
    ]
    head = f"{entry.class_name} {entry.path}:{entry.line}"
    note = [] if bounds.exact else ["  approximate: the graph was read from a payload"]
    return [head, *(f"  {name:10} {text}" for name, text in rows), *note]


def _kept(retention: Retention) -> str:
    success, error = in_words(retention.success), in_words(retention.error)
    text = f"{success} after its end" if success == error else f"{success} after it succeeded, {error} after it failed"
    return f"{text} (limit {in_words(retention.most)})"


def _words(amount: Amount) -> str:
    return amount.text(lambda value: f"{value:,.0f}")


def render_json(entries: Iterable[BoundsEntry]) -> str:
    """``{"version", "workflows"}``; amounts are a number and the terms beside it, durations are milliseconds."""
    workflows = [
        {
            "path": entry.path,
            "line": entry.line,
            "class_name": entry.class_name,
            "limit": entry.limit,
            "least": entry.bounds.least,
            "most": _amount(entry.bounds.most),
            "steps": _amount(entry.bounds.steps),
            "at_once": _amount(entry.bounds.at_once),
            "duration": _amount(entry.worst.length),
            "retention": {
                "success": entry.retention.success,
                "error": entry.retention.error,
                "limit": entry.retention.most,
            },
            "exact": entry.bounds.exact,
        }
        for entry in entries
    ]
    return json.dumps({"version": VERSION, "workflows": workflows}, indent=2, ensure_ascii=False) + "\n"


def _amount(amount: Amount) -> dict[str, Any]:
    """An amount; ``number`` is null if nothing bounds it."""
    terms = [{"symbols": list(product), "times": factor} for product, factor in sorted(amount.terms.items())]
    return {"number": None if amount.number == float("inf") else amount.number, "terms": terms}
