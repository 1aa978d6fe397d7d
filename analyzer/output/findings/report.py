"""What formats of findings are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzer.lint.finding import Finding
from analyzer.source import SourceFile


@dataclass(frozen=True)
class Report:
    """Findings in order, each with its fingerprint, and the sources they stand in, by path.

    ``notes``: how often each code of what could not be seen was noted.
    """

    findings: tuple[Finding, ...]
    fingerprints: tuple[str, ...]
    sources: Mapping[str, SourceFile] = field(repr=False)
    notes: Mapping[str, int]
