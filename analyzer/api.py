"""The whole pipeline for any number of files, and all that is public."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from analyzer.analysis import DEFAULT_OPTIONS, sorted_notes
from analyzer.analysis import Analysis as Analysis
from analyzer.analysis import Options as Options
from analyzer.analysis import analyze_file as analyze_file
from analyzer.analysis import analyze_source as analyze_source
from analyzer.collector import without_collector
from analyzer.config import Settings
from analyzer.errors import StepgraphError
from analyzer.frontends import read
from analyzer.graph.model import Workflow
from analyzer.lint.finding import Finding
from analyzer.records import replace
from analyzer.source import SourceFile

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from analyzer.payload.schema import Json
    from analyzer.payload.validation import PayloadProblem


def analyze_paths(
    paths: Iterable[str],
    *,
    executor: Executor | None = None,
    options: Options = DEFAULT_OPTIONS,
    skipped: Callable[[str, str], object] | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Iterator[Analysis]:
    """Analyzes files, and those below folders that may hold a workflow, one after another or spread by an executor.

    Gives one analysis a file, in a fixed order. Of a file found below a folder the workflows it only passes on are left out:
    they are found where they stand. ``skipped`` is told each path that is left out, and why; ``progress`` how many files
    are done, and of how many. Raises UnreadableFileError for a path that does not exist, UsageError for a named file that is
    no source; what a bug raises for one file is raised again when all others have been given.
    """
    asked = [*map(str, paths)]
    found = _found(asked, options, skipped, progress)
    seen: set[tuple[str, int]] = set()
    failures: list[Exception] = []
    outcomes = (
        executor.map(partial(_attempt, options, True), found) if executor else map(partial(_attempt, options, False), found)
    )
    for done, outcome in enumerate(outcomes, 1):
        if progress is not None:
            progress(done, len(found))
        if isinstance(outcome, Exception):
            failures.append(outcome)
            continue
        seen.update(map(_place, outcome.workflows))
        yield outcome
    for folder in filter(os.path.isdir, asked):
        yield from _analyze_mains(folder, seen, options)
    if failures:
        raise failures[0] if len(failures) == 1 else ExceptionGroup(f"{len(failures)} files", failures)


def project_options(path: str) -> Options:
    """The options that the configuration around a file or folder gives, as the command line takes them.

    Raises ConfigurationError for what a configuration cannot mean.
    """
    from analyzer.project.settings import find_settings

    settings = find_settings(path)
    return Options(max_size=settings.max_size, settings=settings)


def _found(
    asked: Sequence[str],
    options: Options,
    skipped: Callable[[str, str], object] | None,
    progress: Callable[[int, int], object] | None,
) -> list[tuple[str, bool]]:
    """The files among and below paths, each with whether what it passes on from others counts: as it was named, it does."""
    from analyzer.project.discovery import find_sources

    named = {os.path.normpath(path) for path in asked}
    settings = replace(options.settings, max_size=options.max_size)
    found: list[tuple[str, bool]] = []
    for path in find_sources(asked, settings, skipped or (lambda path, reason: None)):
        found.append((path, options.reexported and os.path.normpath(path) in named))
        if progress is not None:
            progress(0, len(found))
    return found


def _attempt(options: Options, elsewhere: bool, found: tuple[str, bool]) -> Analysis | Exception:
    """The analysis of a file that was found, or what a bug raised. ``elsewhere``: work that can be done here is done here."""
    path, reexported = found
    try:
        analysis = analyze_file(path, options=replace(options, reexported=reexported))
        if elsewhere and options.facts:
            _ = analysis.findings
        return analysis
    except StepgraphError:
        raise
    except Exception as error:
        error.add_note(f"while analyzing {path}")
        return error if not elsewhere else _portable(error)


def _portable(error: Exception) -> Exception:
    """An exception as another process can have it: its traceback is told in a note."""
    import pickle
    import traceback

    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _analyze_mains(folder: str, seen: set[tuple[str, int]], options: Options) -> Iterator[Analysis]:
    """What workers below a folder export that stands in no file analyzed before: a class whose base is the project's own."""
    from analyzer.project.workers import find_workers

    for main in sorted({worker.main for worker in find_workers(folder, options.settings) if worker.main is not None}):
        analysis = analyze_file(main, options=replace(options, reexported=True))
        kept = [workflow for workflow in analysis.workflows if _place(workflow) not in seen]
        seen.update(map(_place, kept))
        if kept:
            notes = tuple(note for workflow in kept for note in workflow.notes)
            yield replace(analysis, workflows=tuple(kept), notes=sorted_notes(notes))


def _place(workflow: Workflow) -> tuple[str, int]:
    """Where a class stands, whatever it is exported as."""
    return ("", 0) if workflow.span is None else (os.path.realpath(workflow.span.path), workflow.span.start)


def check_workers(paths: Iterable[str], *, options: Options = DEFAULT_OPTIONS) -> tuple[list[Finding], dict[str, SourceFile]]:
    """What rules about configurations find in the workers below folders, and around files; and the sources of these places."""
    paths = list(paths)
    if not any(_has_configuration(path, options.settings) for path in paths):
        return [], {}
    from analyzer.lint.selection import ignored_codes, selected_rules
    from analyzer.lint.worker import check_worker
    from analyzer.lint.workers import worker_contexts

    rules = selected_rules(options.settings)
    findings: list[Finding] = []
    sources: dict[str, SourceFile] = {}
    with without_collector():
        for context, files in worker_contexts(paths, partial(read, parser=options.parser), options.settings):
            findings.extend(check_worker(context, rules))
            sources.update(files)
    kept = {finding for finding in findings if finding.code not in ignored_codes(options.settings, finding.path)}
    return sorted(kept), sources


def _has_configuration(path: str, settings: Settings) -> bool:
    """Whether there is a worker's configuration around a path or below it: else its readers need not be imported."""
    from analyzer.project.discovery import find_named
    from analyzer.project.nearest import WRANGLER_NAMES, nearest_file

    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    if nearest_file(folder, WRANGLER_NAMES) is not None:
        return True
    return os.path.isdir(path) and next(find_named(path, WRANGLER_NAMES, settings), None) is not None


def validate_payload(data: object) -> list[PayloadProblem]:
    """Checks decoded JSON, or JSON text, against the payload schema; gives each problem with its JSON path, none if valid."""
    from analyzer.payload.validation import validate_payload

    return validate_payload(data)


def payload_schema() -> dict[str, Json]:
    """The JSON Schema of the payload."""
    from analyzer.payload.schema import payload_schema

    return payload_schema()
