"""Findings as a Code Quality report of GitLab."""

from __future__ import annotations

import json

from analyzer.graph.model import Severity
from analyzer.output.findings.report import Report

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, *, color: bool = False) -> str:
    """A list of issues; an empty one if there are none."""
    issues = [
        {
            "description": f"{finding.code} {finding.message}",
            "check_name": finding.name or finding.code,
            "fingerprint": fingerprint,
            "severity": SEVERITIES[finding.severity],
            "location": {
                "path": finding.path.replace("\\", "/"),
                "lines": {"begin": finding.start.line, "end": finding.end.line},
            },
        }
        for finding, fingerprint in zip(report.findings, report.fingerprints, strict=True)
    ]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"
