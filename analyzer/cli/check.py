"""``stepgraph check``: what is wrong with workflows."""

from __future__ import annotations

import argparse
import sys

from analyzer.cli.arguments import Commands, add_command, add_reading
from analyzer.cli.streams import complain, use_color

SEVERITIES = ("error", "warning", "info")


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "check", "report what is wrong with workflows", "Exits 1 if there is something.")
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders, or - (default: .)")
    parser.add_argument("--fail-on", choices=SEVERITIES, default="warning", help="least severity that makes it exit 1")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    add_reading(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints findings; 1 if one is at least as severe as asked."""
    from analyzer.cli.inputs import analyses_of
    from analyzer.output.findings.concise import render_concise

    failing = SEVERITIES[: SEVERITIES.index(args.fail_on) + 1]
    sources = found = failed = 0
    for analysis in analyses_of(args.paths, args):
        findings = analysis.findings
        sys.stdout.write(render_concise(findings, color=use_color(args)))
        sources += 1
        found += len(findings)
        failed += sum(finding.severity.value in failing for finding in findings)
    complain(f"{_count(found, 'finding')} in {_count(sources, 'file')}")
    return int(failed > 0 and not args.exit_zero)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
