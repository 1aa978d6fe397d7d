"""``stepgraph validate``: payload files against the schema."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command
from analyzer.cli.streams import read_bytes


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "validate", "check payload files against the schema", "Exits 1 if one does not fit.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="JSON files, or - for standard input")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints each problem with its JSON path, or that there is none; 1 if there is one."""
    from analyzer.api import validate_payload

    failed = False
    for path in args.files:
        problems = [*map(str, validate_payload(read_bytes(path)))]
        failed |= bool(problems)
        print(*(f"{path}: {line}" for line in problems or ["valid"]), sep="\n")
    return int(failed)
