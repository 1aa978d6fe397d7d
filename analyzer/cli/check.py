"""``stepgraph check``: what is wrong with workflows."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_project, add_reading, add_running, percentage

SEVERITIES = ("error", "warning", "info")
FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab")


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "check", "report what is wrong with workflows", "Exits 1 if there is something.")
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders, or - (default: .)")
    parser.add_argument(
        "--affected", action="store_true", help="check the workflows below . that PATHs are part of, or that import them"
    )
    _add_rules(parser)
    _add_fixing(parser)
    _add_output(parser)
    add_reading(parser)
    add_project(parser)
    add_running(parser)
    parser.set_defaults(run=run)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules", "CODES: codes, prefixes of codes or names of rules, with commas between, or ALL")
    group.add_argument("--select", metavar="CODES", action="append", type=_codes, help="rules that run (default: see rules)")
    group.add_argument("--extend-select", metavar="CODES", action="append", type=_codes, help="further rules that run")
    group.add_argument("--ignore", metavar="CODES", action="append", type=_codes, help="rules that do not run")
    group.add_argument("--plan", choices=("paid", "free"), help="whose limits hold (default: paid)")


def _add_fixing(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fixing")
    group.add_argument("--fix", action="store_true", help="fix what can be fixed safely")
    group.add_argument("--unsafe-fixes", action="store_true", help="fix also what changes what the program does")
    group.add_argument("--diff", action="store_true", help="print what fixing would change, and change nothing")
    group.add_argument("--baseline", metavar="FILE", help="leave out the findings in this file")
    group.add_argument("--write-baseline", metavar="FILE", help="write the findings to this file")


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument("--format", choices=FORMATS, default="full", help="default: %(default)s")
    group.add_argument("--output-file", metavar="FILE", help="write findings to FILE (default: standard output)")
    group.add_argument("--statistics", action="store_true", help="print how often each rule found something, not where")
    group.add_argument("--fail-on", choices=SEVERITIES, help="least severity that makes it exit 1 (default: warning)")
    group.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    group.add_argument("--min-coverage", metavar="PERCENT", type=percentage, help="exit 1 if less could be seen")


def run(args: argparse.Namespace) -> int:
    """Prints findings; 1 if one is at least as severe as asked."""
    from analyzer.cli.checking import check

    return check(args)


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]
