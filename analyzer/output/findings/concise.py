"""One line a finding, as compilers print them and editors read them."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.graph.model import Severity
from analyzer.lint.finding import Finding
from analyzer.output.style import Paint, Style, painter

STYLES = {Severity.ERROR: Style.RED, Severity.WARNING: Style.YELLOW, Severity.INFO: Style.BLUE}


def render_concise(findings: Iterable[Finding], *, color: bool = False) -> str:
    """Lines ``path:line:column: CODE message``, in the order given; nothing for no findings."""
    paint = painter(color)
    return "".join(_line(finding, paint) for finding in findings)


def _line(finding: Finding, paint: Paint) -> str:
    line, column = finding.start
    place = paint(f"{finding.path}:{line}:{column}:", Style.BOLD)
    return f"{place} {paint(finding.code, STYLES[finding.severity])} {finding.message}\n"
