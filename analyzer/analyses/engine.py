"""Numbers and words of the workflow engine: limits, defaults, how it reads durations.

Sources: the platform's documentation (limits, sleeping and retrying) and the open-source engines; where the engines
disagree, what both accept counts as right.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analyzer.records import record

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

UNITS = {
    "millisecond": 1,
    "second": SECOND,
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
    "week": 7 * DAY,
    "month": 30 * DAY,
    "year": 365 * DAY,
}
"""Milliseconds of each unit; a year is 365 days in one engine and 365.25 in the other."""

DEFAULT_RETRIES = 5
"""Retries of a step that configures none: six attempts."""

DEFAULT_DELAY = 10 * SECOND
"""Milliseconds before the first retry: documentation and one engine, the other waits a second. The longer one counts."""

DEFAULT_TIMEOUT = 10 * MINUTE
"""Milliseconds an attempt may take."""

DEFAULT_WAIT = 24 * HOUR
"""Milliseconds ``waitForEvent`` waits."""

MAX_SLEEP = 365 * DAY
MIN_WAIT, MAX_WAIT = SECOND, 365 * DAY
LONG_TIMEOUT = 30 * MINUTE
"""Longest timeout the documentation advises; what takes longer should wait for an event."""

MAX_RETRIES = 10_000
MAX_NAME = 256
"""Longest step name in UTF-16 units."""

STEP_LIMITS = {"paid": 10_000, "free": 1_024}
"""``do`` steps of one instance unless the configuration sets another limit; sleeps and waits are not counted."""

RETENTION = {"paid": 7 * DAY, "free": 3 * DAY}
"""Milliseconds an ended instance is kept unless the configuration sets another time."""

MAX_RETENTION = {"paid": 30 * DAY, "free": 3 * DAY}

MAX_EVENT_TYPE = 100
EVENT_TYPE = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_-]*")
"""What the whole of an event's type must match, and of a workflow's name."""

MAX_INSTANCE_ID = 100
"""Longest id of an instance; it must match what an event's type must."""

BACKOFFS = ("constant", "linear", "exponential")

_DURATION = re.compile(r"(-?\d+(?:\.\d+)?) +([a-z]+?)s?")
_LOOSE = re.compile(r"(\d+(?:[._]\d+)*)\s*([a-zA-Z]+)")
_SHORT = {
    "ms": "millisecond", "msec": "millisecond", "milli": "millisecond", "s": "second", "sec": "second", "m": "minute",
    "min": "minute", "h": "hour", "hr": "hour", "d": "day", "w": "week", "wk": "week", "mo": "month", "mon": "month",
    "mth": "month", "y": "year", "yr": "year",
}  # fmt: skip
_AMBIGUOUS = frozenset({"m", "mo", "mon"})
_SEPARATOR = re.compile(r"[\s,]*(?:and)?[\s,]*")


@record
class Rewriting:
    """A duration text as it was certainly meant; ``plain``: there is no second way to understand it."""

    text: str
    plain: bool


def milliseconds(duration: object) -> float | None:
    """Milliseconds of a duration every engine reads alike (a number, ``"<number> <unit>"``), or None."""
    match duration:
        case bool():
            return None
        case int() | float():
            return float(duration)
        case str():
            return _milliseconds(duration)
        case _:
            return None


@lru_cache(maxsize=1024)
def _milliseconds(text: str) -> float | None:
    found = _DURATION.fullmatch(text)
    if found is None or found[2] not in UNITS:
        return None
    return float(found[1]) * UNITS[found[2]]


def rewrite(text: str) -> Rewriting | None:
    """What a text that is no duration was meant to be, or None if that is not clear."""
    parts: list[tuple[str, str, bool]] = []
    at = 0
    stripped = text.strip()
    while at < len(stripped):
        found = _LOOSE.match(stripped, at)
        unit = None if found is None else _unit(found[2])
        if found is None or unit is None:
            return None
        parts.append((found[1].replace("_", ""), unit, found[2].lower() not in _AMBIGUOUS))
        separator = _SEPARATOR.match(stripped, found.end())
        at = found.end() if separator is None else separator.end()
    return _rewritten(parts)


def _unit(word: str) -> str | None:
    lower = word.lower()
    for candidate in (lower, lower.removesuffix("s")):
        if candidate in UNITS:
            return candidate
        if candidate in _SHORT:
            return _SHORT[candidate]
    return None


def _rewritten(parts: list[tuple[str, str, bool]]) -> Rewriting | None:
    if not parts or any(number.count(".") > 1 for number, _, _ in parts):
        return None
    plain = all(clear for _, _, clear in parts)
    if len(parts) == 1:
        number, unit, _ = parts[0]
        return Rewriting(_text(float(number), number, unit), plain)
    smallest = min((unit for _, unit, _ in parts), key=UNITS.__getitem__)
    total = sum(float(number) * UNITS[unit] for number, unit, _ in parts) / UNITS[smallest]
    return Rewriting(_text(total, f"{total:g}", smallest), plain)


def _text(value: float, number: str, unit: str) -> str:
    return f"{number} {unit}" if value == 1 else f"{number} {unit}s"


def in_words(value: float) -> str:
    """Milliseconds as a person says them: the greatest unit that leaves few digits (``1.5 hours``, ``250 ms``)."""
    for unit in ("day", "hour", "minute", "second"):
        if value >= UNITS[unit]:
            amount = f"{value / UNITS[unit]:.4g}"
            return f"{amount} {unit}{'' if amount == '1' else 's'}"
    return f"{value:g} ms"
