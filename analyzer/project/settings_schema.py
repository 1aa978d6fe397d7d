"""What a configuration may say, checked by pydantic; imported only where there is a configuration."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ByteSize, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from analyzer.config import MAX_SIZE, KeyPath, Level, Plan, Policies, Settings
from analyzer.errors import ConfigurationError
from analyzer.project.documents import Document
from analyzer.project.documents.wording import label, shown

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DURATION = re.compile(r"\d+(\.\d+)? (second|minute|hour|day|week|month|year)s?", re.ASCII)
_ENTRY_METHOD = "run"


def _as_text(value: object) -> object:
    """A date of TOML's own type as it is written."""
    match value:
        case date() as day:
            return day.isoformat()[:10]
        case _:
            return value


def _iso_date(text: str) -> str:
    try:
        if _ISO_DATE.fullmatch(text):
            date.fromisoformat(text)
            return text
    except ValueError:
        pass
    raise ValueError('a date such as "2026-02-25"')


def _with_methods(value: object) -> object:
    """A list of base classes as a table of them with the usual entry method."""
    match value:
        case list() if all(type(name) is str for name in value):
            return dict.fromkeys(value, _ENTRY_METHOD)
        case _:
            return value


_Text = Annotated[str, Field(min_length=1)]
_Date = Annotated[str, BeforeValidator(_as_text), AfterValidator(_iso_date)]
_Count = Annotated[int, Field(gt=0, strict=True)]
_Bases = Annotated[dict[_Text, _Text], BeforeValidator(_with_methods)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=lambda name: name.replace("_", "-"))


def _duration(text: str) -> str:
    if not _DURATION.fullmatch(text):
        raise ValueError('a duration such as "3 days"')
    return text


class _RequiredStep(_Table):
    step: _Text
    before: _Text


class _Policies(_Table):
    required_steps: tuple[_RequiredStep, ...] = ()
    forbidden_in_unbounded_loops: tuple[_Text, ...] = ()
    explicit_retries: tuple[_Text, ...] = ()
    max_steps: _Count | None = None
    max_duration: Annotated[str, AfterValidator(_duration)] | None = None
    max_parallel: _Count | None = None


class _Schema(_Table):
    entrypoint_bases: _Bases = {}
    follow_packages: tuple[_Text, ...] = ()
    exclude: tuple[_Text, ...] = ()
    max_size: Annotated[ByteSize, Field(gt=0)] = ByteSize(MAX_SIZE)
    compatibility_date: _Date | None = None
    select: tuple[_Text, ...] | None = None
    ignore: tuple[_Text, ...] = ()
    extend_select: tuple[_Text, ...] = ()
    per_file_ignores: dict[_Text, tuple[_Text, ...]] = {}
    fail_on: Level = "warning"
    plan: Plan = "paid"
    min_coverage: Annotated[float, Field(ge=0, le=100, strict=True)] | None = None
    policies: _Policies = _Policies()


_TABLES: dict[int, type[_Table]] = {2: _Policies, 4: _RequiredStep}
"""What a table is checked by, by how deep the keys in it stand; others are the whole configuration."""

_WANTED = {
    "string_type": "a string",
    "string_too_short": "a string that is not empty",
    "tuple_type": "a list of strings",
    "dict_type": "a table of strings",
    "model_type": "a table",
    "float_type": "a number",
    "int_type": "a whole number",
    "byte_size": 'a number of bytes or a size such as "10 MB"',
    "byte_size_unit": 'a number of bytes or a size such as "10 MB"',
    "literal_error": "{expected}",
    "value_error": "{error}",
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge:g}",
    "less_than_equal": "at most {le:g}",
}
"""What is wanted instead, by pydantic's type of error; in braces what it tells with it."""


def validate(document: Document, table: KeyPath) -> Settings:
    """The settings that a table of a document gives. Raises ConfigurationError with all that is wrong in it."""
    data: object = document.data
    for key in table:
        data = data[key] if type(data) is dict else {}
    try:
        schema = _Schema.model_validate(data)
    except ValidationError as error:
        problems = sorted(_problem(document, table, details) for details in error.errors(include_url=False))
        raise ConfigurationError(document.path, tuple(problems)) from None
    return _settings(schema, document, table)


def _problem(document: Document, table: KeyPath, details: ErrorDetails) -> tuple[int, int, str]:
    key = (*table, *details["loc"])
    place = document.place(key)
    if details["type"] == "extra_forbidden":
        table_of = _TABLES.get(len(details["loc"]), _Schema)
        known = [field.alias or name for name, field in table_of.model_fields.items()]
        return (*place.key, f"unknown key {label(key)}{_suggestion(details['loc'][-1], known)}")
    if details["type"] == "missing":
        return (*document.place(key[:-1]).value, f"{label(key)} is missing")
    wanted = _WANTED.get(details["type"], "what pydantic calls valid").format_map(details.get("ctx", {}))
    message = f"{label(key)} must be {wanted}, not {shown(details['input'])}"
    return (*place.value, message + _suggestion(details["input"], re.findall(r"'(\w+)'", wanted)))


def _suggestion(word: object, known: list[str]) -> str:
    close = get_close_matches(str(word).replace("_", "-"), known, 1)
    return f'; did you mean "{close[0]}"?' if close else ""


def _settings(schema: _Schema, document: Document, table: KeyPath) -> Settings:
    depth = len(table)
    return Settings(
        path=document.path,
        entrypoint_bases=tuple(schema.entrypoint_bases.items()),
        follow_packages=schema.follow_packages,
        exclude=schema.exclude,
        max_size=int(schema.max_size),
        compatibility_date=schema.compatibility_date,
        select=schema.select,
        ignore=schema.ignore,
        extend_select=schema.extend_select,
        per_file_ignores=tuple(schema.per_file_ignores.items()),
        fail_on=schema.fail_on,
        plan=schema.plan,
        min_coverage=schema.min_coverage,
        policies=_policies(schema.policies),
        places={key[depth:]: place.value for key, place in document.places.items() if key[:depth] == table},
    )


def _policies(schema: _Policies) -> Policies:
    return Policies(
        required_steps=tuple((required.step, required.before) for required in schema.required_steps),
        forbidden_in_unbounded_loops=schema.forbidden_in_unbounded_loops,
        explicit_retries=schema.explicit_retries,
        max_steps=schema.max_steps,
        max_duration=schema.max_duration,
        max_parallel=schema.max_parallel,
    )
