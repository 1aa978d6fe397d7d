"""Finding and reading a project's configuration: ``stepgraph.toml``, or ``[tool.stepgraph]`` in ``pyproject.toml``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from analyzer.config import DEFAULT_SETTINGS, KeyPath, Settings
from analyzer.errors import ConfigurationError

if TYPE_CHECKING:
    from analyzer.project.documents import Document

OWN_NAME, SHARED_NAME = "stepgraph.toml", "pyproject.toml"
_TABLE: KeyPath = ("tool", "stepgraph")


def find_settings(start: str) -> Settings:
    """The settings for a file or folder: of the nearest configuration in or around it, else the defaults.

    A ``pyproject.toml`` without the table is none. Raises ConfigurationError for what a configuration cannot mean.
    """
    path = os.path.abspath(start)
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while True:
        for name in (OWN_NAME, SHARED_NAME):
            settings = _read_if_there(os.path.join(folder, name))
            if settings is not None:
                return settings
        parent = os.path.dirname(folder)
        if parent == folder:
            return DEFAULT_SETTINGS
        folder = parent


def read_settings(path: str) -> Settings:
    """The settings of a configuration file that was named. Raises ConfigurationError if it cannot be read or is wrong."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except OSError as error:
        raise ConfigurationError(path, ((1, 1, error.strerror or "cannot be read"),)) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(path, ((1, 1, "not UTF-8"),)) from error
    from analyzer.project.documents import parse_toml

    return _validated(parse_toml(path, text), _TABLE if os.path.basename(path) == SHARED_NAME else ())


def _read_if_there(path: str) -> Settings | None:
    """The settings of a file, or None; a ``pyproject.toml`` that does not speak of this tool is not even parsed."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    if os.path.basename(path) == OWN_NAME:
        return read_settings(path)
    return read_settings(path) if b"stepgraph" in data and _has_table(path, data) else None


def _has_table(path: str, data: bytes) -> bool:
    """Whether there is a table of this tool. What does not parse counts as one: it may be wrong just there."""
    from analyzer.project.documents import parse_toml
    from analyzer.project.documents.access import table_of

    document = parse_toml(path, data.decode("utf-8", "replace"))
    return bool(document.problems) or "stepgraph" in table_of(document.data, "tool")


def _validated(document: Document, table: KeyPath) -> Settings:
    if document.problems:
        problems = ((*problem.position, problem.message) for problem in document.problems)
        raise ConfigurationError(document.path, tuple(problems))
    from analyzer.project.settings_schema import validate

    return validate(document, table)
