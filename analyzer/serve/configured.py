"""The workflows that configurations of workers name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial

from analyzer.config import Settings
from analyzer.frontends import read
from analyzer.lint.worker import WorkerContext
from analyzer.lint.workers import worker_contexts
from analyzer.records import record
from analyzer.serve.names import valid_name
from analyzer.source import Language


@record
class Configured:
    """An entry of a configuration: the names it gives, where it stands, and the files of its worker that declare workflows.

    ``step_limit`` None: the platform's default. ``files``: real paths; None: the worker's code cannot be read.
    """

    class_name: str
    name: str
    script_name: str
    step_limit: int | None
    path: str
    line: int
    language: Language
    files: frozenset[str] | None

    def means(self, class_name: str, path: str) -> bool:
        """Whether it is about a class in a file; of a worker whose code cannot be read, about files in its folder."""
        if class_name != self.class_name:
            return False
        real = os.path.realpath(path)
        if self.files is not None:
            return real in self.files
        return real.startswith(os.path.join(os.path.dirname(os.path.realpath(self.path)), ""))


def configured_workflows(paths: Iterable[str], settings: Settings) -> tuple[Configured, ...]:
    """The workflows that configurations below folders and around files name, in the order of the files.

    Of several environments that name a class the top level counts, else the first.
    """
    contexts = worker_contexts(paths, partial(read, parser="tree-sitter"), settings)
    return tuple(entry for context, _ in contexts for entry in _entries(context))


def _entries(context: WorkerContext) -> Iterator[Configured]:
    files = None if context.main is None else frozenset(os.path.realpath(place.path) for place in context.entrypoints)
    script = valid_name(context.config.name or os.path.basename(os.path.dirname(os.path.abspath(context.config.path))))
    seen: set[str] = set()
    for part, entry in context.entries():
        if entry.class_name is None or entry.name is None or entry.class_name in seen:
            continue
        seen.add(entry.class_name)
        line = part.place(*entry.key).value.line
        language = context.language or Language.JAVASCRIPT
        yield Configured(entry.class_name, valid_name(entry.name), script, entry.step_limit, part.path, line, language, files)
