"""``stepgraph list``: which workflows there are."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_project, add_reading, add_running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from analyzer.api import Analysis
    from analyzer.graph.model import Workflow


HEAD = ("CLASS", "PLACE", "LANGUAGE", "STEPS", "WRANGLER NAME")


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(
        commands, "list", "list workflows", "Prints class, place, language, number of steps, and name in a wrangler file."
    )
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders, or - (default: .)")
    add_reading(parser)
    add_project(parser)
    add_running(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints a table, of names only if there are any; 1 with error notes or for a file without a workflow."""
    from analyzer.cli.inputs import analyses_of, complain_of_none, print_errors
    from analyzer.output.table import render_table

    analyses = analyses_of(args.paths, args)
    failed = print_errors(analyses)
    rows = [_row(analysis, workflow) for analysis in analyses for workflow in analysis.workflows]
    if not rows:
        return int(complain_of_none(args.paths) or failed)
    print(render_table([HEAD, *rows] if any(row[-1] for row in rows) else [row[:-1] for row in [HEAD, *rows]]), end="")
    return int(failed)


def _row(analysis: Analysis, workflow: Workflow) -> tuple[str, ...]:
    from analyzer.graph.steps import steps
    from analyzer.project.workflow_names import workflow_name

    path, line = analysis.path, 1
    if workflow.span is not None:
        path, line = workflow.span.path, analysis.sources[workflow.span.path].position(workflow.span.start).line
    name = workflow_name(path, workflow.class_name) or workflow_name(analysis.path, workflow.class_name) or ""
    return workflow.class_name, f"{path}:{line}", workflow.language.value, str(sum(1 for _ in steps(workflow))), name
