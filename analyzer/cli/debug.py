"""``stepgraph debug``: what the analyzer makes of a source on its way."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_reading, options_of
from analyzer.cli.streams import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from analyzer.source import SourceFile


def add_parser(commands: Commands) -> None:
    """Adds the command and what it shows."""
    views = add_command(commands, "debug", "show what is made of a source on the way").add_subparsers(
        title="views", metavar="VIEW", required=True
    )
    parser = add_command(views, "flow", "print the flow tree of a source as indented text")
    parser.add_argument("path", metavar="FILE", help="a source file, or -")
    add_reading(parser)
    parser.set_defaults(run=run_flow)


def run_flow(args: argparse.Namespace) -> int:
    """Prints the flow tree, function bodies included; 1 if a part of the source does not parse."""
    from analyzer.flow.dump import dump
    from analyzer.frontends import read

    options = options_of(args)
    module = read(_source(args, options.max_size), parser=options.parser)
    for problem in module.problems:
        line, column = module.source.position(problem.span.start)
        complain(f"{module.source.path}:{line}:{column}: {problem.message}")
    print(dump(module.body))
    return int(bool(module.problems))


def _source(args: argparse.Namespace, size: int) -> SourceFile:
    from analyzer.cli.inputs import STDIN, read_stdin
    from analyzer.project.reading import read_source, source_from_bytes

    if args.path == STDIN:
        return source_from_bytes(args.stdin_filename, read_stdin(args, size), max_size=size)
    return read_source(args.path, max_size=size)
