"""Findings as workflow commands of GitHub Actions, which shows them at their lines."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.finding import Finding
from analyzer.output.findings.report import Report

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, *, color: bool = False) -> str:
    """A line ``::error file=…,line=…::message`` for each finding."""
    return "".join(map(_command, report.findings))


def _command(finding: Finding) -> str:
    properties = {
        "file": finding.path.replace("\\", "/"),
        "line": str(finding.start.line),
        "endLine": str(finding.end.line),
        "title": f"{finding.code} {finding.name}".strip(),
    }
    if finding.start.line == finding.end.line:
        properties |= {"col": str(finding.start.column), "endColumn": str(finding.end.column)}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {listed}::{_data(finding.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
