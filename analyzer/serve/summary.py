"""What the page is told whenever something changes: enough to list the workflows and to know which to fetch again."""

from __future__ import annotations

from collections import Counter

from analyzer.graph.model import Severity
from analyzer.graph.steps import steps
from analyzer.lint.finding import Finding
from analyzer.payload.text import canonical
from analyzer.serve.snapshot import Served, Snapshot


def summary_text(path: str, snapshot: Snapshot) -> str:
    """A snapshot as a line of JSON; ``path``: what is served. Runs the rules, if they have not run."""
    return canonical(
        {
            "path": path,
            "workflows": [_workflow(served) for served in snapshot.workflows],
            "problems": _problems(path, snapshot),
            "findings": [_problem(finding) for finding in snapshot.of_workers],
        }
    )


def _workflow(served: Served) -> dict[str, object]:
    return {
        "name": served.name,
        "class_name": served.class_name,
        "place": f"{served.path}:{served.line}",
        "language": served.language.value,
        "steps": 0 if served.workflow is None else sum(1 for _ in steps(served.workflow)),
        "findings": _counts(served),
        "stale": served.stale,
        "found": served.analysis is not None,
        "digest": served.digest,
    }


def _counts(served: Served) -> dict[str, int]:
    """How many findings there are of each severity that has some."""
    counts = Counter(finding.severity for finding in served.subject.findings) if served.subject is not None else Counter()
    return {severity.value: counts[severity] for severity in Severity if counts[severity]}


def _problems(path: str, snapshot: Snapshot) -> list[dict[str, object]]:
    failure = [{"path": path, "line": 1, "column": 1, "code": "", "message": snapshot.failure, "severity": "error"}]
    return [*(failure if snapshot.failure else []), *map(_problem, snapshot.errors)]


def _problem(finding: Finding) -> dict[str, object]:
    return {
        "path": finding.path,
        "line": finding.start.line,
        "column": finding.start.column,
        "code": finding.code,
        "message": finding.message,
        "severity": finding.severity.value,
    }
