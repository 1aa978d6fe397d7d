"""Workers as rules see them: their configurations, read, and what their code exports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from analyzer.builder.exports import Exports, exports_of
from analyzer.builder.machine import BuildOptions
from analyzer.builder.modules import Missing
from analyzer.config import Settings
from analyzer.flow.module import Module
from analyzer.lint.worker import Creation, EntrypointPlace, WorkerContext, WorkerEvents
from analyzer.project.resolution import ProjectModules
from analyzer.project.workers import Worker, bundled_files, find_workers, worker_at
from analyzer.project.wrangler import find_config
from analyzer.source import Language, SourceFile, Span

Finders = tuple[Callable[[], tuple[Creation, ...]], Callable[[], tuple[WorkerEvents, WorkerEvents]]]
Contexts = Iterator[tuple[WorkerContext, Mapping[str, SourceFile]]]


def worker_contexts(paths: Iterable[str], parse: Callable[[SourceFile], Module], settings: Settings) -> Contexts:
    """The workers below folders and around files, each once, with the sources that findings about it point into."""
    workers = list(_workers(paths, settings))
    if not workers:
        return
    modules = ProjectModules(parse, Missing, settings)
    bundled = bundled_files(workers, modules)
    for worker in workers:
        files = [path for path, owners in bundled.items() if any(owner is worker for owner in owners)]
        finders = (
            partial(_creations, worker, files, modules, settings),
            partial(_events, files, list(bundled), modules, settings),
        )
        yield _context(worker, files, modules, settings, finders)


def _creations(
    worker: Worker, files: Iterable[str], modules: ProjectModules[Missing], settings: Settings
) -> tuple[Creation, ...]:
    from analyzer.lint.creations import creations_of

    return creations_of(worker.config, files, modules, BuildOptions(settings.entrypoint_bases))


def _events(
    files: Iterable[str], all_files: Iterable[str], modules: ProjectModules[Missing], settings: Settings
) -> tuple[WorkerEvents, WorkerEvents]:
    from analyzer.lint.events import events_of

    options = BuildOptions(settings.entrypoint_bases)
    return events_of(files, modules, options), events_of(all_files, modules, options)


def _workers(paths: Iterable[str], settings: Settings) -> Iterator[Worker]:
    seen: set[str] = set()
    for path in paths:
        inside = find_workers(path, settings) if os.path.isdir(path) else ()
        around = find_config(path if os.path.isdir(path) else os.path.dirname(path) or ".")
        outside = () if around is None else (worker_at(os.path.relpath(around)),)
        for worker in (*inside, *outside):
            real = os.path.realpath(worker.config.path)
            if real not in seen:
                seen.add(real)
                yield worker


def _context(
    worker: Worker,
    files: Iterable[str],
    modules: ProjectModules[Missing],
    settings: Settings,
    finders: Finders,
) -> tuple[WorkerContext, Mapping[str, SourceFile]]:
    config = _source(worker.config.path)
    if worker.main is None:
        return WorkerContext(worker.config), config
    options = BuildOptions(settings.entrypoint_bases)
    exports = {path: exports_of(modules.open(path), modules, options) for path in files}
    real = os.path.realpath(worker.main)
    if real not in exports:
        return WorkerContext(worker.config), config
    sources = {module.source.path: module.source for module in map(modules.open, files)}
    main = modules.open(real)
    context = WorkerContext(
        worker.config,
        main.source.path,
        main.source.language,
        exports[real].names,
        exports[real].complete,
        tuple(_places(exports.values(), sources)),
        tuple(source.text for source in sources.values()),
        *finders,
    )
    return context, {**sources, **config}


def _places(exports: Iterable[Exports], sources: Mapping[str, SourceFile]) -> Iterator[EntrypointPlace]:
    for each in exports:
        for name, span in each.entrypoints:
            yield _place(name, span, sources[span.path])


def _place(name: str, span: Span, source: SourceFile) -> EntrypointPlace:
    return EntrypointPlace(name, span.path, source.position(span.start), source.position(span.end))


def _source(path: str) -> dict[str, SourceFile]:
    """A configuration as a source, for excerpts; nothing if it cannot be read."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return {path: SourceFile(path, file.read(), Language.JAVASCRIPT)}
    except (OSError, UnicodeDecodeError):
        return {}
