"""The current snapshot, and everybody who waits for the next one."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import anyio
import anyio.to_thread

from analyzer.api import Options
from analyzer.errors import StepgraphError
from analyzer.records import replace
from analyzer.serve.memory import Memory
from analyzer.serve.reading import read_project
from analyzer.serve.snapshot import Snapshot


@dataclass
class Live:
    """A project as it is now. Reading happens in a thread, one at a time; all else in the event loop.

    ``path``: the file or folder. ``limiter``: whoever else analyzes borrows it too, so that one analysis runs at a time.
    """

    path: str
    options: Options
    limiter: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(1))
    _memory: Memory = field(default_factory=Memory)
    _snapshot: Snapshot | None = None
    _changed: anyio.Event = field(default_factory=anyio.Event)
    _closed: bool = False

    async def refresh(self, changed: frozenset[str] = frozenset()) -> Snapshot:
        """Reads the files that changed (none: all) again; wakes those who follow if anything is different."""
        before = self._snapshot or Snapshot()
        snapshot = await anyio.to_thread.run_sync(self._read, before, changed, limiter=self.limiter)
        if self._snapshot is None or snapshot.digest != self._snapshot.digest:
            self._snapshot = snapshot
            self._wake()
        return self._snapshot

    async def current(self) -> Snapshot:
        """The snapshot; waits for the first."""
        while self._snapshot is None:
            await self._changed.wait()
        return self._snapshot

    async def follow(self) -> AsyncIterator[Snapshot]:
        """The snapshot, and each that takes its place, until the server stops; one that is followed at once may be left out."""
        last: Snapshot | None = None
        while not self._closed:
            if self._snapshot is None or self._snapshot is last:
                await self._changed.wait()
            elif (last := self._snapshot) is not None:
                yield last

    def close(self) -> None:
        """Ends what follows."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()

    def _read(self, before: Snapshot, changed: frozenset[str]) -> Snapshot:
        if before.failure:  # what changed meanwhile was not read
            changed = frozenset()
        try:
            return read_project(self.path, self.options, before, self._memory, changed)
        except StepgraphError as error:
            return replace(before, failure=str(error))
        except Exception as error:  # a bug: it is shown, and the next change of a file is read all the same
            traceback.print_exc()
            return replace(before, failure=f"stepgraph: internal error: {type(error).__name__}: {error}")
