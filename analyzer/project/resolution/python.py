"""Where an import of a Python module leads, as Python's path-based finder sees the folders of a worker."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

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

    def resolve(self, specifier: str, importer: str) -> str | Unresolved:
        """The absolute path of the module a specifier means in the one at an absolute path, or why there is none."""
        name = specifier.lstrip(".")
        level = len(specifier) - len(name)
        parts = name.split(".") if name else []
        if level:
            return self._relative(specifier, parts, level, importer)
        if not parts or not all(parts):
            return Unresolved(f"{specifier} is no name of a module")
        return self._absolute(specifier, parts, importer)

    def _relative(self, specifier: str, parts: list[str], level: int, importer: str) -> str | Unresolved:
        folder = os.path.dirname(importer)
        for _ in range(level - 1):
            folder = os.path.dirname(folder)
        path = os.path.join(folder, *parts)
        found = self._module(path) or (path if self.files.is_folder(path) else None)
        return found or Unresolved(f"{specifier}: no such module")

    def _absolute(self, specifier: str, parts: list[str], importer: str) -> str | Unresolved:
        """A module or regular package in any root goes before a folder without ``__init__.py``, as in Python."""
        roots = list(self._roots(importer))
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

    def _roots(self, importer: str) -> Iterator[str]:
        """The folder of the importing top-level package, those around it up to the project's, and that one's ``src``."""
        folder = os.path.dirname(importer)
        while self.files.is_file(os.path.join(folder, _INIT)) and os.path.dirname(folder) != folder:
            folder = os.path.dirname(folder)
        project = next((parent for parent in upward(folder) if self._is_project(parent)), folder)
        for parent in upward(folder):
            yield parent
            if parent == project:
                break
        yield os.path.join(project, "src")

    def _is_project(self, folder: str) -> bool:
        return any(os.path.exists(os.path.join(folder, name)) for name in _ROOTS)

    def _module(self, path: str) -> str | None:
        return next((name for name in (os.path.join(path, _INIT), path + ".py") if self.files.is_file(name)), None)

    def _folder(self, root: str, parts: list[str]) -> str | None:
        path = os.path.join(root, *parts)
        return path if self.files.is_folder(path) else None
