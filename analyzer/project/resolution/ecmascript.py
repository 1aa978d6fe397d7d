"""Where an import of a JavaScript or TypeScript module leads, as wrangler's bundler and TypeScript find it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from analyzer.project.documents.access import table_of, text_of
from analyzer.project.resolution.files import Files, upward
from analyzer.project.resolution.outcome import Unresolved
from analyzer.project.resolution.packages import exported_source, import_targets, split_specifier
from analyzer.project.resolution.sources import source_at
from analyzer.project.resolution.tsconfig import TsConfigs
from analyzer.project.resolution.workspaces import Workspaces

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:")
_LINK = re.compile(r"(?:file|link|portal|workspace):(?=[./])")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")


class EcmaScriptResolver:
    """Resolves specifiers of one project. ``followed``: names of packages in ``node_modules`` to be read, with ``*``."""

    def __init__(self, files: Files, followed: Iterable[str] = ()) -> None:
        self.files = files
        self.followed = tuple(followed)
        self.tsconfigs = TsConfigs(files)
        self.workspaces = Workspaces(files)

    def resolve(self, specifier: str, importer: str) -> str | Unresolved:
        """The absolute path of the source a specifier means in the module at an absolute path, or why there is none."""
        folder = os.path.dirname(importer)
        path = specifier.partition("?")[0]
        if path in (".", "..") or path.startswith(("./", "../", "/")):
            return self._at(os.path.normpath(os.path.join(folder, path)), specifier)
        if _SCHEME.match(path):
            return Unresolved(f"{specifier} is a module of the runtime")
        for candidate in self.tsconfigs.aliases(folder).candidates(path):
            found = source_at(self.files, candidate)
            if found is not None:
                return found
        return self._imported(path, folder) if path.startswith("#") else self._package(path, folder)

    def _at(self, path: str, specifier: str) -> str | Unresolved:
        found = source_at(self.files, path)
        if found is not None:
            return found
        if self.files.is_file(path):
            return Unresolved(f"{specifier} is neither JavaScript nor TypeScript")
        return Unresolved(f"{specifier}: no such file")

    def _imported(self, specifier: str, folder: str) -> str | Unresolved:
        """``#…``: what the nearest ``package.json`` maps it to."""
        for parent in upward(folder):
            manifest = self.files.manifest(parent)
            if manifest is None:
                continue
            for target in import_targets(manifest, specifier):
                inside = target.startswith(".")
                found = source_at(self.files, os.path.normpath(os.path.join(parent, target))) if inside else None
                package = None if inside or target.startswith("#") else self._package(target, parent)
                match found or package:
                    case str(path):
                        return path
            break
        return Unresolved(f"{specifier} is not in imports of the package")

    def _package(self, specifier: str, folder: str) -> str | Unresolved:
        name, rest = split_specifier(specifier)
        package = self._own(name, folder) or self.workspaces.folder_of(name, folder) or self._linked(name, folder)
        if package is None and any(fnmatchcase(name, pattern) for pattern in self.followed):
            package = self._installed(name, folder)
            if package is None:
                return Unresolved(f"package {name} is to be followed but not installed")
        if package is None:
            return Unresolved(f"package {name} is no part of the project, nor among the packages to follow")
        return exported_source(self.files, package, name, rest)

    def _own(self, name: str, folder: str) -> str | None:
        """The package a folder belongs to, if it is called so and says what it exports."""
        for parent in upward(folder):
            manifest = self.files.manifest(parent)
            if manifest is not None:
                return parent if manifest.get("name") == name and "exports" in manifest else None
        return None

    def _linked(self, name: str, folder: str) -> str | None:
        """The folder a dependency is linked to: ``"file:../shared"`` and its like in the nearest ``package.json``."""
        for parent in upward(folder):
            manifest = self.files.manifest(parent)
            if manifest is None:
                continue
            for field in _DEPENDENCIES:
                version = text_of(table_of(manifest, field), name) or ""
                if _LINK.match(version):
                    return os.path.normpath(os.path.join(parent, version.partition(":")[2]))
            return None
        return None

    def _installed(self, name: str, folder: str) -> str | None:
        folders = (os.path.join(parent, "node_modules", name) for parent in upward(folder))
        return next((path for path in folders if self.files.is_folder(path)), None)
