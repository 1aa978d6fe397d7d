"""Settings as ``--show-settings`` prints them."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.config import Settings
from analyzer.lint.rule import Rule
from analyzer.records import field_names


def settings_text(settings: Settings, rules: Iterable[Rule]) -> str:
    """A line for each setting, where they were read from, and the rules that run."""
    lines = [f"# from {settings.path}" if settings.path else "# defaults: no configuration found"]
    for name in field_names(settings):
        if name not in ("path", "places", "policies"):
            lines.append(f"{name.replace('_', '-')} = {_value(getattr(settings, name))}")
    for name in field_names(settings.policies):
        lines.append(f"policies.{name.replace('_', '-')} = {_value(getattr(settings.policies, name))}")
    lines.append(f"# rules that run: {', '.join(rule.code for rule in rules)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    match value:
        case None:
            return "(not set)"
        case str():
            return f'"{value}"'
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return str(value)
