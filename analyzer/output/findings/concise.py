"""One line a finding, as compilers print them and editors read them."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.graph.model import Severity
from analyzer.lint.finding import Finding
from analyzer.output.findings.report import Report
from analyzer.output.style import Paint, Style, painter

STYLES = {Severity.ERROR: Style.RED, Severity.WARNING: Style.YELLOW, Severity.INFO: Style.BLUE}


def render_concise(findings: Iterable[Finding], *, color: bool = False) -> str:
    """Lines ``path:line:column: CODE message``, in the order given; nothing for no findings."""
    paint = painter(color)
    return "".join(_line(finding, paint) for finding in findings)


def render(report: Report, *, color: bool = False) -> str:
    """The findings of a report, a line each."""
    return render_concise(report.findings, color=color)


def _line(finding: Finding, paint: Paint) -> str:
    line, column = finding.start
    place = paint(f"{finding.path}:{line}:{column}:", Style.BOLD)
    mark = "" if finding.fix is None else f" {paint('[*]', Style.CYAN)}" if finding.fix.safe else ""
    return f"{place} {paint(finding.code, STYLES[finding.severity])}{mark} {finding.message}\n"
