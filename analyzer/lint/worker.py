"""What rules about a worker's configuration look at, and how they report."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from analyzer.lint.context import FileContext
from analyzer.lint.finding import Finding
from analyzer.lint.rule import Report, Rule
from analyzer.records import field, record
from analyzer.source import Language, Position

if TYPE_CHECKING:
    from analyzer.project.wrangler import WorkerConfig, WorkflowEntry


@record
class EntrypointPlace:
    """An entrypoint class that a worker bundles: its name and where it stands."""

    class_name: str
    path: str
    start: Position
    end: Position


@record
class EventPlace:
    """A place where an event is waited for or sent; ``type`` None: it is not static."""

    type: str | None
    path: str
    start: Position
    end: Position


@record
class WorkerEvents:
    """The events that are waited for and sent in some files."""

    waited: tuple[EventPlace, ...] = ()
    sent: tuple[EventPlace, ...] = ()


@record
class Creation:
    """An instance that the code creates: its id if that is constant, and the fields its workflow reads but is not given."""

    id: str | None
    missing: tuple[str, ...]
    path: str
    start: Position
    end: Position


@record
class WorkerContext:
    """A worker. ``main``: its source file, None: there is none to read, so that nothing is known of what follows.

    ``exports``: the names it exports, each with whether it is an entrypoint (None: cannot be seen); ``complete``: there are
    no more. ``entrypoints``: those in the files it bundles. ``texts``: the sources of these files. Called when a rule
    asks: ``find_creations`` gives the instances created in them, ``find_events`` the events in them and in those of all
    workers.
    """

    config: WorkerConfig
    main: str | None = None
    language: Language | None = None
    exports: Mapping[str, bool | None] | None = None
    complete: bool = False
    entrypoints: tuple[EntrypointPlace, ...] = ()
    texts: tuple[str, ...] = ()
    find_creations: Callable[[], tuple[Creation, ...]] = field(default=tuple)
    find_events: Callable[[], tuple[WorkerEvents, WorkerEvents]] = field(default=lambda: (WorkerEvents(), WorkerEvents()))

    @cached_property
    def creations(self) -> tuple[Creation, ...]:
        """The instances that this worker's code creates of its own workflows."""
        return self.find_creations()

    @cached_property
    def events(self) -> tuple[WorkerEvents, WorkerEvents]:
        """The events in this worker's files, and those in the files of all workers of the project."""
        return self.find_events()

    @property
    def parts(self) -> tuple[WorkerConfig, ...]:
        """The configuration itself and that of each environment."""
        return (self.config, *self.config.environments)

    def entries(self) -> Iterator[tuple[WorkerConfig, WorkflowEntry]]:
        """The workflows that are classes of this worker, each once, with the part that names it."""
        seen: set[tuple[str | int, ...]] = set()
        for part in self.parts:
            for entry in part.own_workflows:
                if entry.key not in seen:
                    seen.add(entry.key)
                    yield part, entry


@record
class WorkerReport:
    """What a rule found: in which file, where, and one sentence. No ``end``: the place is a point."""

    path: str
    start: Position
    message: str
    end: Position | None = None


class WorkerRule(Rule):
    """A rule about one worker at a time; it has nothing to say about single files."""

    def _check(self, file: FileContext) -> Iterable[Report]:
        return ()

    @abstractmethod
    def check_worker(self, worker: WorkerContext) -> Iterable[WorkerReport]:
        """What the rule has to say about a worker."""


class ProblemRule(WorkerRule):
    """A rule about what the deployment tool rejects or warns of; ``kinds``: names of ``ProblemKind``."""

    kinds: ClassVar[frozenset[str]]

    def check_worker(self, worker: WorkerContext) -> Iterator[WorkerReport]:
        """The problems of these kinds."""
        for problem in worker.config.problems:
            if problem.kind.name in self.kinds:
                yield WorkerReport(worker.config.path, problem.position, problem.message)


def check_worker(worker: WorkerContext, rules: Iterable[Rule]) -> list[Finding]:
    """What rules find in a worker, sorted by place."""
    found = {
        Finding(report.path, report.start, report.end or report.start, rule.code, report.message, rule.severity, rule.name)
        for rule in rules
        if isinstance(rule, WorkerRule)
        for report in rule.check_worker(worker)
    }
    return sorted(found)
