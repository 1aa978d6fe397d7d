"""What a command is to read, and what it says about it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyzer.api import Analysis, Options, analyze_paths, analyze_source
from analyzer.cli.arguments import options_of
from analyzer.cli.progress import progress_bar
from analyzer.cli.streams import complain
from analyzer.errors import StepgraphError, UsageError
from analyzer.output.findings.concise import render_concise

if TYPE_CHECKING:
    from concurrent.futures import Executor

STDIN = "-"


def analyses_of(paths: Sequence[str], args: argparse.Namespace, options: Options | None = None) -> list[Analysis]:
    """The analyses of files and folders, or of standard input for ``-``. Raises UsageError if that has no name.

    A bug met in one file is raised by ``main`` once the command has printed what it can of the others.
    """
    options = options or options_of(args)
    if STDIN not in paths:
        return _collected(paths, args, options)
    if len(paths) > 1:
        raise UsageError("- stands alone: standard input is one source")
    return [analyze_source(read_stdin(args, options.max_size), filename=args.stdin_filename, options=options)]


def _collected(paths: Sequence[str], args: argparse.Namespace, options: Options) -> list[Analysis]:
    found: list[Analysis] = []
    skipped = _complain_of_skipped if args.verbose else None
    with _executor(args.jobs) as executor, progress_bar() as progress:
        try:
            for analysis in analyze_paths(paths, executor=executor, options=options, skipped=skipped, progress=progress):
                found.append(analysis)
        except StepgraphError:
            raise
        except Exception as error:
            args.bug = error
    return found


@contextmanager
def _executor(jobs: int) -> Iterator[Executor | None]:
    """Processes to spread files over, or None if this one is enough."""
    if jobs == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs or os.cpu_count()) as executor:
        yield executor


def _complain_of_skipped(path: str, reason: str) -> None:
    complain(f"{path}: skipped: {reason}")


def read_stdin(args: argparse.Namespace, max_size: int) -> bytes:
    """Standard input, up to one byte more than the size limit. Raises UsageError if it has been given no name."""
    if not args.stdin_filename:
        raise UsageError("- needs --stdin-filename NAME: the suffix of NAME tells the language")
    return sys.stdin.buffer.read(max_size + 1)


def print_errors(analyses: Iterable[Analysis]) -> bool:
    """Prints error notes on standard error as ``path:line:column: CODE message``; whether there were any."""
    errors = [finding for analysis in analyses for finding in analysis.errors]
    sys.stderr.write(render_concise(errors))
    return bool(errors)


def complain_of_none(paths: Sequence[str]) -> bool:
    """Says that there is no workflow; whether that is an error, as it is of a named file but not of a folder."""
    complain(f"no workflow found in {', '.join(paths)}")
    return not any(os.path.isdir(path) for path in paths)
