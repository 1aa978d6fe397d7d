"""Applying fixes: never two to one place, each at most once, as long as there are any."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analyzer.lint.finding import Edit, Finding, Fix
from analyzer.records import field, record
from analyzer.source import Span

MAX_ROUNDS = 10
"""Rounds of fixing one file: a fix can uncover a finding, but not for ever."""


@record
class Fixed:
    """The text of a file after fixing, and the findings that were fixed, in order."""

    text: str
    findings: tuple[Finding, ...] = field(default=())


def fix_text(path: str, text: str, check: Callable[[str], Iterable[Finding]], *, unsafe: bool) -> Fixed:
    """Fixes a text until nothing is left to fix; ``check`` gives the findings in a text. ``unsafe``: unsafe fixes too.

    A round whose result has a syntax error the text before it had not is not taken.
    """
    fixed: list[Finding] = []
    findings = list(check(text))
    for _ in range(MAX_ROUNDS):
        chosen = _compatible(path, findings, unsafe=unsafe)
        if not chosen:
            break
        after = apply_edits(text, [edit for finding in chosen if finding.fix for edit in finding.fix.edits])
        found = list(check(after))
        if _broken(found) > _broken(findings):
            break
        fixed.extend(chosen)
        text, findings = after, found
    return Fixed(text, tuple(fixed))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits applied, none of which overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def applies(fix: Fix | None, *, unsafe: bool) -> bool:
    """Whether a fix is one that is asked for."""
    return fix is not None and (fix.safe or unsafe)


def _compatible(path: str, findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """Findings in a file with a fix that is asked for, of which no two edit the same place."""
    chosen: list[Finding] = []
    taken: list[Span] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not applies(fix, unsafe=unsafe) or any(edit.span.path != path for edit in fix.edits):
            continue
        if not any(_touch(edit.span, other) for edit in fix.edits for other in taken):
            chosen.append(finding)
            taken.extend(edit.span for edit in fix.edits)
    return chosen


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _broken(findings: Iterable[Finding]) -> int:
    return sum(finding.code in ("SG101", "SG003") for finding in findings)
