"""Which rules run: by code, prefix or name, and which of their findings count in which file."""

from __future__ import annotations

import os
from collections.abc import Iterable

from analyzer.config import Settings
from analyzer.errors import UsageError
from analyzer.lint.registry import NOTE_CODES, RULES
from analyzer.lint.rule import Rule
from analyzer.lint.words import did_you_mean


def selected_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules that settings select, by code. Raises UsageError for a code that does not exist."""
    chosen = {rule.code for rule in RULES if rule.on} if settings.select is None else codes_of(settings.select)
    chosen |= codes_of(settings.extend_select)
    chosen -= codes_of(settings.ignore)
    return tuple(rule for rule in RULES if rule.code in chosen)


def ignored_codes(settings: Settings, path: str) -> frozenset[str]:
    """The codes that per-file ignores silence in a file. Patterns are relative to the folder of the configuration."""
    if not settings.per_file_ignores:
        return frozenset()
    from analyzer.project.ignoring import spec_of

    folder = os.path.dirname(settings.path or "") or "."
    relative = os.path.relpath(path, folder).replace(os.sep, "/")
    matching = [codes for pattern, codes in settings.per_file_ignores if spec_of([pattern]).match_file(relative)]
    return frozenset(code for codes in matching for code in codes_of(codes))


def codes_of(names: Iterable[str]) -> set[str]:
    """The codes that codes, prefixes of codes, names of rules or ``ALL`` stand for. Raises UsageError for what is none."""
    codes: set[str] = set()
    for name in names:
        found = {rule.code for rule in RULES if name in ("ALL", rule.name) or rule.code.startswith(name)}
        if not found and not any(code.startswith(name) for code in NOTE_CODES):
            raise UsageError(f"unknown rule {name!r}{did_you_mean(name, known_names())}")
        codes |= found
    return codes


def known_names() -> tuple[str, ...]:
    """Every code and every name of a rule, those of notes included."""
    return (*(rule.code for rule in RULES), *(rule.name for rule in RULES), *NOTE_CODES)
