"""What a command is to read, and what it says about it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from analyzer.api import Analysis, Options, analyze_paths, analyze_source
from analyzer.cli.arguments import options_of
from analyzer.cli.streams import complain
from analyzer.errors import UsageError
from analyzer.output.findings.concise import render_concise

STDIN = "-"


def analyses_of(paths: Sequence[str], args: argparse.Namespace, options: Options | None = None) -> Iterator[Analysis]:
    """The analyses of files and folders, or of standard input for ``-``. Raises UsageError if that has no name."""
    options = options or options_of(args)
    if STDIN not in paths:
        return analyze_paths(paths, options=options)
    if len(paths) > 1:
        raise UsageError("- stands alone: standard input is one source")
    return iter([analyze_source(read_stdin(args), filename=args.stdin_filename, options=options)])


def read_stdin(args: argparse.Namespace) -> bytes:
    """Standard input, up to one byte more than the size limit. Raises UsageError if it has been given no name."""
    if not args.stdin_filename:
        raise UsageError("- needs --stdin-filename NAME: the suffix of NAME tells the language")
    return sys.stdin.buffer.read(args.max_size + 1)


def print_errors(analyses: Iterable[Analysis]) -> bool:
    """Prints error notes on standard error as ``path:line:column: CODE message``; whether there were any."""
    errors = [finding for analysis in analyses for finding in analysis.errors]
    sys.stderr.write(render_concise(errors))
    return bool(errors)


def complain_of_none(paths: Sequence[str]) -> bool:
    """Says that there is no workflow; whether that is an error, as it is of a named file but not of a folder."""
    complain(f"no workflow found in {', '.join(paths)}")
    return not any(os.path.isdir(path) for path in paths)
