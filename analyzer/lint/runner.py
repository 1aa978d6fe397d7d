"""From a file to its findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.lint.context import FileContext
from analyzer.lint.finding import Finding
from analyzer.lint.registry import NOTE_CODES, RULES
from analyzer.lint.rule import Report, Rule
from analyzer.lint.suppressions import Suppressions, find_suppressions
from analyzer.records import replace

KNOWN_NAMES = (*(rule.code for rule in RULES), *(rule.name for rule in RULES), *NOTE_CODES)


def check_file(file: FileContext, rules: Iterable[Rule]) -> list[Finding]:
    """What rules find in a file, sorted by place, without what comments in it silence.

    What several rules' reports, or several paths, say alike is said once.
    """
    rules = tuple(rules)
    suppressions = {path: find_suppressions(source) for path, source in file.sources.items()}
    file = replace(
        file,
        suppressions=suppressions.get(file.path, Suppressions()),
        known_names=KNOWN_NAMES,
        names_run=frozenset(name for rule in rules for name in (rule.code, rule.name)),
    )
    found = [finding for rule in rules if not rule.last for finding in _findings(file, rule)]
    kept = [finding for finding in dict.fromkeys(found) if not suppressions[finding.path].silence(finding)]
    return sorted([*kept, *(finding for rule in rules if rule.last for finding in _findings(file, rule))])


def _findings(file: FileContext, rule: Rule) -> Iterator[Finding]:
    for report in rule.check(file):
        yield _finding(file, rule, report)


def _finding(file: FileContext, rule: Rule, report: Report) -> Finding:
    source = file.sources[report.span.path]
    start, end = source.position(report.span.start), source.position(report.span.end)
    return Finding(report.span.path, start, end, rule.code, report.message, rule.severity, rule.name, report.fix)
