"""``stepgraph diff``: what changed between two versions of workflows."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_project, add_reading

FORMATS = ("text", "json", "markdown", "github")
DETAILS = (
    "A side is a file or folder of sources, PATH#CLASS for one workflow of it, a payload file (.json), or a git revision: "
    "HEAD~3:src/index.ts, or main... for the commit that main and HEAD come from; with the extra stepgraph[cloudflare] also "
    "deployed:WORKFLOW or deployed:WORKFLOW@VERSION. Exits 0 if nothing differs, 1 if "
    "something does, 2 if a side cannot be read."
)


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "diff", "compare two versions of workflows", DETAILS)
    parser.add_argument("old", metavar="OLD", help="what was")
    parser.add_argument("new", metavar="NEW", help="what is")
    parser.add_argument("--inflight", action="store_true", help="say what happens to instances under way; 1 only if it breaks")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: %(default)s")
    add_reading(parser)
    add_project(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what changed; 1 if anything did, with ``--inflight`` only if that breaks instances under way."""
    import sys
    from importlib import import_module

    from analyzer.cli.arguments import options_of
    from analyzer.cli.comparing import compare
    from analyzer.cli.sides import resolve
    from analyzer.cli.streams import use_color

    report = compare(*resolve((args.old, args.new), options_of(args)), inflight=args.inflight)
    module = import_module(f"analyzer.output.diffs.{args.format}")
    sys.stdout.write(module.render(report, color=use_color(args)))
    return int(report.is_breaking if args.inflight else not report.is_same)
