"""The workers of a repository: their configurations, what each bundles, and what none does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.errors import StepgraphError
from analyzer.flow import tree
from analyzer.flow.module import Module
from analyzer.flow.walk import walk
from analyzer.project.discovery import find_named
from analyzer.project.resolution import ProjectModules
from analyzer.project.wrangler import CONFIG_NAMES, WorkerConfig, read_wrangler
from analyzer.records import record
from analyzer.source import Language, language_of


@record
class Worker:
    """A configuration, and the path of its ``main`` as a source file: None if it names none, or one that is not there."""

    config: WorkerConfig
    main: str | None


def find_workers(root: str, settings: Settings = DEFAULT_SETTINGS) -> tuple[Worker, ...]:
    """The workers below a folder: one for each folder with a configuration, the one wrangler would take of several."""
    chosen: dict[str, str] = {}
    for path in find_named(root, CONFIG_NAMES, settings):
        folder = os.path.dirname(path)
        chosen[folder] = min(path, chosen.get(folder, path), key=lambda path: CONFIG_NAMES.index(os.path.basename(path)))
    return tuple(worker_at(path) for path in chosen.values())


def worker_at(path: str) -> Worker:
    """The worker whose configuration is at a path. Never raises: what is wrong with it is in its problems."""
    config = read_wrangler(path)
    main = config.main_path
    is_source = main is not None and language_of(main) is not None and os.path.isfile(main)
    return Worker(config, main if is_source else None)


def bundled_files(workers: Iterable[Worker], modules: ProjectModules[object]) -> Mapping[str, tuple[Worker, ...]]:
    """The project files that workers bundle, by real path, each with the workers that do: ``main`` and what it imports.

    Imports inside functions are not followed: an entrypoint must be exported by ``main``.
    """
    found: dict[str, list[Worker]] = {}
    for worker in workers:
        for module in _reached(worker, modules):
            found.setdefault(os.path.realpath(module.source.path), []).append(worker)
    return {path: tuple(owners) for path, owners in found.items()}


def _reached(worker: Worker, modules: ProjectModules[object]) -> Iterator[Module]:
    main = None if worker.main is None else _open(modules, worker.main)
    waiting = [] if main is None else [main]
    seen: set[int] = set()
    while waiting:
        module = waiting.pop()
        if id(module) in seen:
            continue
        seen.add(id(module))
        yield module
        for specifier in _specifiers(module):
            match modules.find(specifier, module):
                case Module() as imported:
                    waiting.append(imported)


def _open(modules: ProjectModules[object], path: str) -> Module | None:
    try:
        return modules.open(path)
    except StepgraphError:
        return None


def _specifiers(module: Module) -> Iterator[str]:
    """What a module imports when it is loaded; of a Python name imported from a package also as a module in it."""
    is_python = module.source.language is Language.PYTHON
    for node in walk(module.body, into_functions=False):
        match node:
            case tree.Import(specifier=specifier, name=name):
                yield specifier
                if is_python and name != "*":
                    yield f"{specifier}{name}" if specifier.endswith(".") else f"{specifier}.{name}"
            case tree.Export(specifier=str(specifier)):
                yield specifier
            case tree.Call(callee=tree.Name(name="require" | "import"), args=(tree.Literal(value=str(specifier)),)):
                yield specifier
