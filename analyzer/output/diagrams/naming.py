"""Ids of what is drawn, made of what it is called, so that a change elsewhere leaves them alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.payload.document import NodeDocument

MAX_SLUG = 32

KINDS = {
    "step_do": "step",
    "step_sleep": "step",
    "step_sleep_until": "step",
    "step_wait_for_event": "step",
    "function_call": "call",
    "break": "leave",
    "function_def": "function",
}
"""Prefixes of ids; of other nodes it is their type."""

UNNAMED = frozenset({"loop", "parallel", "block", "try"})
"""Types of nodes that are called nothing but what they are."""


class Names:
    """Gives ids: ASCII letters, digits and underscores, each once."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._counts: Counter[str] = Counter()

    def id(self, kind: str, name: str) -> str:
        """An id no other part has; the kind stands first, for a name may be a word of the format's own."""
        slug = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")[:MAX_SLUG].rstrip("_")
        base = f"{kind}_{slug}" if slug else kind
        found = base
        while found in self._ids:
            self._counts[base] = max(self._counts[base] + 1, 2)
            found = f"{base}__{self._counts[base]}"
        self._ids.add(found)
        return found

    def node(self, node: NodeDocument, title: str) -> str:
        """The id of a node of a payload, by its type and what it is called."""
        kind = node["type"]
        return self.id(KINDS.get(kind, kind), "" if kind in UNNAMED else title.removeprefix(kind))
