"""What rules look at: a file and its workflows, with analyses computed once, when the first rule asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from analyzer.analyses.bounds import Bounds, bounds, cannot_exceed
from analyzer.analyses.engine import STEP_LIMITS
from analyzer.analyses.guards import guarding_spans
from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.graph.facts import (
    HOLE,
    NO_FACTS,
    Facts,
    Given,
    ImportFact,
    Origin,
    Origins,
    SlipFact,
    SlipKind,
    StepFact,
    ValueKind,
)
from analyzer.graph.model import FunctionCall, Loop, Node, Note, StepDo, Workflow, children, walk
from analyzer.lint.durations import KnownDuration, durations
from analyzer.lint.suppressions import Suppressions
from analyzer.records import field, record
from analyzer.source import Language, SourceFile, Span


@record
class FileContext:
    """A file that was analyzed with facts. ``sources``: the files its spans point into, by path.

    ``now``: milliseconds since 1970 UTC. ``settings``: those of the project the file belongs to. ``implicit_dependencies``:
    whether parameters of Python steps name what they need, None: not known. The runner adds the file's ``suppressions``, the
    codes and names of all rules, and of those that run.
    """

    path: str
    language: Language
    workflows: tuple[WorkflowContext, ...]
    notes: tuple[Note, ...]
    imports: tuple[ImportFact, ...]
    sources: Mapping[str, SourceFile] = field(repr=False)
    now: float
    settings: Settings = DEFAULT_SETTINGS
    implicit_dependencies: bool | None = None
    suppressions: Suppressions = field(default_factory=Suppressions)
    known_names: tuple[str, ...] = ()
    names_run: frozenset[str] = frozenset()

    def text(self, span: Span) -> str:
        """The verbatim source of a span."""
        return self.sources[span.path].slice(span)

    def ran(self, name: str) -> bool:
        """Whether the rule of a code or name is among those that run."""
        return name in self.names_run


@record
class WorkflowContext:
    """One workflow of a file. ``configured_limit``: the step limit its worker's configuration sets."""

    workflow: Workflow
    settings: Settings = DEFAULT_SETTINGS
    configured_limit: int | None = None

    @property
    def facts(self) -> Facts:
        """What was collected outside the graph's nodes."""
        return self.workflow.facts or NO_FACTS

    @cached_property
    def bodies(self) -> tuple[tuple[Node, ...], ...]:
        """The sequence of ``run``, and those of functions with steps."""
        return (self.workflow.body, *(function.body for function in self.workflow.functions))

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node, each before those inside it."""
        return tuple(node for body in self.bodies for node in walk(body))

    @cached_property
    def step_facts(self) -> Mapping[Span, StepFact]:
        """Step calls by the span of the call (Python: of the decorator)."""
        return {fact.span: fact for fact in self.facts.steps}

    def slips(self, *kinds: SlipKind) -> Iterator[SlipFact]:
        """The mistakes of some kinds."""
        return (slip for slip in self.facts.slips if slip.kind in kinds)

    @cached_property
    def outside(self) -> tuple[Node, ...]:
        """The nodes that run outside the callbacks of steps, those of functions called there included."""
        return tuple(self._reached(self.workflow.body, into_steps=False))

    def inside(self, node: StepDo | Loop) -> Iterator[Node]:
        """The nodes that run inside a step's callback or a loop, those of functions called there included."""
        return self._reached(node.body, into_steps=True)

    @property
    def step_limit(self) -> int:
        """How many ``do`` steps an instance may run: as configured for the workflow, else by the plan."""
        return self.configured_limit or STEP_LIMITS[self.settings.plan]

    @cached_property
    def bounds(self) -> Bounds | None:
        """The bounds of the workflow, or None where it is plain that the step limit is not reached."""
        return None if cannot_exceed(self.workflow, self.step_limit) else bounds(self.workflow)

    @cached_property
    def guarding(self) -> frozenset[Span]:
        """Spans of the branches and loops that decide whether a step outside others runs."""
        return guarding_spans(self.workflow)

    @cached_property
    def durations(self) -> tuple[tuple[StepFact, KnownDuration], ...]:
        """Every duration handed to a step call, with the call."""
        return tuple((fact, duration) for fact in self.facts.steps for duration in durations(fact))

    @cached_property
    def _functions(self) -> Mapping[str, tuple[Node, ...]]:
        return {function.name: function.body for function in self.workflow.functions}

    def _reached(self, body: tuple[Node, ...], *, into_steps: bool) -> Iterator[Node]:
        called: set[str] = set()
        stack: list[Node] = list(body[::-1])
        while stack:
            node = stack.pop()
            yield node
            match node:
                case StepDo() if not into_steps:
                    continue
                case FunctionCall(name=name) if name not in called:
                    called.add(name)
                    stack.extend(self._functions[name][::-1])
                case _:
                    stack.extend(children(node)[::-1])


ORIGIN_WORDS: tuple[tuple[Origin, str], ...] = (
    (Origin.CLOCK, "the clock"),
    (Origin.RANDOM, "a random value"),
    (Origin.ID, "a random identifier"),
)


def unstable_words(origins: Origins) -> str | None:
    """What of a value's origins differs each time the code runs, in words; None if nothing does."""
    if not origins:
        return None
    words = [text for origin, text in ORIGIN_WORDS if origin in origins]
    return " and ".join(words) or None


def label(fact: StepFact) -> str:
    """A step as a message names it: its kind and name."""
    return f"{WORDS[fact.kind.value]} {quoted(fact.name)}"


WORDS = {"do": "step", "sleep": "sleep", "sleepUntil": "sleep", "waitForEvent": "wait"}
"""What a step of each kind is called in messages."""


def quoted(name: Given | None) -> str:
    """A name in quotes, unknown parts as ``${...}``; one that is not known at all without."""
    match name:
        case Given(kind=ValueKind.CONSTANT | ValueKind.TEXT, value=str(text)):
            return '"' + text.replace(HOLE, "${...}") + '"'
        case _:
            return "without a constant name"
