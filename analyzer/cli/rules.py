"""``stepgraph rules``: which rules there are."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "rules", "list the rules of check")
    parser.add_argument("--format", choices=("table", "markdown", "json"), default="table", help="default: %(default)s")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints every rule with its severity, whether it is on by default, and its summary."""
    from analyzer.lint.documentation import documentation
    from analyzer.lint.registry import RULES

    rows = [
        (rule.code, rule.name, rule.severity.value, "on" if rule.on else "off", documentation(rule).summary) for rule in RULES
    ]
    match args.format:
        case "json":
            import json

            keys = ("code", "name", "severity", "default", "summary")
            print(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
        case "markdown":
            print("| code | name | severity | default | |\n| --- | --- | --- | --- | --- |")
            for code, name, severity, default, summary in rows:
                print(f"| {code} | `{name}` | {severity} | {default} | {' '.join(summary.split())} |")
        case _:
            from analyzer.output.table import render_table

            print(render_table([("CODE", "NAME", "SEVERITY", "DEFAULT", ""), *rows]), end="")
    return 0
