"""State that outlives a step: written inside one, read outside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from analyzer.builder.scopes import Cell
from analyzer.graph.facts import WriteFact, WriteKind
from analyzer.records import entity, field
from analyzer.source import Span


@entity
class _Use:
    """Moments at which a cell was bound first, written in steps, and last read, by step (None: outside)."""

    born: int | None = None
    writes: list[tuple[int, Span, WriteFact]] = field(default_factory=list)
    reads: dict[Span | None, int] = field(default_factory=dict)


class State:
    """Keeps the order of writes and reads of cells. Moments are numbered in order of evaluation, from 1."""

    def __init__(self) -> None:
        self._now = 0
        self._uses: dict[Cell, _Use] = {}
        self._turns: list[tuple[int, int]] = []
        self._loops = 0
        self._written = False

    @property
    def is_watching(self) -> bool:
        """Whether a read can matter: something was written in a step, or may be later in the loop around."""
        return self._written or self._loops > 0

    def bind(self, cell: Cell) -> None:
        """A name of this cell is declared."""
        use, now = self._use(cell)
        if use.born is None:
            use.born = now

    def read(self, cell: Cell, step: Span | None) -> None:
        """A cell is read, inside a step or outside (None)."""
        use, now = self._use(cell)
        use.reads[step] = now

    def write(self, cell: Cell, target: str, span: Span, step: Span) -> None:
        """A cell declared outside a step is written, or what it holds is changed, inside the step."""
        self._written = True
        use, now = self._use(cell)
        use.writes.append((now, step, WriteFact(WriteKind.OUTER, target, span, step)))

    @contextmanager
    def turns(self) -> Iterator[None]:
        """A loop runs meanwhile: what its body reads first the next turn reads after this turn's writes."""
        begin = self._now
        self._loops += 1
        try:
            yield
        finally:
            self._loops -= 1
            self._turns.append((begin, self._now))

    def writes(self) -> Iterator[WriteFact]:
        """Writes in steps whose effect is read afterwards, outside the step, by code that does not write it itself."""
        for use in self._uses.values():
            writers = {step for _, step, _ in use.writes}
            last = max((moment for reader, moment in use.reads.items() if reader not in writers), default=0)
            for moment, _, fact in use.writes:
                if last > moment or self._in_loop(moment, last, use.born or 0):
                    yield fact

    def _in_loop(self, write: int, read: int, born: int) -> bool:
        """Whether a loop around a write also holds the read, of something older than the loop."""
        return any(begin < write <= end and begin < read and born <= begin for begin, end in self._turns)

    def _use(self, cell: Cell) -> tuple[_Use, int]:
        self._now += 1
        use = self._uses.get(cell)
        if use is None:
            use = self._uses[cell] = _Use()
        return use, self._now
