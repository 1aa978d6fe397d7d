"""A step's whole configuration as a person reads it, with what holds by default marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.graph.model import StepDo
from analyzer.output.diagrams import words
from analyzer.payload.sentinels import DEFAULT_TIMEOUT, NO_WAIT_TIMEOUT

if TYPE_CHECKING:
    from analyzer.output.diagrams.subject import Subject
    from analyzer.payload.document import ConfigDocument, NodeDocument, WaitOptionsDocument

DEFAULTS = (*words.DEFAULT_RETRIES, DEFAULT_TIMEOUT)


class Setting(NamedTuple):
    """What is set, to what, and whether by default."""

    label: str
    value: str
    by_default: bool = False


def settings(node: NodeDocument, subject: Subject) -> tuple[Setting, ...]:
    """The configuration of a step; nothing for another node."""
    match node["type"]:
        case "step_do":
            return _step(node["config"], subject.origin(node))
        case "step_sleep":
            return (Setting("Duration", words.duration(node["duration"])),)
        case "step_sleep_until":
            return (Setting("Until", words.instant(node["timestamp"])),)
        case "step_wait_for_event":
            return _wait(node["options"])
        case _:
            return ()


def _step(config: ConfigDocument, origin: object) -> tuple[Setting, ...]:
    """A value that equals the default may still be one that the source gives; the graph knows."""
    match origin:
        case StepDo(config=written):
            given = (written.limit, written.delay, written.backoff, written.timeout)
        case _:
            given = (None, None, None, None)
    retries, timeout = config["retries"], config["timeout"]
    values = (retries["limit"], retries["delay"], retries["backoff"], timeout)
    by_default = [value == default and told is None for value, default, told in zip(values, DEFAULTS, given, strict=True)]
    limit = words.DEFAULT_STEP_TIMEOUT if by_default[3] else words.duration(timeout)
    texts = (str(retries["limit"]), words.duration(retries["delay"]), retries["backoff"], limit)
    return tuple(map(Setting, ("Retries", "Delay", "Backoff", "Timeout"), texts, by_default))


def _wait(options: WaitOptionsDocument | None) -> tuple[Setting, ...]:
    if options is None:
        return (Setting("Event", "computed"),)
    by_default = options["timeout"] == NO_WAIT_TIMEOUT
    limit = words.DEFAULT_WAIT if by_default else words.duration(options["timeout"])
    return Setting("Event", options["event_type"]), Setting("Timeout", limit, by_default)
