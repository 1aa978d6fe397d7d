"""Which source file a path without, or with another, suffix means in JavaScript and TypeScript."""

from __future__ import annotations

import os
from collections.abc import Iterator

from analyzer.project.documents.access import text_of
from analyzer.project.resolution.files import Files
from analyzer.source import Language, language_of

ENDINGS = (".tsx", ".ts", ".jsx", ".js")
"""What is put behind a path, in the order in which esbuild, wrangler's bundler, does."""

WRITTEN_FOR = {".js": (".ts", ".tsx"), ".jsx": (".ts", ".tsx"), ".mjs": (".mts",), ".cjs": (".cts",)}
"""The suffix of the compiled file and those of the source that may stand in its place."""

DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
_BUILT = frozenset({"dist", "build", "lib", "out", "es", "esm", "cjs", "types"})
_FIELDS = ("browser", "module", "main", "source", "types")
"""Fields of a ``package.json`` that name its entry: wrangler's order, then those that may lead to sources."""


def source_at(files: Files, path: str) -> str | None:
    """The source file an absolute path means: itself, with another suffix, or the entry of a folder; else None."""
    return _file_at(files, path) or (_folder_at(files, path) if files.is_folder(path) else None)


def source_behind(files: Files, folder: str, target: str) -> str | None:
    """The source a target of a package means; where it names a built file that is not there, the one it is built from."""
    for path in _with_origins(os.path.normpath(target)):
        found = source_at(files, os.path.join(folder, path))
        if found is not None:
            return found
    return None


def entry_of(files: Files, folder: str) -> str | None:
    """The source of a package's entry as its ``package.json`` names it without ``exports``, or of its index."""
    manifest = files.manifest(folder) or {}
    for field in _FIELDS:
        target = text_of(manifest, field)
        if target and os.path.normpath(target) != ".":
            found = source_behind(files, folder, target)
            if found is not None:
                return found
    return _file_at(files, os.path.join(folder, "index")) or _file_at(files, os.path.join(folder, "src", "index"))


def _file_at(files: Files, path: str) -> str | None:
    return next((name for name in _candidates(path) if _is_source(name) and files.is_file(name)), None)


def _candidates(path: str) -> Iterator[str]:
    yield path
    for ending in ENDINGS:
        yield path + ending
    stem, ending = os.path.splitext(path)
    for written in WRITTEN_FOR.get(ending, ()):
        yield stem + written


def _is_source(path: str) -> bool:
    return language_of(path) is Language.JAVASCRIPT and not path.endswith(DECLARATIONS)


def _folder_at(files: Files, path: str) -> str | None:
    if files.manifest(path) is not None:
        return entry_of(files, path)
    return _file_at(files, os.path.join(path, "index"))


def _with_origins(target: str) -> Iterator[str]:
    """A target and where its source may be: beside a declaration, in ``src`` for what is in a folder of built files."""
    for ending in DECLARATIONS:
        if target.endswith(ending):
            target = target.removesuffix(ending) + ending.removeprefix(".d")
    yield target
    parts = target.split(os.sep)
    inner = next((index for index, part in enumerate(parts) if part not in _BUILT), len(parts))
    if 0 < inner < len(parts):
        origin = os.path.join("src", *parts[inner:])
        yield origin
        yield os.path.splitext(origin)[0]
