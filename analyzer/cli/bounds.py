"""``stepgraph bounds``: how many steps a run takes, and how long it may last."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_project, add_reading, add_running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from analyzer.api import Analysis
    from analyzer.config import Plan
    from analyzer.graph.model import Workflow
    from analyzer.output.bounds import BoundsEntry
    from analyzer.source import Span

MAX_NAME = 40
"""Longest text in characters that names the turns of a loop; others are numbered."""


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "bounds", "bound the steps and the duration of workflows")
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders, or - (default: .)")
    parser.add_argument("--plan", choices=("paid", "free"), help="whose limits hold (default: paid)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")
    add_reading(parser)
    add_project(parser)
    add_running(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the bounds of each workflow; 1 if every run of one exceeds its limit, with error notes, or without a workflow."""
    from analyzer.cli.arguments import options_of
    from analyzer.cli.inputs import analyses_of, complain_of_none, print_errors
    from analyzer.output.bounds import render_json, render_text
    from analyzer.records import replace

    options = replace(options_of(args), facts=True)
    analyses = analyses_of(args.paths, args, options)
    failed = print_errors(analyses)
    entries = [_entry(analysis, workflow, options.settings.plan) for analysis in analyses for workflow in analysis.workflows]
    if not entries:
        return int(complain_of_none(args.paths) or failed)
    print((render_json if args.format == "json" else render_text)(entries), end="")
    return int(failed or any(entry.bounds.least > entry.limit for entry in entries))


def _entry(analysis: Analysis, workflow: Workflow, plan: Plan) -> BoundsEntry:
    from analyzer.analyses.bounds import bounds, turn_names
    from analyzer.analyses.duration import worst_case
    from analyzer.analyses.engine import MAX_RETENTION, RETENTION, STEP_LIMITS
    from analyzer.lint.limits import NOTHING, configured_workflows
    from analyzer.output.bounds import BoundsEntry, Retention

    name = turn_names(workflow, _texts(analysis, workflow))
    span = workflow.span
    path, line = (analysis.path, 1) if span is None else (span.path, analysis.sources[span.path].position(span.start).line)
    configured = configured_workflows(analysis.path).get(workflow.class_name, NOTHING)
    usual = RETENTION[plan]
    retention = Retention(configured.success_retention or usual, configured.error_retention or usual, MAX_RETENTION[plan])
    limit = configured.step_limit or STEP_LIMITS[plan]
    return BoundsEntry(path, line, workflow.class_name, bounds(workflow, name), worst_case(workflow, name), limit, retention)


def _texts(analysis: Analysis, workflow: Workflow) -> dict[Span, str]:
    """What loops run through, by the span of the loop, where it is short enough to stand for their turns."""
    from analyzer.graph.facts import NO_FACTS, Use

    facts = workflow.facts or NO_FACTS
    bounding = ((use.node, use.span) for use in facts.uses if use.use is Use.BOUND)
    texts = {node: " ".join(analysis.sources[span.path].slice(span).split()) for node, span in bounding}
    return {node: text for node, text in texts.items() if len(text) <= MAX_NAME}
