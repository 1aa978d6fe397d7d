"""What is served: the workflows of a project as they are, or were when they could last be read."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.analyses.engine import STEP_LIMITS
from analyzer.api import Analysis
from analyzer.graph.model import Workflow
from analyzer.lint.finding import Finding
from analyzer.records import field, record
from analyzer.serve.names import workflow_id
from analyzer.source import Language

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject
    from analyzer.payload.document import GraphDocument


@record
class Served:
    """A workflow: its names on the platform, where its class stands, and how it was read.

    ``line`` counts from 1. ``step_limit``: of an instance. ``index``: of the workflow in ``analysis``, which is None for a
    workflow that a configuration names and no source declares. ``sound``: it was read without an error. ``stale``: there is
    an error now, and this is how it was before. ``created_on``, ``modified_on``: when the oldest and the newest of its files
    were written, in seconds since 1970 UTC.
    """

    name: str
    script_name: str
    class_name: str
    path: str
    line: int
    language: Language
    step_limit: int = STEP_LIMITS["paid"]
    analysis: Analysis | None = field(compare=False, repr=False, default=None)
    index: int = 0
    sound: bool = True
    stale: bool = False
    created_on: float = field(compare=False, repr=False, default=0.0)
    modified_on: float = field(compare=False, repr=False, default=0.0)

    @cached_property
    def id(self) -> str:
        """Its UUID, the same in every run."""
        return workflow_id(self.script_name, self.name)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others whatever it is called: the path and the class."""
        return self.path, self.class_name

    @property
    def workflow(self) -> Workflow | None:
        """Its graph, if there is one."""
        return None if self.analysis is None else self.analysis.workflows[self.index]

    @property
    def document(self) -> GraphDocument | None:
        """Its payload, if there is one."""
        return None if self.analysis is None else self.analysis.documents[self.index]

    @property
    def subject(self) -> Subject | None:
        """What a diagram of it is drawn from, if there is a graph."""
        return None if self.analysis is None else self.analysis.subjects[self.index]

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the files its graph was made from, or of the configuration that names it."""
        return (self.path,) if self.analysis is None else tuple(sorted(self.analysis.sources))

    @cached_property
    def digest(self) -> str:
        """A short text that differs when anything of what is shown does."""
        shown = hashlib.sha256(repr(self).encode())
        if self.analysis is not None:
            shown.update(repr(self.analysis.options).encode())
            for path in self.files:
                shown.update(self.analysis.sources[path].text.encode())
        return shown.hexdigest()[:16]


@record
class Snapshot:
    """The workflows, and what is wrong at present.

    ``errors`` keep graphs from being right; ``of_workers``: findings about configurations. ``failure``: why the project
    could not be read at all, so that the rest is from before; "" if it could.
    """

    workflows: tuple[Served, ...] = ()
    errors: tuple[Finding, ...] = ()
    of_workers: tuple[Finding, ...] = ()
    failure: str = ""

    @cached_property
    def digest(self) -> str:
        """A short text that differs when anything of what is shown does."""
        shown = ([served.digest for served in self.workflows], self.errors, self.of_workers, self.failure)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    def named(self, name: str) -> Served | None:
        """The workflow of a name."""
        return next((served for served in self.workflows if served.name == name), None)
