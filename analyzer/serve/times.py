"""Times of files."""

from __future__ import annotations

import os


def written(path: str) -> float:
    """When a file was last written, in seconds since 1970 UTC; 0 if it is gone."""
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0
