"""What a project can set, with the defaults that hold where it sets nothing; found and read by ``project.settings``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from analyzer.records import field, record
from analyzer.source import Position

KeyPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a configuration file: keys of tables, indexes (from 0) of arrays."""

Level: TypeAlias = Literal["error", "warning", "info"]
Plan: TypeAlias = Literal["paid", "free"]

MAX_SIZE = 10_000_000
"""The default size limit of a source file in bytes: the platform's own limit for a script is 10 MB."""


@record
class Policies:
    """A project's own rules. Patterns are of names of steps, case counts, ``*`` matches anything.

    ``required_steps``: pairs of a pattern and that of the steps before which one of it must have succeeded on every path.
    ``forbidden_in_unbounded_loops``, ``explicit_retries``: patterns. ``max_steps``, ``max_parallel``: of a run, None: no limit;
    ``max_duration``: the same, as the engine reads durations.
    """

    required_steps: tuple[tuple[str, str], ...] = ()
    forbidden_in_unbounded_loops: tuple[str, ...] = ()
    explicit_retries: tuple[str, ...] = ()
    max_steps: int | None = None
    max_duration: str | None = None
    max_parallel: int | None = None


@record
class Settings:
    """The settings of a project. Options of a command replace single fields of it.

    ``path``: the file they were read from, None: the defaults. ``places``: where each key of it stands.
    ``entrypoint_bases``: further base classes (``module.Name`` or a bare name) with their entry methods.
    ``follow_packages``: packages of ``node_modules`` whose sources are read (``*`` matches within a name).
    ``exclude``: gitignore patterns, relative to the folder of ``path``. ``max_size``: in bytes.
    ``compatibility_date``: ISO date that stands in where no wrangler file gives one.
    ``select`` None: the default rules; codes, prefixes or names of rules. ``per_file_ignores``: gitignore pattern, codes.
    ``fail_on``: the least severity that fails a check. ``plan``: whose limits hold. ``min_coverage``: in percent.
    ``policies``: the project's own rules.
    """

    path: str | None = None
    entrypoint_bases: tuple[tuple[str, str], ...] = ()
    follow_packages: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_size: int = MAX_SIZE
    compatibility_date: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fail_on: Level = "warning"
    plan: Plan = "paid"
    min_coverage: float | None = None
    policies: Policies = Policies()
    places: Mapping[KeyPath, Position] = field(default_factory=dict, compare=False, repr=False)


DEFAULT_SETTINGS = Settings()
