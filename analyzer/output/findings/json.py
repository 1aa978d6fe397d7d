"""Findings as JSON."""

from __future__ import annotations

import json
from typing import Any

from analyzer.lint.finding import Edit, Finding, Fix
from analyzer.output.findings.report import Report
from analyzer.source import Position, SourceFile

VERSION = 1
"""Of the format; raised when a field changes its meaning or goes."""


def render(report: Report, *, color: bool = False) -> str:
    """``{"version", "findings", "notes"}``; lines and columns count from 1, in code points, ends are exclusive."""
    found = [
        _finding(finding, fingerprint, report)
        for finding, fingerprint in zip(report.findings, report.fingerprints, strict=True)
    ]
    document = {"version": VERSION, "findings": found, "notes": dict(sorted(report.notes.items()))}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding, fingerprint: str, report: Report) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        "start": _position(finding.start),
        "end": _position(finding.end),
        "fix": None if finding.fix is None else _fix(finding.fix, report.sources[finding.path]),
        "fingerprint": fingerprint,
    }


def _fix(fix: Fix, source: SourceFile) -> dict[str, Any]:
    return {"message": fix.message, "safe": fix.safe, "edits": [_edit(edit, source) for edit in fix.edits]}


def _edit(edit: Edit, source: SourceFile) -> dict[str, Any]:
    start, end = source.position(edit.span.start), source.position(edit.span.end)
    return {"start": _position(start), "end": _position(end), "text": edit.text}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
