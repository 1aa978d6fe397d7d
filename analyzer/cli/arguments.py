"""Arguments that several commands share."""

from __future__ import annotations

import argparse
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from analyzer.api import Options

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a command adds its parser to."""

PARSERS = ("tree-sitter", "esprima")


class Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal. The default one imports shutil to find that out: 4 ms of a 30 ms start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=_terminal_width() - 2)


def add_command(commands: Commands, name: str, summary: str, details: str = "") -> argparse.ArgumentParser:
    """Adds a command with its summary for the list of commands and details for its own help."""
    parser = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}. {details}", formatter_class=Formatter
    )
    add_color(parser, default=argparse.SUPPRESS)
    return parser


def add_color(parser: argparse.ArgumentParser, *, default: str) -> None:
    """Adds ``--color``, which may stand before or behind the command."""
    parser.add_argument("--color", choices=("auto", "always", "never"), default=default, help="colours (auto: on a terminal)")


def add_reading(parser: argparse.ArgumentParser, *, stdin: bool = True) -> None:
    """Adds what tells how sources are read; ``options_of`` reads it. ``stdin``: one may come from standard input."""
    group = parser.add_argument_group("reading")
    if stdin:
        group.add_argument("--stdin-filename", metavar="NAME", help="what a source read from - is called")
    group.add_argument("--parser", choices=PARSERS, default=PARSERS[0], help="parser of JavaScript (default: %(default)s)")
    group.add_argument("--compatibility-date", metavar="DATE", type=_date, help="the worker's, YYYY-MM-DD (default: newest)")
    group.add_argument("--max-size", metavar="MB", type=_megabytes, help="largest file read (default: 10)")


def add_project(parser: argparse.ArgumentParser) -> None:
    """Adds which configuration counts; ``options_of`` reads it."""
    group = parser.add_argument_group("configuration")
    choice = group.add_mutually_exclusive_group()
    choice.add_argument("--config", metavar="FILE", help="stepgraph.toml or pyproject.toml (default: the nearest)")
    choice.add_argument("--isolated", action="store_true", help="leave configurations of stepgraph out of account")
    group.add_argument("--show-settings", action="store_true", help="print what is set, and where from, and exit")


def add_running(parser: argparse.ArgumentParser) -> None:
    """Adds how many files are read, and what is said of it; ``analyses_of`` reads it."""
    group = parser.add_argument_group("running")
    group.add_argument("--jobs", metavar="N", type=_count, default=1, help="processes; 0: one a CPU (default: %(default)s)")
    group.add_argument("-v", "--verbose", action="store_true", help="say on standard error what is skipped, and why")


def options_of(args: argparse.Namespace) -> Options:
    """The options of a command line, and of the configuration around what it names. Raises ConfigurationError."""
    from analyzer.api import Options
    from analyzer.cli.settings import settings_of

    settings = settings_of(args)
    return Options(
        parser=args.parser,
        compatibility_date=args.compatibility_date,
        max_size=settings.max_size,
        settings=settings,
    )


def percentage(text: str) -> float:
    """Reads a number from 0 to 100."""
    value = _number(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 0 and 100")
    return value


def _megabytes(text: str) -> int:
    value = _number(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size in megabytes")
    return int(value * 1_000_000)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return int(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def _date(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-02-25") from None


def _terminal_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size().columns or 80
    except (OSError, ValueError):
        return 80
