"""Words of messages."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like one that is not known, or None if none is alike."""
    from difflib import get_close_matches

    matches = get_close_matches(word.lower(), [name.lower() for name in known], n=1, cutoff=0.5)
    return next((name for name in known if matches and name.lower() == matches[0]), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to put behind a message, with a space before it; empty if no known word is alike."""
    found = nearest(word, tuple(known))
    return f"; did you mean {found}?" if found else ""
