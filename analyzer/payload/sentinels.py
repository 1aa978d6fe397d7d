"""The texts and numbers the payload shows for what a source does not settle, as the platform spells them.

Source: observed outputs (``reference/cloudflare.md`` section 1.3) and SEMANTICS section 3.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Backoff: TypeAlias = Literal["constant", "linear", "exponential"]

DYNAMIC: Final = "<dynamic>"
"""A name or event type that is not static."""

MISSING: Final = "<missing>"
"""The name of a ``do`` or ``waitForEvent`` that is given none."""

NOT_COMPUTED: Final = "could not compute"
"""The name of a ``sleep`` or ``sleepUntil`` that is given none."""

UNKNOWN: Final = "unknown"
"""A delay or timeout that is not static; the event type of a wait that names none."""

GENERATED_DURATION: Final = "Generated"
"""The duration of a sleep that is not static."""

GENERATED_TIMESTAMP: Final = "generated"
"""The time of a ``sleepUntil`` that is not static."""

DEFAULT_LIMIT: Final = 5
DEFAULT_DELAY: Final = 1000
DEFAULT_BACKOFF: Final[Backoff] = "exponential"
DEFAULT_TIMEOUT: Final = 10000
"""Milliseconds, as the API documents it. The engine's own default is ten minutes."""

NO_WAIT_TIMEOUT: Final = 0
"""The timeout of a wait that sets none. The engine waits 24 hours."""

BACKOFFS: Final[frozenset[str]] = frozenset({"constant", "linear", "exponential"})
