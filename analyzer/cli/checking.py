"""What ``stepgraph check`` does: settings, findings, baseline, fixes, output."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module

from analyzer.api import Analysis, Options, check_workers
from analyzer.cli.arguments import options_of
from analyzer.cli.check import SEVERITIES
from analyzer.cli.inputs import STDIN, analyses_of
from analyzer.cli.streams import complain, use_color
from analyzer.config import Settings
from analyzer.errors import UsageError
from analyzer.lint.baseline import baseline_text, fingerprints, read_baseline
from analyzer.lint.finding import Finding
from analyzer.lint.fixes import applies
from analyzer.lint.selection import selected_rules
from analyzer.output.findings.report import Report
from analyzer.records import replace
from analyzer.source import SourceFile


def check(args: argparse.Namespace) -> int:
    """Checks what a command line names. Raises UsageError for what cannot be carried out as asked."""
    options = replace(options_of(args), facts=True)
    selected_rules(options.settings)  # what is no code is told before anything is read
    analyses = _affected(args, options) if args.affected else analyses_of(args.paths, args, options)
    known = read_baseline(args.baseline) if args.baseline else frozenset()
    fixed = 0
    if args.fix or args.unsafe_fixes or args.diff:
        from analyzer.cli.fixing import fix

        analyses, fixed = fix(analyses, options, args, known)
    report = report_of(analyses, known, _of_workers(args, options))
    _output(report, analyses, args, fixed)
    return _exit_code(report, analyses, args, options.settings, fixed)


def _affected(args: argparse.Namespace, options: Options) -> list[Analysis]:
    from analyzer.cli.affected import affected_by

    return [*affected_by(args.paths, analyses_of(["."], args, options))]


def _of_workers(args: argparse.Namespace, options: Options) -> tuple[list[Finding], dict[str, SourceFile]]:
    """What is wrong with the configurations below and around the paths; standard input has none."""
    if STDIN in args.paths:
        return [], {}
    return check_workers(args.paths, options=options)


def report_of(
    analyses: Iterable[Analysis], known: frozenset[str], of_workers: tuple[Sequence[Finding], Mapping[str, SourceFile]]
) -> Report:
    """The findings of analyses, and of workers, that a baseline does not know, each once, sorted by place."""
    analyses = list(analyses)
    sources = {path: source for analysis in analyses for path, source in analysis.sources.items()}
    sources |= of_workers[1]
    found = sorted({*of_workers[0], *(finding for analysis in analyses for finding in analysis.findings)})
    pairs = [pair for pair in zip(found, fingerprints(found, sources), strict=True) if pair[1] not in known]
    notes = Counter(note.code for analysis in analyses for note in analysis.notes if note.code.startswith("SG9"))
    return Report(tuple(finding for finding, _ in pairs), tuple(mark for _, mark in pairs), sources, notes)


def _output(report: Report, analyses: Sequence[Analysis], args: argparse.Namespace, fixed: int) -> None:
    if args.write_baseline:
        _write(args.write_baseline, baseline_text(report.fingerprints))
        complain(f"{_count(len(report.findings), 'finding')} written to {args.write_baseline}")
        return
    if args.diff:
        return
    text = _statistics(report.findings) if args.statistics else _rendered(report, args)
    if args.output_file:
        _write(args.output_file, text)
    else:
        sys.stdout.write(text)
    complain(_summary(report.findings, len(analyses), fixed))


def _rendered(report: Report, args: argparse.Namespace) -> str:
    module = import_module(f"analyzer.output.findings.{args.format}")
    text: str = module.render(report, color=use_color(args) and not args.output_file)
    return text


def _statistics(findings: Iterable[Finding]) -> str:
    from analyzer.output.table import render_table

    counts = Counter((finding.code, finding.name) for finding in findings)
    rows = [(str(count), code, name) for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return render_table(rows) if rows else ""


def _summary(findings: Sequence[Finding], files: int, fixed: int) -> str:
    parts = [f"{_count(len(findings), 'finding')} in {_count(files, 'file')}"]
    if fixed:
        parts.append(f"{_count(fixed, 'finding')} fixed")
    safe = sum(applies(finding.fix, unsafe=False) for finding in findings)
    unsafe = sum(applies(finding.fix, unsafe=True) for finding in findings) - safe
    if safe:
        parts.append(f"{safe} fixable with --fix")
    if unsafe:
        parts.append(f"{unsafe} fixable with --unsafe-fixes")
    return "; ".join(parts)


def _exit_code(report: Report, analyses: Sequence[Analysis], args: argparse.Namespace, settings: Settings, fixed: int) -> int:
    failing = SEVERITIES[: SEVERITIES.index(settings.fail_on) + 1]
    failed = any(finding.severity.value in failing for finding in report.findings) and not args.write_baseline
    if args.diff:
        failed = fixed > 0
    if settings.min_coverage is not None:
        from analyzer.cli.coverage import suffices

        failed |= not suffices(analyses, settings.min_coverage)
    return int(failed and not args.exit_zero)


def _write(path: str, text: str) -> None:
    try:
        if os.path.dirname(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
