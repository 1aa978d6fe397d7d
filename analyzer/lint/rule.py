"""What a rule is: its identity, its documentation and its check."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import ClassVar

from analyzer.graph.facts import SlipFact, SlipKind
from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext, WorkflowContext
from analyzer.lint.finding import Fix
from analyzer.records import record
from analyzer.source import Language, Span


class Proof(Enum):
    """How it is known that what a rule says is so."""

    ENGINE = "engine"  # a run in the open-source engine breaks as the rule says
    REPLAY = "replay"  # a resumed run does other things than the first
    BUNDLER = "bundler"  # the bundler's own message
    WRANGLER = "wrangler"  # the deployment tool's own message
    DOCS = "docs"  # the platform's documentation says so
    SOURCE = "source"  # it is there for everyone to see


@record
class Report:
    """What a rule found: where, one sentence, and perhaps a fix. The runner makes a finding of it."""

    span: Span
    message: str
    fix: Fix | None = None


class Rule(ABC):
    """A rule about a file. Its docstring is its documentation: a summary, then sections (see ``lint.documentation``).

    ``on``: in the default set. ``languages``: those it is about. ``last``: it looks at what the others found.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    proof: ClassVar[Proof]
    on: ClassVar[bool] = True
    last: ClassVar[bool] = False
    languages: ClassVar[tuple[Language, ...]] = tuple(Language)

    def check(self, file: FileContext) -> Iterable[Report]:
        """What the rule has to say about a file; nothing if it is about another language."""
        return self._check(file) if file.language in self.languages else ()

    @abstractmethod
    def _check(self, file: FileContext) -> Iterable[Report]: ...


class WorkflowRule(Rule):
    """A rule about one workflow at a time."""

    def _check(self, file: FileContext) -> Iterator[Report]:
        for workflow in file.workflows:
            yield from self._check_workflow(workflow)

    @abstractmethod
    def _check_workflow(self, workflow: WorkflowContext) -> Iterable[Report]: ...


class NotedRule(Rule):
    """A rule whose findings the analyzer made as notes on its way; notes that are only for information stay notes."""

    def _check(self, file: FileContext) -> Iterator[Report]:
        for note in file.notes:
            if note.code == self.code and note.severity is not Severity.INFO:
                yield Report(note.span or Span(file.path, 0, 0), note.message)


class SlipRule(WorkflowRule):
    """A rule about mistakes that were recorded as such; ``kinds``: which."""

    kinds: ClassVar[tuple[SlipKind, ...]]

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        for slip in workflow.slips(*self.kinds):
            yield Report(slip.span, self._message(slip), self._fix(slip))

    @abstractmethod
    def _message(self, slip: SlipFact) -> str: ...

    def _fix(self, slip: SlipFact) -> Fix | None:
        return None
