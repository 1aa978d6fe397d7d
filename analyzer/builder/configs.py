"""Configurations, durations and wait options as values say them."""

from __future__ import annotations

from analyzer.builder.fold import known_number, known_text
from analyzer.builder.machine import Machine, read
from analyzer.builder.members import get_member
from analyzer.builder.values import (
    UNDEFINED,
    Arguments,
    Constant,
    Hole,
    RecordObject,
    Text,
    Value,
)
from analyzer.graph import model
from analyzer.source import Span

NOT_STATIC = model.Unknown.NOT_STATIC
NO_CONFIG = model.Config()
BACKOFFS = frozenset({"constant", "linear", "exponential"})
DYNAMIC = "<dynamic>"
UNSET_TYPE = "unknown"


def config_of(machine: Machine, value: Value | None, span: Span) -> model.Config:
    """A step's configuration; what is not static is noted."""
    if value is None or _absent(value):
        return NO_CONFIG
    retries = _field(machine, value, "retries")
    config = model.Config(
        limit=_limit(_field(machine, retries, "limit")),
        delay=_duration(_field(machine, retries, "delay")),
        backoff=_backoff(_field(machine, retries, "backoff")),
        timeout=_duration(_field(machine, value, "timeout")),
    )
    parts = {"retries.limit": config.limit, "retries.delay": config.delay}
    parts |= {"retries.backoff": config.backoff, "timeout": config.timeout}
    unknown = [name for name, part in parts.items() if part is NOT_STATIC]
    if unknown:
        machine.note("SG903", span, f"not static in this step's configuration: {', '.join(unknown)}")
    return config


def _field(machine: Machine, owner: Value | None, name: str) -> Value | None:
    """A field's value, or None where it is certainly left out."""
    if owner is None:
        return None
    if isinstance(owner, RecordObject):
        cell = owner.fields.get(name)
        if cell is None and not owner.open:
            return None
        if cell is not None and _absent(read(cell)):
            return None
    return get_member(machine, owner, name)


def _absent(value: Value) -> bool:
    return value == UNDEFINED or value == Constant(None)


def _limit(value: Value | None) -> int | float | model.Unknown | None:
    return None if value is None else _number(value)


def _number(value: Value) -> int | float | model.Unknown:
    number = known_number(value)
    if number is None:
        return NOT_STATIC
    return int(number) if number == int(number) else number


def _backoff(value: Value | None) -> str | model.Unknown | None:
    if value is None:
        return None
    text = known_text(value)
    return text if text in BACKOFFS else NOT_STATIC


def _duration(value: Value | None) -> model.Duration:
    return None if value is None else duration_of(value)


def duration_of(value: Value) -> model.Duration:
    """A duration: a finite number of milliseconds, a text, or not static."""
    match value.value if value.__class__ is Constant else None:
        case str() as text:
            return text
        case _:
            return _number(value)


def wait_options(machine: Machine, arguments: Arguments, span: Span) -> model.WaitOptions | None:
    """The options of a wait: an object as second argument, or Python's event type and ``timeout``."""
    second = arguments.get(1, "event_type")
    timeout = arguments.get(len(arguments.positional), "timeout")
    if isinstance(second, RecordObject):
        type_ = _field(machine, second, "type")
        return model.WaitOptions(_event_type(type_), _noted(machine, _duration(_field(machine, second, "timeout")), span))
    if second is not None and (known_text(second) is not None or arguments.keywords or isinstance(second, Text)):
        return model.WaitOptions(_event_type(second), _noted(machine, _duration(timeout), span))
    if second is not None:
        machine.note("SG903", span, "the options of this wait are not static")
    return None


def _noted(machine: Machine, duration: model.Duration, span: Span) -> model.Duration:
    if duration is NOT_STATIC:
        machine.note("SG903", span, "the timeout of this wait is not static")
    return duration


def _event_type(value: Value | None) -> str:
    match value:
        case None:
            return UNSET_TYPE
        case Constant(value=str(text)):
            return text
        case Text(parts=parts):
            return "".join("${...}" if isinstance(part, Hole) else part for part in parts)
        case _:
            return DYNAMIC
