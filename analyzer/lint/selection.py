"""Which rules run: by code, prefix or name, and which of their findings count in which file."""

from __future__ import annotations

import os
from collections.abc import Iterable

from analyzer.config import KeyPath, Settings
from analyzer.errors import ConfigurationError, UsageError
from analyzer.lint.registry import NOTE_CODES, RULES
from analyzer.lint.rule import Rule
from analyzer.lint.words import did_you_mean


def selected_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules that settings select, by code. Raises UsageError for a code that does not exist.

    What is named more exactly wins: ``SG201`` over ``SG2`` over ``ALL``; of what is named alike, ignoring.
    """
    chosen = {rule.code for rule in RULES if rule.on} if settings.select is None else set()
    named = [(name, True) for name in (*(settings.select or ()), *settings.extend_select)]
    named += [(name, False) for name in settings.ignore]
    for name, wanted in sorted(named, key=lambda pair: _exactness(pair[0])):
        chosen = chosen | codes_of([name]) if wanted else chosen - codes_of([name])
    return tuple(rule for rule in RULES if rule.code in chosen)


def check_names(settings: Settings) -> None:
    """Raises ConfigurationError, with places, for codes in a configuration file that do not exist."""
    lists: list[tuple[KeyPath, tuple[str, ...]]] = [
        (("select",), settings.select or ()),
        (("ignore",), settings.ignore),
        (("extend-select",), settings.extend_select),
        *((("per-file-ignores", pattern), codes) for pattern, codes in settings.per_file_ignores),
    ]
    problems: list[tuple[int, int, str]] = []
    for key, names in lists:
        for index, name in enumerate(names):
            try:
                codes_of([name])
            except UsageError as error:
                problems.append((*settings.places.get((*key, index), (1, 1)), error.message))
    if problems:
        raise ConfigurationError(settings.path or "", tuple(sorted(problems)))


def _exactness(name: str) -> int:
    """How exactly a name says which rules are meant: a code or a rule's own name most."""
    return 0 if name == "ALL" else min(len(name), len("SG201"))


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
