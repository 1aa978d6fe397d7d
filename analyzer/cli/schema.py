"""``stepgraph schema``: the JSON Schema of the payload."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    add_command(commands, "schema", "print the JSON Schema of graphs").set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the schema."""
    import json

    from analyzer.api import payload_schema

    print(json.dumps(payload_schema(), indent=2, ensure_ascii=False))
    return 0
