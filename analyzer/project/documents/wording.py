"""How entries and values of a configuration file are named in messages."""

from __future__ import annotations

import json

from analyzer.config import KeyPath

_LONGEST = 60


def label(key: KeyPath) -> str:
    """An entry's path, quoted: ``"workflows[0].limits.steps"``."""
    text = ""
    for part in key:
        text += f"[{part}]" if type(part) is int else f".{part}" if text else str(part)
    return f'"{text}"'


def shown(value: object) -> str:
    """A value as JSON, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
