"""Finding a configuration file in a folder or around it."""

from __future__ import annotations

import os
from collections.abc import Iterable

WRANGLER_NAMES = ("wrangler.json", "wrangler.jsonc", "wrangler.toml")
"""The names of a worker's configuration, in the order in which wrangler looks for them."""


def nearest_file(folder: str, names: Iterable[str]) -> str | None:
    """The file of one of these names, the first that is there, in a folder or the nearest one around it, or None."""
    names = tuple(names)
    folder = os.path.abspath(folder)
    while True:
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return path
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
