"""Path aliases of ``tsconfig.json`` and ``jsconfig.json``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache

from analyzer.project.documents import parse_jsonc
from analyzer.project.documents.access import elements_of, table_of, text_of, texts_of
from analyzer.project.resolution.files import Files, upward
from analyzer.records import record, replace

CONFIG_NAMES = ("tsconfig.json", "jsconfig.json")
_MAX_EXTENDS = 20
"""How long a chain of ``extends`` may be, so that a circular one ends."""


@record
class Aliases:
    """What non-relative specifiers mean: ``paths`` with the folder they start from, and the base folder, both absolute."""

    base: str | None = None
    paths: Mapping[str, tuple[str, ...]] | None = None
    folder: str = ""

    def candidates(self, specifier: str) -> Iterator[str]:
        """The absolute paths a specifier may mean, in the order in which they are tried."""
        yield from (os.path.normpath(os.path.join(self.base or self.folder, path)) for path in self._mapped(specifier))
        if self.base is not None:
            yield os.path.normpath(os.path.join(self.base, specifier))

    def _mapped(self, specifier: str) -> Iterator[str]:
        """The substitutions of the best pattern: the exact one, else the one with the longest part before its star."""
        paths = self.paths or {}
        if specifier in paths:
            yield from paths[specifier]
            return
        for pattern in sorted((key for key in paths if key.count("*") == 1), key=lambda key: -key.index("*")):
            before, after = pattern.split("*")
            if specifier.startswith(before) and specifier.endswith(after) and len(specifier) >= len(before) + len(after):
                part = specifier[len(before) : len(specifier) - len(after)]
                yield from (path.replace("*", part, 1) for path in paths[pattern])
                return


class TsConfigs:
    """Finds the configuration that holds for a folder; each is read once."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.aliases = cache(self._aliases)
        self._nearest = cache(self._read_with_references)

    def _aliases(self, folder: str) -> Aliases:
        """The aliases of the nearest configuration in or around an absolute folder; none if there is no configuration."""
        for parent in upward(folder):
            for name in CONFIG_NAMES:
                path = os.path.join(parent, name)
                if self.files.is_file(path):
                    return self._nearest(path)
        return Aliases()

    def _read_with_references(self, path: str) -> Aliases:
        """A configuration that only refers to others stands for the first of them that has aliases."""
        aliases, references = self._read(path, os.path.dirname(path), 0)
        if aliases.base is not None or aliases.paths:
            return aliases
        for reference in references:
            found, _ = self._read(reference, os.path.dirname(reference), 0)
            if found.base is not None or found.paths:
                return found
        return aliases

    def _read(self, path: str, leaf: str, depth: int) -> tuple[Aliases, tuple[str, ...]]:
        """The aliases of a file with those it extends, and the files it refers to; ``leaf``: what ``${configDir}`` is."""
        data = _load(path)
        folder = os.path.dirname(path)
        aliases = Aliases()
        for base in texts_of(data, "extends") if depth < _MAX_EXTENDS else ():
            extended = self._locate(folder, base)
            if extended is not None:
                aliases = _over(aliases, self._read(extended, leaf, depth + 1)[0])
        return _over(aliases, _own(data, folder, leaf)), tuple(self._references(data, folder))

    def _references(self, data: Mapping[str, object], folder: str) -> Iterator[str]:
        for _, reference in elements_of(data, "references"):
            path = os.path.join(folder, text_of(reference, "path") or ".")
            yield os.path.join(path, CONFIG_NAMES[0]) if self.files.is_folder(path) else path

    def _locate(self, folder: str, base: str) -> str | None:
        """The file that ``extends`` names: relative, or in a package of ``node_modules``."""
        if base.startswith(".") or os.path.isabs(base):
            starts = [os.path.join(folder, base)]
        else:
            starts = [os.path.join(parent, "node_modules", base) for parent in upward(folder)]
        endings = ("", ".json", os.sep + CONFIG_NAMES[0])
        paths = (os.path.normpath(start + ending) for start in starts for ending in endings)
        return next((path for path in paths if self.files.is_file(path)), None)


def _own(data: Mapping[str, object], folder: str, leaf: str) -> Aliases:
    options = table_of(data, "compilerOptions")
    base = text_of(options, "baseUrl")
    own = Aliases(None if base is None else os.path.normpath(os.path.join(folder, _with_leaf(base, leaf))))
    if "paths" not in options:
        return own
    table = table_of(options, "paths")
    return replace(
        own, paths={key: tuple(_with_leaf(path, leaf) for path in texts_of(table, key)) for key in table}, folder=folder
    )


def _with_leaf(path: str, leaf: str) -> str:
    return path.replace("${configDir}", leaf)


def _over(lower: Aliases, upper: Aliases) -> Aliases:
    """One configuration over another that it extends: each option as a whole."""
    base = lower.base if upper.base is None else upper.base
    return replace(lower if upper.paths is None else upper, base=base)


def _load(path: str) -> Mapping[str, object]:
    try:
        with open(path, encoding="utf-8-sig") as file:
            return parse_jsonc(path, file.read()).data
    except (OSError, UnicodeDecodeError):
        return {}
