"""Reading again when files change."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

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

_SUFFIXES = ("", *SUFFIXES, *CONFIGURATION)


async def watch(live: Live) -> None:
    """Keeps a project up to date until it is cancelled."""
    while True:
        snapshot = await live.refresh()
        folders = watched_folders(live.path, snapshot)
        async for _ in changes(folders):
            snapshot = await live.refresh()
            if watched_folders(live.path, snapshot) != folders:
                break


def watched_folders(path: str, snapshot: Snapshot) -> frozenset[Path]:
    """The folder that is served, and those outside it that hold files of its workflows."""
    root = Path(os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path) or "."))
    folders = {Path(os.path.realpath(file)).parent for served in snapshot.workflows for file in served.files}
    return frozenset((root, *(folder for folder in folders if not folder.is_relative_to(root) and folder.is_dir())))


async def changes(folders: frozenset[Path]) -> AsyncIterator[None]:
    """Tells of changes below folders; once also of none, for what happened before they were watched."""
    try:
        async for _ in _told(folders, force_polling=None):
            yield
    except OSError as error:  # there may be more folders than the system watches
        print(f"looking for changes every {POLLING} ms, because files cannot be watched: {error}", file=sys.stderr)
        async for _ in _told(folders, force_polling=True):
            yield


async def _told(folders: frozenset[Path], *, force_polling: bool | None) -> AsyncIterator[None]:
    has_looked = False
    watching = awatch(
        *sorted(folders),
        watch_filter=SourceFilter(),
        debounce=SETTLED,
        step=STEP,
        rust_timeout=LOOK_AGAIN,
        yield_on_timeout=True,
        force_polling=force_polling,
        poll_delay_ms=POLLING,
        ignore_permission_denied=True,
    )
    async for changes in watching:
        if changes or not has_looked:
            has_looked = True
            yield


class SourceFilter(DefaultFilter):
    """Files that may tell on a graph; whole folders too, which may come and go by renaming."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, *SKIPPED_FOLDERS, ".wrangler")

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change of a path counts."""
        name = os.path.basename(path)
        wanted = name == GITIGNORE or os.path.splitext(name)[1].lower() in _SUFFIXES
        return wanted and super().__call__(change, path)
