"""The modules of a project, each read when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.errors import StepgraphError
from analyzer.flow.module import Module
from analyzer.project.reading import read_source
from analyzer.project.resolution.ecmascript import EcmaScriptResolver
from analyzer.project.resolution.files import Files
from analyzer.project.resolution.outcome import Unresolved
from analyzer.project.resolution.python import PythonResolver
from analyzer.source import Language, SourceFile

M_co = TypeVar("M_co", covariant=True)


class ProjectModules(Generic[M_co]):
    """Follows imports: the builder's ``Modules``, without knowing the builder.

    ``parse`` makes a module of a source; ``missing`` what the caller wants to get for a specifier that leads to no module,
    of the specifier and the reason. The same file is the same object, whatever path leads to it.
    """

    def __init__(
        self,
        parse: Callable[[SourceFile], Module],
        missing: Callable[[str, str], M_co],
        settings: Settings = DEFAULT_SETTINGS,
    ) -> None:
        self._parse, self._missing, self._settings = parse, missing, settings
        files = Files()
        self._resolve: dict[Language, Callable[[str, str], str | Unresolved]] = {
            Language.JAVASCRIPT: EcmaScriptResolver(files, settings.follow_packages).resolve,
            Language.PYTHON: PythonResolver(files).resolve,
        }
        self._modules: dict[str, Module | Unresolved] = {}
        self._found: dict[tuple[str, str], Module | Unresolved] = {}

    @property
    def sources(self) -> Mapping[str, SourceFile]:
        """The sources of the modules read so far, by path: what the spans of a graph point into."""
        modules = (module for module in self._modules.values() if type(module) is Module)
        return {module.source.path: module.source for module in modules}

    def open(self, path: str) -> Module:
        """The module of a source file. Raises UnreadableFileError or UsageError where it cannot be read."""
        match self._modules.get(os.path.realpath(path)):
            case Module() as known:
                return known
        return self.add(self._parse(read_source(path, max_size=self._settings.max_size)))

    def add(self, module: Module) -> Module:
        """Takes in a module that was read elsewhere; gives the one that stands for its file."""
        real = os.path.realpath(module.source.path)
        match self._modules.get(real):
            case Module() as known:
                return known
        self._modules[real] = module
        return module

    def load(self, specifier: str, importer: Module) -> Module | M_co:
        """The module a specifier means in another one, or what ``missing`` makes of the reason why there is none."""
        match self.find(specifier, importer):
            case Unresolved(reason=reason):
                return self._missing(specifier, reason)
            case module:
                return module

    def find(self, specifier: str, importer: Module) -> Module | Unresolved:
        """The same with the reason itself."""
        key = (specifier, importer.source.path)
        if key not in self._found:
            self._found[key] = self._look(specifier, importer.source)
        return self._found[key]

    def _look(self, specifier: str, importer: SourceFile) -> Module | Unresolved:
        path = self._resolve[importer.language](specifier, os.path.abspath(importer.path))
        match path:
            case Unresolved():
                return path
        real = os.path.realpath(path)
        if real not in self._modules:
            shown = path if os.path.isabs(importer.path) else os.path.relpath(path)
            self._modules[real] = self._read(shown, importer.language)
        return self._modules[real]

    def _read(self, path: str, language: Language) -> Module | Unresolved:
        """A folder is a Python package without a file: a module with nothing in it."""
        try:
            is_folder = os.path.isdir(path)
            source = SourceFile(path, "", language) if is_folder else read_source(path, max_size=self._settings.max_size)
            return self._parse(source)
        except StepgraphError as error:
            return Unresolved(str(error))
