"""What ``--coverage`` and ``--min-coverage`` say."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from analyzer.analyses.coverage import Coverage, total
from analyzer.api import Analysis
from analyzer.cli.streams import complain
from analyzer.graph.model import Note, Severity
from analyzer.output.findings.concise import render_concise

FAMILY = "SG9"
"""Codes of what the analyzer could not see."""


def report(analyses: Iterable[Analysis]) -> None:
    """Prints on standard error what could not be seen, and the share of what could.

    Errors are left out: every command prints those.
    """
    analyses = list(analyses)
    for analysis in analyses:
        sys.stderr.write(render_concise(map(analysis.finding, filter(_is_unseen, analysis.all_notes))))
    complain(f"coverage: {_text(_total(analyses))}")


def suffices(analyses: Iterable[Analysis], percent: float) -> bool:
    """Whether the coverage of all sources together is at least a percentage; says so if it is not."""
    found = _total(analyses)
    if found.percent >= percent:
        return True
    complain(f"coverage is {_text(found)}, less than {percent:g} %")
    return False


def _is_unseen(note: Note) -> bool:
    return note.code.startswith(FAMILY) and note.severity is not Severity.ERROR


def _total(analyses: Iterable[Analysis]) -> Coverage:
    return total(analysis.coverage for analysis in analyses)


def _text(coverage: Coverage) -> str:
    return f"{coverage.percent:.1f} % ({coverage.resolved} of {coverage.seen} step calls)"
