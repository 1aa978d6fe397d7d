"""The builder's way to the files of the project: loaded when the first import may lead to one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from analyzer.builder.modules import Missing
from analyzer.config import Settings
from analyzer.flow.module import Module
from analyzer.frontends import read
from analyzer.source import SourceFile

if TYPE_CHECKING:
    from analyzer.project.resolution.modules import ProjectModules

PLATFORM = ("cloudflare:", "node:")


class ImportedModules:
    """Follows the imports of one module, and of what it imports. ``parser``: of JavaScript, as in ``frontends.read``."""

    def __init__(self, module: Module, parser: str, settings: Settings) -> None:
        self._module, self._parser, self._settings = module, parser, settings

    def load(self, specifier: str, importer: Module) -> Module | Missing:
        """The module of the project that a specifier means, or why there is none."""
        if specifier.startswith(PLATFORM):
            return Missing(specifier, "part of the platform")
        return self._project.load(specifier, importer)

    @property
    def sources(self) -> Mapping[str, SourceFile]:
        """The sources read for imports, by path."""
        return self._project.sources if "_project" in self.__dict__ else {}

    @cached_property
    def _project(self) -> ProjectModules[Missing]:
        from analyzer.project.resolution.modules import ProjectModules

        modules = ProjectModules(partial(read, parser=self._parser), Missing, self._settings)
        modules.add(self._module)
        return modules
