"""From arguments to an exit code."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from analyzer.cli import bounds, check, debug, diff, graph, list, overlay, rule, rules, schema, serve, validate
from analyzer.cli.arguments import Formatter, add_color
from analyzer.cli.streams import discard_output, prepare_output
from analyzer.errors import StepgraphError

COMMANDS = (check, graph, list, diff, overlay, bounds, serve, validate, schema, rule, rules, debug)

COLLECT_AFTER = 100_000
"""Objects more than before that are searched for garbage. What a command imports makes fewer, and all of it stays."""

USAGE_ERROR = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command line (default: that of the process) and gives its exit code; argparse exits by itself on misuse."""
    gc.set_threshold(COLLECT_AFTER)
    args = build_parser().parse_args(argv)
    prepare_output()
    try:
        code = _run(args)
        sys.stdout.flush()
        return code
    except StepgraphError as error:
        return _fail(str(error))
    except BrokenPipeError:
        discard_output()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _fail(_report(error))


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line. Each command's module adds its own and sets ``run``."""
    parser = argparse.ArgumentParser(
        "stepgraph",
        description="Static workflow graph analyzer for Cloudflare Workflows in TypeScript, JavaScript and Python.",
        formatter_class=Formatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    add_color(parser, default="auto")
    parser.set_defaults(run=None, bug=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(commands)
    return parser


def _run(args: argparse.Namespace) -> int:
    if args.version:
        from importlib.metadata import version

        print(f"stepgraph {version('stepgraph')}")
        return 0
    if args.run is None:
        build_parser().print_usage(sys.stderr)
        return _fail("a command is needed; stepgraph --help lists them")
    if getattr(args, "show_settings", False):
        from analyzer.cli.settings import show_settings

        return show_settings(args)
    code: int = args.run(args)
    if args.bug is not None:
        sys.stdout.flush()
        raise args.bug
    return code


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return USAGE_ERROR


def _report(error: Exception) -> str:
    import traceback

    if os.environ.get("STEPGRAPH_TRACEBACK"):
        traceback.print_exception(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    at = next(iter(getattr(error, "__notes__", ())), f"{os.path.basename(place.filename)}:{place.lineno}")
    return (
        f"stepgraph: internal error: {type(error).__name__}: {error} ({at})\n"
        "This is a bug in stepgraph. Please report it with the source that caused it; "
        "STEPGRAPH_TRACEBACK=1 in the environment prints the traceback."
    )
