"""``--fix``, ``--unsafe-fixes`` and ``--diff``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from analyzer.api import Analysis, Options, analyze_source
from analyzer.cli.inputs import STDIN
from analyzer.cli.streams import complain
from analyzer.errors import UsageError
from analyzer.lint.baseline import fingerprints
from analyzer.lint.finding import Finding
from analyzer.lint.fixes import Fixed, applies, fix_text

BOM = b"\xef\xbb\xbf"


def fix(
    analyses: Iterable[Analysis], options: Options, args: argparse.Namespace, known: frozenset[str]
) -> tuple[list[Analysis], int]:
    """Fixes files, or prints what fixing would change; gives the analyses of what is there then, and the number fixed."""
    results: list[Analysis] = []
    count = 0
    for analysis in analyses:
        fixed = _fixed(analysis, options, args, known)
        count += len(fixed.findings)
        if not fixed.findings:
            results.append(analysis)
            continue
        if args.diff:
            sys.stdout.writelines(_diff(analysis, fixed.text))
            results.append(analysis)
        else:
            _write(analysis, fixed.text, args)
            results.append(analyze_source(fixed.text, filename=analysis.path, options=options))
    if args.diff:
        complain(f"{count} finding{'' if count == 1 else 's'} would be fixed")
    return results, count


def _fixed(analysis: Analysis, options: Options, args: argparse.Namespace, known: frozenset[str]) -> Fixed:
    text = analysis.sources[analysis.path].text
    if not any(applies(finding.fix, unsafe=args.unsafe_fixes) for finding in analysis.findings):
        return Fixed(text)

    def check(changed: str) -> list[Finding]:
        again = analyze_source(changed, filename=analysis.path, options=options)
        prints = fingerprints(again.findings, again.sources)
        return [finding for finding, mark in zip(again.findings, prints, strict=True) if mark not in known]

    return fix_text(analysis.path, text, check, unsafe=args.unsafe_fixes)


def _diff(analysis: Analysis, text: str) -> Iterator[str]:
    from difflib import unified_diff

    before = analysis.sources[analysis.path].text.splitlines(keepends=True)
    lines = unified_diff(before, text.splitlines(keepends=True), f"a/{analysis.path}", f"b/{analysis.path}")
    for line in lines:
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _write(analysis: Analysis, text: str, args: argparse.Namespace) -> None:
    """Writes a file as it was: line ends and byte order mark stay. Standard input is printed instead."""
    if STDIN in args.paths:
        raise UsageError("standard input cannot be fixed; --diff prints what would change")
    try:
        with open(analysis.path, "rb") as file:
            mark = BOM if file.read(3) == BOM else b""
        with open(analysis.path, "wb") as file:
            file.write(mark + text.encode())
    except OSError as error:
        raise UsageError(f"{analysis.path}: cannot be written: {error.strerror}") from error
