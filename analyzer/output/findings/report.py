"""What formats of findings are made of."""

from __future__ import annotations

from collections.abc import Mapping

from analyzer.lint.finding import Finding
from analyzer.records import field, record
from analyzer.source import SourceFile


@record
class Report:
    """Findings in order, each with its fingerprint, and the sources they stand in, by path.

    ``notes``: how often each code of what could not be seen was noted.
    """

    findings: tuple[Finding, ...]
    fingerprints: tuple[str, ...]
    sources: Mapping[str, SourceFile] = field(repr=False)
    notes: Mapping[str, int]
