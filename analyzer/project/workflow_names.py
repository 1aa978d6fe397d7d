"""What the worker's configuration around a file calls a workflow."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from analyzer.project.nearest import WRANGLER_NAMES, nearest_file

if TYPE_CHECKING:
    from collections.abc import Mapping


def workflow_name(path: str, class_name: str) -> str | None:
    """The name under which the nearest configuration around a file deploys a class; None: none does.

    The top level counts before environments. What is wrong with a configuration is left to the rules.
    """
    found = nearest_file(os.path.dirname(path) or ".", WRANGLER_NAMES)
    return None if found is None else _names(found).get(class_name)


@cache
def _names(path: str) -> Mapping[str, str]:
    from analyzer.project.wrangler import read_wrangler

    config = read_wrangler(path)
    names: dict[str, str] = {}
    for part in (config, *config.environments):
        for entry in part.own_workflows:
            if entry.class_name is not None and entry.name is not None:
                names.setdefault(entry.class_name, entry.name)
    return names
