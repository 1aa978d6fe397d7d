"""The workflow words: the one table that says what a step method and an entrypoint is."""

from __future__ import annotations

from enum import Enum, auto

from analyzer.records import record
from analyzer.source import Language


class Verb(Enum):
    """What a method of the step object does."""

    DO = auto()
    SLEEP = auto()
    SLEEP_UNTIL = auto()
    WAIT_FOR_EVENT = auto()
    DECLARE = auto()  # Python's decorator factory

    __hash__ = object.__hash__  # an Enum's own is written in Python, and a verb is looked up at each step call


@record
class StepMethod:
    """A method of the engine's step object. ``lazy``: calling it makes an awaitable that has not started."""

    verb: Verb
    lazy: bool = False


METHODS: dict[Language, dict[str, StepMethod]] = {
    Language.JAVASCRIPT: {
        "do": StepMethod(Verb.DO),
        "sleep": StepMethod(Verb.SLEEP),
        "sleepUntil": StepMethod(Verb.SLEEP_UNTIL),
        "waitForEvent": StepMethod(Verb.WAIT_FOR_EVENT),
    },
    Language.PYTHON: {
        "do": StepMethod(Verb.DECLARE),
        "sleep": StepMethod(Verb.SLEEP),
        "sleep_until": StepMethod(Verb.SLEEP_UNTIL),
        "wait_for_event": StepMethod(Verb.WAIT_FOR_EVENT, lazy=True),
    },
}

AGENT_METHODS: dict[str, str] = {
    "reportComplete": "__agent_reportComplete_${...}",
    "reportError": "__agent_reportError_${...}",
    "sendEvent": "__agent_sendEvent_${...}",
    "updateAgentState": "__agent_updateAgentState_${...}",
    "mergeAgentState": "__agent_mergeAgentState_${...}",
    "resetAgentState": "__agent_resetAgentState_${...}",
}
"""Methods the agents SDK adds to ``step``: each runs one ``do`` of this name; the SDK counts its calls in the hole."""

ENTRY_METHOD = "run"

ENTRYPOINTS: dict[str, str] = {
    "cloudflare:workers.WorkflowEntrypoint": ENTRY_METHOD,
    "workers.WorkflowEntrypoint": ENTRY_METHOD,
    "WorkflowEntrypoint": ENTRY_METHOD,
    "agents/workflows.AgentWorkflow": ENTRY_METHOD,
    "agents/workflows.ThinkWorkflow": ENTRY_METHOD,
    "AgentWorkflow": ENTRY_METHOD,
    "ThinkWorkflow": ENTRY_METHOD,
}
"""Base classes that make a class an entrypoint, by qualified name (a bare name: a free identifier), with their method."""

AGENT_BASES = frozenset({"agents/workflows.AgentWorkflow", "agents/workflows.ThinkWorkflow", "AgentWorkflow", "ThinkWorkflow"})
"""Of those, the ones whose step object has the methods of the agents SDK."""
