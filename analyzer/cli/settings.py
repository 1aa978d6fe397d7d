"""The settings a command works by: of the configuration around what it is given, with what the command line says instead."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.project.settings import find_settings, read_settings
from analyzer.records import replace


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings for the first path of a command line. Raises ConfigurationError for what a configuration cannot mean."""
    settings, said = _configured(args), vars(args)
    if "select" in said:
        from analyzer.lint.selection import check_names

        check_names(settings)
    select, extend_select = _joined(said.get("select")), _joined(said.get("extend_select"))
    replaced = {name: said.get(name) for name in ("compatibility_date", "fail_on", "max_size", "min_coverage", "plan")}
    return replace(
        settings,
        select=select or settings.select,
        extend_select=settings.extend_select + extend_select,
        ignore=tuple(name for name in settings.ignore if name not in select + extend_select) + _joined(said.get("ignore")),
        **{name: value for name, value in replaced.items() if value is not None},
    )


def show_settings(args: argparse.Namespace) -> int:
    """Prints what is set, where it was read from, and the rules that run with it."""
    from analyzer.cli.settings_text import settings_text
    from analyzer.lint.selection import selected_rules

    settings = settings_of(args)
    print(settings_text(settings, selected_rules(settings)), end="")
    return 0


def _configured(args: argparse.Namespace) -> Settings:
    if getattr(args, "isolated", False):
        return DEFAULT_SETTINGS
    named = getattr(args, "config", None)
    return read_settings(named) if named else find_settings(_start(args))


def _start(args: argparse.Namespace) -> str:
    """The path around which a configuration is looked for."""
    said = vars(args)
    if said.get("affected"):
        return "."
    first: str = said["paths"][0] if "paths" in said else said.get("path") or said.get("new") or "."
    return said.get("stdin_filename") or "." if first == "-" else first


def _joined(lists: Iterable[Sequence[str]] | None) -> tuple[str, ...]:
    return tuple(code for codes in lists or () for code in codes)
