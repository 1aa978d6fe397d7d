"""``stepgraph validate``: payload files against the schema."""

from __future__ import annotations

import argparse
import sys

from analyzer.cli.arguments import Commands, add_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "validate", "check payload files against the schema", "Exits 1 if one does not fit.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="JSON files, or - for standard input")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints each problem with its JSON path, or that there is none; 1 if there is one."""
    failed = False
    for path in args.files:
        problems = [*_problems(path, _read(path))]
        failed |= bool(problems)
        print(*(problems or [f"{path}: valid"]), sep="\n")
    return int(failed)


def _read(path: str) -> bytes:
    from analyzer.errors import UnreadableFileError

    if path == "-":
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or "cannot be read") from error


def _problems(path: str, content: bytes) -> Iterator[str]:
    import json

    from analyzer.api import validate_payload

    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        yield f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}"
    except UnicodeDecodeError as error:
        yield f"{path}:1:1: not JSON: not UTF-8 at byte {error.start}"
    except RecursionError:
        yield f"{path}:1:1: nested too deeply"
    else:
        for problem in validate_payload(data):
            yield f"{path}: {problem.path}: {problem.message}"
