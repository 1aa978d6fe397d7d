"""What wrangler accepts as settings of one workflow, the same under ``workflows`` and ``exports``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analyzer.config import KeyPath
from analyzer.project.documents.access import integer_of
from analyzer.project.documents.wording import label
from analyzer.project.wrangler.config import ProblemKind
from analyzer.project.wrangler.trouble import Check, Trouble, wrong

MAX_STEPS = 25_000
"""The platform's greatest step limit; wrangler warns above it."""

JURISDICTIONS = ("eu", "fedramp", "us")


def check_settings(key: KeyPath, entry: Mapping[str, object]) -> Iterator[Trouble]:
    """What is wrong with the settings of a workflow's entry."""
    for name, check in SETTINGS.items():
        if name in entry:
            yield from check((*key, name), entry[name])


def check_fields(key: KeyPath, table: Mapping[str, object], known: Iterable[str]) -> Iterator[Trouble]:
    """The fields of a table that wrangler does not know."""
    for name in table:
        if name not in known:
            yield Trouble(ProblemKind.UNKNOWN_FIELD, (*key, name), f"{label((*key, name))} is not a field wrangler knows")


def _limits(key: KeyPath, value: object) -> Iterator[Trouble]:
    yield from _counts(key, value, "steps")
    match value:
        case dict():
            steps = integer_of(value, "steps")
            if steps is not None and steps > MAX_STEPS:
                message = f"{label((*key, 'steps'))} is {steps:,}, more than the platform's maximum of {MAX_STEPS:,}"
                yield Trouble(ProblemKind.STEP_LIMIT, (*key, "steps"), message)


def _concurrency(key: KeyPath, value: object) -> Iterator[Trouble]:
    yield from _counts(key, value, "limit")


def _counts(key: KeyPath, value: object, name: str) -> Iterator[Trouble]:
    """Checks an object whose one field is a positive integer."""
    match value:
        case dict():
            count = integer_of(value, name)
            if name in value and (count is None or count < 1):
                yield wrong((*key, name), value[name], "a positive integer", ProblemKind.SETTING)
            yield from check_fields(key, value, (name,))
        case _:
            yield wrong(key, value, "an object", ProblemKind.SETTING)


def _retention(key: KeyPath, value: object) -> Iterator[Trouble]:
    names = ("success_retention", "error_retention")
    match value:
        case dict():
            for name in names:
                if name in value and not _is_duration(value, name):
                    wanted = 'a positive integer of milliseconds or a duration such as "3 days"'
                    yield wrong((*key, name), value[name], wanted, ProblemKind.SETTING)
            yield from check_fields(key, value, names)
        case _:
            yield wrong(key, value, "an object", ProblemKind.SETTING)


def _is_duration(table: Mapping[str, object], name: str) -> bool:
    match table[name]:
        case str(text):
            return text != ""
        case _:
            number = integer_of(table, name)
            return number is not None and number > 0


def _schedules(key: KeyPath, value: object) -> Iterator[Trouble]:
    match value:
        case str() if value:
            return
        case list() if value and all(type(item) is str and item for item in value):
            return
    yield wrong(key, value, "a cron expression or a list of them", ProblemKind.SETTING)


def _jurisdiction(key: KeyPath, value: object) -> Iterator[Trouble]:
    if value not in JURISDICTIONS:
        yield wrong(key, value, "one of " + ", ".join(f'"{name}"' for name in JURISDICTIONS), ProblemKind.SETTING)


SETTINGS: dict[str, Check] = {
    "limits": _limits,
    "concurrency": _concurrency,
    "schedules": _schedules,
    "default_retention": _retention,
    "jurisdiction": _jurisdiction,
}
"""The settings of a workflow, and how each is checked."""
