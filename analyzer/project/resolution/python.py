"""Where an import of a Python module leads, as Python's path-based finder sees the folders of a worker."""

from __future__ import annotations

import os
import sys
from functools import cache

from analyzer.project.resolution.files import Files, upward
from analyzer.project.resolution.outcome import Unresolved

RUNTIME_MODULES = frozenset({"workers", "js", "pyodide", "pyodide_js", "_workers", "asgi"})
"""Top-level modules that the platform brings along."""

_ROOTS = ("wrangler.json", "wrangler.jsonc", "wrangler.toml", "pyproject.toml", "setup.py", ".git")
"""What marks the folder of a project: above it no import is looked for."""

_INIT = "__init__.py"


class PythonResolver:
    """Resolves specifiers of one project. A folder without ``__init__.py`` is a package as well; the answer is its path."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.is_project = cache(_is_project)

    def resolve(self, specifier: str, importer: str) -> str | Unresolved:
        """The absolute path of the module a specifier means in the one at an absolute path, or why there is none."""
        name = specifier.lstrip(".")
        level = len(specifier) - len(name)
        parts = name.split(".") if name else []
        if not specifier or not all(part.isidentifier() for part in parts):
            return Unresolved(f"{specifier} is no name of a module")
        return self._relative(specifier, parts, level, importer) if level else self._absolute(specifier, parts, importer)

    def _relative(self, specifier: str, parts: list[str], level: int, importer: str) -> str | Unresolved:
        folder = os.path.dirname(importer)
        for _ in range(min(level - 1, folder.count(os.sep))):
            folder = os.path.dirname(folder)
        if parts:
            path = os.path.join(folder, *parts)
            return self._module(path) or self._folder(folder, parts) or Unresolved(f"{specifier}: no such module")
        init = os.path.join(folder, _INIT)
        return init if self.files.is_file(init) else folder

    def _absolute(self, specifier: str, parts: list[str], importer: str) -> str | Unresolved:
        """A module or regular package in any root goes before a folder without ``__init__.py``, as in Python."""
        roots = self._roots(importer)
        foreign = parts[0] in RUNTIME_MODULES or parts[0] in sys.stdlib_module_names
        for root in roots[:1] if foreign else roots:
            if self._module(os.path.join(root, parts[0])) is not None:
                found = self._module(os.path.join(root, *parts))
                return found or self._folder(root, parts) or Unresolved(f"{specifier}: no such module")
        for root in () if foreign else roots:
            path = os.path.join(root, *parts)
            found = self._module(path) or self._folder(root, parts)
            if found is not None:
                return found
        return Unresolved(f"{specifier} is no module of the project")

    def _roots(self, importer: str) -> list[str]:
        """The folder of the importing top-level package, those around it up to the project's, and that one's ``src``."""
        package = os.path.dirname(importer)
        while self.files.is_file(os.path.join(package, _INIT)) and os.path.dirname(package) != package:
            package = os.path.dirname(package)
        roots = self._enclosing(package)
        return [*roots, os.path.join(roots[-1], "src")]

    def _enclosing(self, folder: str) -> list[str]:
        """A folder and those around it up to the project's; alone if nothing marks a project."""
        found: list[str] = []
        for parent in upward(folder):
            found.append(parent)
            if self.is_project(parent):
                return found
        return found[:1]

    def _module(self, path: str) -> str | None:
        return next((name for name in (os.path.join(path, _INIT), path + ".py") if self.files.is_file(name)), None)

    def _folder(self, root: str, parts: list[str]) -> str | None:
        path = os.path.join(root, *parts)
        return path if self.files.is_folder(path) else None


def _is_project(folder: str) -> bool:
    return any(os.path.exists(os.path.join(folder, name)) for name in _ROOTS)
