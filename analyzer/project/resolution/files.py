"""Looking at the file system, at each thing once: a project does not change while it is analyzed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache


class Files:
    """Answers about absolute paths, remembered for the life of the object."""

    def __init__(self) -> None:
        self.is_file = cache(os.path.isfile)
        self.is_folder = cache(os.path.isdir)
        self.manifest = cache(_manifest)

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in a folder, links and hidden ones aside, sorted; none if it cannot be read."""
        try:
            with os.scandir(folder) as entries:
                return sorted(e.name for e in entries if e.is_dir(follow_symlinks=False) and not e.name.startswith("."))
        except OSError:
            return []


def upward(folder: str) -> Iterator[str]:
    """An absolute folder and those around it, the innermost first."""
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent


def _manifest(folder: str) -> Mapping[str, object] | None:
    """A folder's ``package.json``; None if there is none, empty if it is no JSON object."""
    try:
        with open(os.path.join(folder, "package.json"), encoding="utf-8-sig") as file:
            data = json.load(file)
    except OSError:
        return None
    except (ValueError, RecursionError):
        return {}
    match data:
        case dict():
            return data
        case _:
            return {}
