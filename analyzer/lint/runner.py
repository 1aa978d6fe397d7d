"""From a file to its findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.lint.context import FileContext
from analyzer.lint.finding import Finding
from analyzer.lint.rule import Report, Rule


def run_rules(file: FileContext, rules: Iterable[Rule]) -> list[Finding]:
    """What rules find in a file, sorted by place; what several of them or several paths say alike is said once."""
    return sorted(dict.fromkeys(finding for rule in rules for finding in _findings(file, rule)))


def _findings(file: FileContext, rule: Rule) -> Iterator[Finding]:
    for report in rule.check(file):
        yield _finding(file, rule, report)


def _finding(file: FileContext, rule: Rule, report: Report) -> Finding:
    source = file.sources[report.span.path]
    start, end = source.position(report.span.start), source.position(report.span.end)
    return Finding(report.span.path, start, end, rule.code, report.message, rule.severity, rule.name, report.fix)
