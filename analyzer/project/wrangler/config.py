"""The data of a worker's configuration."""

from __future__ import annotations

import os
from enum import Enum, auto

from analyzer.config import KeyPath
from analyzer.project.documents import Document, Place
from analyzer.records import field, record
from analyzer.source import Position


class ProblemKind(Enum):
    """What is wrong with a configuration. All but the last three make wrangler stop."""

    SYNTAX = auto()  # the file, or a part of it, cannot be read
    TYPE = auto()  # a value of another type than its field takes, or a required one that is missing
    NAME = auto()  # no valid name of a workflow
    DUPLICATE_NAME = auto()  # two entries declare one workflow
    SETTING = auto()  # a setting whose value is out of its range
    EXTERNAL_SETTING = auto()  # a setting of a workflow that another worker defines
    CONFLICT = auto()  # ``workflows`` and ``exports`` contradict each other
    STEP_LIMIT = auto()  # more steps than the platform allows
    UNKNOWN_FIELD = auto()
    NOT_INHERITED = auto()  # ``workflows`` of the top level that an environment does not repeat


@record
class ConfigProblem:
    """Something wrangler rejects or warns of: one sentence, the entry's path in the file, and its place."""

    kind: ProblemKind
    message: str
    key: KeyPath
    position: Position


@record
class WorkflowEntry:
    """A workflow as ``workflows`` or ``exports`` names it; ``key`` is the entry's path in the file.

    A field is None if it is absent or of the wrong type. ``binding`` and ``script_name`` are None in an entry of ``exports``.
    ``retention``: for how long ended instances are kept, those that succeeded and those that failed: a text such as "3 days",
    or milliseconds.
    """

    key: KeyPath
    class_name: str | None
    name: str | None
    binding: str | None = None
    script_name: str | None = None
    step_limit: int | None = None
    retention: tuple[str | int | None, str | int | None] = (None, None)


@record
class Limits:
    """The limits of a worker's invocations: CPU time in milliseconds, and subrequests; None: the platform's default."""

    cpu_ms: int | None = None
    subrequests: int | None = None


@record
class WorkerConfig:
    """A worker, or one of its environments with what it inherits from the top level.

    ``main`` is as written, relative to the folder of ``path``. ``workflows`` and ``exports`` hold what is readable of them;
    in ``exports`` are workflows only. ``environments`` is empty in an environment; ``problems`` are those of its own part.
    """

    path: str
    environment: str | None
    name: str | None
    main: str | None
    compatibility_date: str | None
    compatibility_flags: tuple[str, ...]
    workflows: tuple[WorkflowEntry, ...]
    exports: tuple[WorkflowEntry, ...]
    limits: Limits
    environments: tuple[WorkerConfig, ...]
    problems: tuple[ConfigProblem, ...]
    document: Document = field(compare=False, repr=False)

    @property
    def main_path(self) -> str | None:
        """``main`` as a path from where ``path`` starts, or None."""
        return None if self.main is None else os.path.normpath(os.path.join(os.path.dirname(self.path), self.main))

    @property
    def own_workflows(self) -> tuple[WorkflowEntry, ...]:
        """The entries that name a class of this worker: all but those of another script."""
        own = [entry for entry in self.workflows if entry.script_name in (None, self.name)]
        return (*own, *self.exports)

    def place(self, *key: str | int) -> Place:
        """Where an entry stands in the file; for one that is absent, where the nearest table around it does."""
        return self.document.place(key)
