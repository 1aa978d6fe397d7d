"""``stepgraph rule``: what a rule is about."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command

NOTE = """\
# {name} ({code})

A note, not a rule: something the analyzer could not see.

`stepgraph graph --coverage` shows such notes, `check` counts them in JSON and SARIF, and `--min-coverage` makes too many of
them an error.
"""


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "rule", "explain a rule", "Prints its documentation as Markdown.")
    parser.add_argument("code", metavar="CODE", help="the code or name of a rule")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the documentation of a rule. Raises UsageError if there is none of that code or name."""
    from analyzer.errors import UsageError
    from analyzer.lint.documentation import markdown
    from analyzer.lint.registry import NOTE_CODES, RULES
    from analyzer.lint.words import did_you_mean

    if args.code.upper() in NOTE_CODES:
        print(NOTE.format(name=NOTE_CODES[args.code.upper()], code=args.code.upper()), end="")
        return 0
    for rule in RULES:
        if args.code.upper() == rule.code or args.code == rule.name:
            print(markdown(rule), end="")
            return 0
    names = [name for rule in RULES for name in (rule.code, rule.name)]
    raise UsageError(f"there is no rule {args.code!r}{did_you_mean(args.code, names)}")
