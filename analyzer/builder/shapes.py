"""What the code reads of a payload, and what its declared type says."""

from __future__ import annotations

from analyzer.graph.model import ObjectShape, PayloadShape, UnknownShape
from analyzer.records import entity, field


@entity
class Reads:
    """Collects reads of one event's payload. ``seen``: the payload was read at all; ``whole``: used as it is."""

    seen: bool = False
    whole: bool = False
    fields: dict[str, Reads] = field(default_factory=dict)

    def at(self, path: tuple[str, ...]) -> Reads:
        """The reads of a part, made if there were none."""
        reads = self
        reads.seen = True
        for name in path:
            reads = reads.fields.setdefault(name, Reads())
            reads.seen = True
        return reads

    def shape(self) -> PayloadShape | None:
        """The shape of what was read; None if nothing was."""
        if not self.seen:
            return None
        return _shape(self)


def _shape(reads: Reads) -> PayloadShape:
    if reads.whole or not reads.fields:
        return UnknownShape()
    return ObjectShape(tuple((name, _shape(part)) for name, part in reads.fields.items()))
