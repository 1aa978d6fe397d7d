"""How the builder asks for other modules of the project; ``project`` implements it, ``api`` plugs it in."""

from __future__ import annotations

from typing import Protocol

from analyzer.flow.module import Module
from analyzer.records import record


@record
class Missing:
    """A specifier that leads to no module of the project, and why in words."""

    specifier: str
    reason: str


class Modules(Protocol):
    """Finds the module a specifier names, seen from an importing one. The same file gives the same object."""

    def load(self, specifier: str, importer: Module) -> Module | Missing:
        """The module, read and lowered lazily, or why there is none. Never raises."""
        ...


class _NoModules:
    def load(self, specifier: str, importer: Module) -> Module | Missing:
        return Missing(specifier, "imports are not followed")


NO_MODULES: Modules = _NoModules()
"""Follows no import: for a single source."""
