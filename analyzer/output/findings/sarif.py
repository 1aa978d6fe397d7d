"""Findings as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from analyzer.graph.model import Severity
from analyzer.lint.documentation import documentation, markdown
from analyzer.lint.finding import Edit, Finding, Fix
from analyzer.lint.registry import RULES
from analyzer.lint.rule import Rule
from analyzer.output.findings.report import Report
from analyzer.source import Position, SourceFile

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "stepgraph/v1"
ROOT = "%SRCROOT%"


def render(report: Report, *, color: bool = False) -> str:
    """One run with the rules that found something, and a result for each finding."""
    found = {finding.code for finding in report.findings}
    rules = [rule for rule in RULES if rule.code in found]
    places = {rule.code: index for index, rule in enumerate(rules)}
    results = [
        _result(finding, fingerprint, places[finding.code], report)
        for finding, fingerprint in zip(report.findings, report.fingerprints, strict=True)
    ]
    run = {
        "tool": {"driver": {"name": "stepgraph", "version": _version(), "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder the check ran in."}}},
        "results": results,
        "properties": {"notes": dict(sorted(report.notes.items()))},
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("stepgraph")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


def _rule(rule: Rule) -> dict[str, Any]:
    known = documentation(rule)
    return {
        "id": rule.code,
        "name": type(rule).__name__,
        "shortDescription": {"text": known.summary},
        "fullDescription": {"text": known.sections["What it does"]},
        "help": {"text": known.sections["Why it is bad"], "markdown": markdown(rule)},
        "defaultConfiguration": {"enabled": rule.on, "level": LEVELS[rule.severity]},
        "properties": {"proof": rule.proof.value},
    }


def _result(finding: Finding, fingerprint: str, index: int, report: Report) -> dict[str, Any]:
    location = {"artifactLocation": artifact(PurePath(finding.path)), "region": _region(finding.start, finding.end)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, finding.path, report.sources[finding.path])]
    return result


def _fix(fix: Fix, path: str, source: SourceFile) -> dict[str, Any]:
    change = {"artifactLocation": artifact(PurePath(path)), "replacements": [_replacement(edit, source) for edit in fix.edits]}
    return {"description": {"text": fix.message}, "artifactChanges": [change]}


def _replacement(edit: Edit, source: SourceFile) -> dict[str, Any]:
    region = _region(source.position(edit.span.start), source.position(edit.span.end))
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def artifact(path: PurePath) -> dict[str, str]:
    """The place of a file: relative to the folder of the run with slashes and percent escapes, else a ``file:`` URI."""
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix().encode("utf-8", "surrogateescape")), "uriBaseId": ROOT}
