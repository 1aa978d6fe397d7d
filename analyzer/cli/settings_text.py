"""Settings as ``--show-settings`` prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from analyzer.config import Settings
from analyzer.lint.rule import Rule


def settings_text(settings: Settings, rules: Iterable[Rule]) -> str:
    """A line for each setting, where they were read from, and the rules that run."""
    lines = [f"# from {settings.path}" if settings.path else "# defaults: no configuration found"]
    for field in fields(settings):
        if field.name not in ("path", "places"):
            lines.append(f"{field.name.replace('_', '-')} = {_value(getattr(settings, field.name))}")
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
