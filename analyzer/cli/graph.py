"""``stepgraph graph``: one workflow as a graph."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_project, add_reading, add_running, percentage
from analyzer.cli.formats import FORMATS, WITH_FINDINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from analyzer.api import Analysis


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "graph", "print the graph of a workflow")
    parser.add_argument("path", metavar="PATH", help="a file or folder, PATH#CLASS for one workflow of it, or -")
    choice = parser.add_argument_group("which workflow, if there are several").add_mutually_exclusive_group()
    choice.add_argument("--workflow", metavar="CLASS", help="the one of this class")
    choice.add_argument("--all", action="store_true", help="all, a line of JSON each")
    output = parser.add_argument_group("output")
    output.add_argument("--output-dir", metavar="DIR", help="write a file for each workflow into DIR")
    output.add_argument("--fail-on-change", action="store_true", help="exit 1 if a file in DIR is new or changes")
    output.add_argument("--format", choices=tuple(FORMATS), default="json", help="default: %(default)s")
    output.add_argument("--typed-payload", action="store_true", help="add the fields that the payload's type declares")
    output.add_argument("--spans", action="store_true", help="print the place in the source of each part of the graph")
    output.add_argument("--coverage", action="store_true", help="say on standard error what could not be seen")
    output.add_argument("--min-coverage", metavar="PERCENT", type=percentage, help="exit 1 if less could be seen")
    add_reading(parser)
    add_project(parser)
    add_running(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints or writes graphs; 1 with error notes, too little coverage, without a workflow, or for a change that may not be."""
    from analyzer.cli.arguments import options_of
    from analyzer.cli.inputs import analyses_of, complain_of_none, print_errors
    from analyzer.cli.printing import print_workflows
    from analyzer.cli.selection import select, split_target
    from analyzer.records import replace

    path, class_name = split_target(args.path, args.workflow)
    options = options_of(args)
    analyses = analyses_of([path], args, replace(options, facts=args.format in WITH_FINDINGS, typed_payload=args.typed_payload))
    failed = print_errors(analyses)
    if any(analysis.workflows for analysis in analyses):
        chosen = select(analyses, class_name, path, several=args.all or args.output_dir is not None)
        failed |= print_workflows(chosen, args)
    else:
        failed |= complain_of_none([path])
    return int(not _is_covered(analyses, args.coverage, options.settings.min_coverage) or failed)


def _is_covered(analyses: list[Analysis], reported: bool, least: float | None) -> bool:
    """Reports what could not be seen, if asked; whether enough could."""
    from analyzer.cli.coverage import report, suffices

    if reported:
        report(analyses)
    return least is None or suffices(analyses, least)
