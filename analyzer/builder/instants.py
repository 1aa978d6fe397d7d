"""Constant points in time: JavaScript dates and Python datetimes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from analyzer.builder.fold import known_number, known_text, number, unknown_of
from analyzer.builder.machine import Machine
from analyzer.builder.values import Arguments, External, Instant, Origin, Unknown, Value
from analyzer.flow.intrinsics import Intrinsic
from analyzer.source import Span

MAX_MILLISECONDS = 8.64e15
"""A JavaScript date reaches 100,000,000 days to either side of 1970 (ECMA-262, section 21.4.1.1)."""


def iso(milliseconds: float) -> str | None:
    """An instant as ISO 8601 UTC with milliseconds and Z; None outside the years 1 to 9999."""
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds))
    except OverflowError:
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.").rjust(20, "0") + f"{moment.microsecond // 1000:03d}Z"


def instant_of(value: Value | None) -> Instant | None:
    """The instant a value certainly is: a date, or a number of milliseconds."""
    if isinstance(value, Instant):
        return value
    milliseconds = known_number(value)
    if milliseconds is None or abs(milliseconds) > MAX_MILLISECONDS:
        return None
    return Instant(milliseconds)


def date(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``new Date(…)`` of constants; the current time without arguments."""
    if not arguments.positional:
        return Unknown(frozenset({Origin.CLOCK}))
    if len(arguments.positional) > 1:
        return _from_fields(arguments)
    only = arguments.positional[0]
    text = known_text(only)
    found = parse(text) if text is not None else instant_of(only)
    return found or unknown_of(arguments.positional)


def date_utc(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``Date.UTC(…)``: a number of milliseconds."""
    found = _from_fields(arguments)
    return number(found.milliseconds) if isinstance(found, Instant) else found


def date_parse(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """``Date.parse(text)``: a number of milliseconds."""
    text = known_text(arguments.get(0))
    found = parse(text) if text is not None else None
    return number(found.milliseconds) if found else unknown_of(arguments.positional)


def parse(text: str) -> Instant | None:
    """A date as JavaScript reads it, in UTC where the text names no zone."""
    moment: datetime | None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        from email.utils import parsedate_to_datetime  # costs a start as much as all of the builder's own modules

        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Instant(milliseconds_of(moment))


def milliseconds_of(moment: datetime) -> float:
    """Milliseconds since 1970 of an aware datetime, whole ones."""
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)


def _from_fields(arguments: Arguments) -> Value:
    fields = [known_number(value) for value in arguments.positional]
    known = [int(field) for field in fields if field is not None]
    if len(known) != len(fields) or not known:
        return unknown_of(arguments.positional)
    year, month, day, hour, minute, second, millis = (known + [0, 1, 0, 0, 0, 0][len(known) - 1 :])[:7]
    try:
        first = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        moment = first + timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second, milliseconds=millis)
    except (ValueError, OverflowError):
        return unknown_of(arguments.positional)
    return Instant(milliseconds_of(moment))


def datetime_(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """Python's ``datetime(…)``: an instant if it is aware of its zone and that zone is UTC."""
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    values = [arguments.get(index, name) for index, name in enumerate(names)]
    fields = [known_number(value) for value in values if value is not None]
    zone = arguments.get(7, "tzinfo")
    aware = isinstance(zone, External) and zone.meaning is Intrinsic.UTC
    known = [int(field) for field in fields if field is not None]
    if not aware or len(known) != len(fields) or len(known) < 3:
        return unknown_of(tuple(arguments.values()))
    try:
        year, month, day, *rest = known
        hour, minute, second, micro = [*rest, 0, 0, 0, 0][:4]
        return Instant(milliseconds_of(datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC)))
    except (ValueError, OverflowError):
        return unknown_of(tuple(arguments.values()))


def timedelta_(machine: Machine, callee: Value, arguments: Arguments, span: Span) -> Value:
    """Python's ``timedelta``: not a duration the engine takes, so of no value here."""
    return unknown_of(tuple(arguments.values()))
