"""``stepgraph overlay``: one instance painted on the graph of its workflow."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_reading
from analyzer.cli.formats import FORMATS

DETAILS = (
    "INSTANCE is a JSON file as the platform's API gives it (GET …/workflows/NAME/instances/ID), or the local explorer; "
    "with the extra stepgraph[cloudflare] also deployed:WORKFLOW/INSTANCE, and GRAPH deployed:WORKFLOW. "
    "Exits 1 if its log has steps that the graph has not, 2 if one of the two cannot be read."
)


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "overlay", "paint an instance on the graph of its workflow", DETAILS)
    parser.add_argument("graph", metavar="GRAPH", help="a source, PATH#CLASS, a payload file (.json) or a git revision")
    parser.add_argument("instance", metavar="INSTANCE", help="a JSON file, or - for standard input")
    parser.add_argument("--format", choices=tuple(FORMATS), default="tree", help="default: %(default)s")
    add_reading(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the diagram, and remarks on standard error; 1 if the log has steps that the graph has not."""
    import sys

    from analyzer.analyses.overlay.painting import paint
    from analyzer.cli.arguments import options_of
    from analyzer.cli.instances import painted, read_instance
    from analyzer.cli.sides import only
    from analyzer.cli.streams import complain, use_color
    from analyzer.output.overlays.wording import remarks

    candidate = only(args.graph, options_of(args))
    overlay = paint(candidate.workflow, read_instance(args.instance))
    sys.stdout.write(painted(candidate, overlay, args.format, color=use_color(args)))
    for remark in remarks(overlay):
        complain(remark)
    return int(bool(overlay.unplanned))
