"""Reading again when files change."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import anyio
from anyio.streams.memory import MemoryObjectSendStream
from watchfiles import Change, DefaultFilter, awatch

from analyzer.project.discovery import SKIPPED_FOLDERS
from analyzer.project.ignoring import GITIGNORE
from analyzer.project.mirror import CONFIGURATION
from analyzer.serve.live import Live
from analyzer.serve.snapshot import Snapshot
from analyzer.source import SUFFIXES

SETTLED = 200
"""Milliseconds over which changes are gathered: an editor writes a file in several goes."""

STEP = 40
"""Milliseconds without a change after which those gathered are told."""

LOOK_AGAIN = 1_000
"""Milliseconds until the files are read a second time: they may have changed before they were watched."""

POLLING = 500
"""Milliseconds between two looks at files that cannot be watched."""

Listener: TypeAlias = MemoryObjectSendStream[frozenset[str]]
"""Is sent the absolute paths that changed."""

_SUFFIXES = ("", *SUFFIXES, *CONFIGURATION)


class Watched(NamedTuple):
    """The folder that is served, with all that is below it, and folders beside it that hold files of its workflows."""

    root: Path
    beside: frozenset[Path]


async def watch(live: Live) -> None:
    """Keeps a project up to date until it is cancelled."""
    while True:
        watched = watched_folders(live.path, await live.refresh())
        send, receive = anyio.create_memory_object_stream[frozenset[str]](math.inf)
        async with send, receive, anyio.create_task_group() as tasks:
            tasks.start_soon(tell_changes, send, [watched.root], True)
            if watched.beside:
                tasks.start_soon(tell_changes, send, sorted(watched.beside), False)
            async for paths in receive:
                if watched_folders(live.path, await live.refresh(paths)) != watched:
                    tasks.cancel_scope.cancel()


def watched_folders(path: str, snapshot: Snapshot) -> Watched:
    """What has to be watched for a snapshot of a path."""
    root = Path(os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path) or "."))
    folders = {Path(os.path.realpath(file)).parent for served in snapshot.workflows for file in served.files}
    return Watched(root, frozenset(folder for folder in folders if not folder.is_relative_to(root) and folder.is_dir()))


async def tell_changes(listener: Listener, folders: Sequence[Path], recursive: bool) -> None:
    """Sends the paths that change in folders, and if ``recursive`` below them, until it is cancelled.

    Once it sends none: for what happened before the folders were watched, anything has to be read again.
    """
    try:
        await _tell(listener, folders, recursive, force_polling=None)
    except (OSError, RuntimeError) as error:  # there may be more folders than the system watches
        print(f"looking for changes every {POLLING} ms, because files cannot be watched: {error}", file=sys.stderr)
        await _tell(listener, folders, recursive, force_polling=True)


async def _tell(listener: Listener, folders: Sequence[Path], recursive: bool, force_polling: bool | None) -> None:
    has_looked = False
    watching = awatch(
        *folders,
        watch_filter=SourceFilter(),
        debounce=SETTLED,
        step=STEP,
        rust_timeout=LOOK_AGAIN,
        yield_on_timeout=True,
        recursive=recursive,
        force_polling=force_polling,
        poll_delay_ms=POLLING,
        ignore_permission_denied=True,
    )
    async for changes in watching:
        if changes and has_looked:
            await listener.send(frozenset(path for _, path in changes))
        elif not has_looked:
            has_looked = True
            await listener.send(frozenset())


class SourceFilter(DefaultFilter):
    """Files that may tell on a graph; whole folders too, which may come and go by renaming."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, *SKIPPED_FOLDERS, ".wrangler")

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change of a path counts."""
        name = os.path.basename(path)
        wanted = name == GITIGNORE or os.path.splitext(name)[1].lower() in _SUFFIXES
        return wanted and super().__call__(change, path)
