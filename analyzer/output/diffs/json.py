"""A comparison as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from analyzer.analyses.diff.difference import changed_settings
from analyzer.analyses.diff.forms import Form
from analyzer.analyses.diff.script import Moved, Operation, Reconfigured, Renamed, Rewired
from analyzer.analyses.inflight.verdicts import InFlight
from analyzer.output.diffs.instances import CAVEAT, said, way_out
from analyzer.output.diffs.report import VERSION, DiffReport, Entry, Place
from analyzer.output.diffs.wording import place, sentence


def render(report: DiffReport, *, color: bool = False) -> str:
    """``{"version", "old", "new", "same", "workflows"}``; never coloured. A setting that is not given is null."""
    document = {
        "version": VERSION,
        "old": report.old,
        "new": report.new,
        "same": report.is_same,
        "workflows": [_entry(entry) for entry in report.entries],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _entry(entry: Entry) -> dict[str, Any]:
    found = entry.difference
    return {
        "class_name": entry.class_name,
        "path": entry.path or None,
        "status": entry.status.value,
        "exact": found is None or found.exact,
        "complete": found is None or found.complete,
        "not_compared": [] if found is None else sorted({form.name for form in found.unsettled}),
        "in_flight": None if entry.in_flight is None else _in_flight(entry.in_flight),
        "operations": [] if found is None else [_operation(entry, each, lenient=not found.exact) for each in found.operations],
    }


def _operation(entry: Entry, operation: Operation, *, lenient: bool) -> dict[str, Any]:
    return {
        "operation": type(operation).__name__.lower(),
        **_subject(operation, lenient=lenient),
        "in": list(operation.where),
        "message": sentence(operation, lenient=lenient),
        "place": _place(place(entry, operation)),
    }


def _subject(operation: Operation, *, lenient: bool) -> dict[str, Any]:
    match operation:
        case Moved(forms=forms, target=target):
            return {"nodes": _nodes(forms), "to": list(target)}
        case Renamed(old=old, new=new):
            return {"nodes": _nodes([old]), "new_name": new.name}
        case Reconfigured(old=old, new=new):
            changes = changed_settings(old, new, lenient=lenient)
            return {"nodes": _nodes([new]), "settings": [{"key": key, "old": a, "new": b} for key, a, b in changes]}
        case Rewired(new=new):
            return {"nodes": _nodes([new])}
        case _:
            return {"nodes": _nodes([operation.form])}


def _nodes(forms: Iterable[Form]) -> list[dict[str, str]]:
    return [{"kind": form.kind, "name": form.name} for form in forms]


def _place(found: Place | None) -> dict[str, Any] | None:
    return None if found is None else {"path": found.path, "line": found.line, "column": found.column}


def _in_flight(found: InFlight) -> dict[str, Any]:
    return {
        "breaking": found.is_breaking,
        "unjudged": found.unjudged,
        "caveat": CAVEAT,
        "verdicts": [
            {
                "effect": verdict.effect.value,
                "severity": verdict.severity.value,
                "old": None if verdict.old is None else _nodes([verdict.old])[0],
                "new": None if verdict.new is None else _nodes([verdict.new])[0],
                "log_name": verdict.log_name,
                "run": list(verdict.run),
                "pending": verdict.pending,
                "message": said(verdict),
                "way_out": way_out(verdict) or None,
            }
            for verdict in found.verdicts
        ],
    }
