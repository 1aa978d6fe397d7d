"""What a package offers under ``exports`` and ``imports`` of its ``package.json``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analyzer.project.documents.access import table_of
from analyzer.project.resolution.files import Files
from analyzer.project.resolution.outcome import Unresolved
from analyzer.project.resolution.sources import entry_of, source_at, source_behind

CONDITIONS = frozenset({"workerd", "worker", "browser", "module", "import", "require", "default"})
"""The conditions under which wrangler bundles."""

_MAX_DEPTH = 50
"""How deep conditions are followed; no package nests them more than a few levels."""


def split_specifier(specifier: str) -> tuple[str, str]:
    """A bare specifier as package name and the rest, which is empty or starts with a slash."""
    parts = specifier.split("/")
    length = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:length]), "".join(f"/{part}" for part in parts[length:])


def exported_source(files: Files, folder: str, name: str, rest: str) -> str | Unresolved:
    """The source that a package in a folder offers for the rest of a specifier (empty: the package itself)."""
    exports = (files.manifest(folder) or {}).get("exports")
    if exports is None:
        found = _unlisted(files, folder, rest)
        return found if found is not None else Unresolved(f"package {name} has no source for {name + rest}")
    targets = list(_targets(_by_subpath(exports), "." + rest))
    for target in targets:
        found = source_behind(files, folder, target)
        if found is not None:
            return found
    reason = f"leads to {targets[0]}, which is no source" if targets else "is not exported"
    return Unresolved(f"{name + rest} {reason} in package {name}")


def import_targets(manifest: Mapping[str, object], specifier: str) -> Iterator[str]:
    """What ``imports`` of a package gives for ``#…``: paths from its folder (``./…``) or bare specifiers."""
    return _targets(table_of(manifest, "imports"), specifier)


def _unlisted(files: Files, folder: str, rest: str) -> str | None:
    if not rest:
        return entry_of(files, folder)
    return source_at(files, folder + rest) or source_at(files, f"{folder}/src{rest}")


def _by_subpath(exports: object) -> Mapping[str, object]:
    match exports:
        case dict() if any(key.startswith(".") for key in exports):
            return exports
        case _:
            return {".": exports}


def _targets(table: Mapping[str, object], name: str) -> Iterator[str]:
    """The targets of the best matching key: those whose conditions hold, then the others, which may lead to sources."""
    if name in table and "*" not in name:
        yield from _ordered(table[name])
        return
    for key in sorted((key for key in table if key.count("*") == 1), key=_specificity, reverse=True):
        before, after = key.split("*")
        if name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after):
            part = name[len(before) : len(name) - len(after)]
            yield from (leaf.replace("*", part) for leaf in _ordered(table[key]))
            return


def _specificity(key: str) -> tuple[int, int]:
    return key.index("*"), len(key)


def _ordered(target: object) -> Iterable[str]:
    return dict.fromkeys((*_leaves(target, CONDITIONS, 0), *_leaves(target, None, 0)))


def _leaves(target: object, conditions: frozenset[str] | None, depth: int) -> Iterator[str]:
    match target:
        case str():
            yield target
        case list() if depth < _MAX_DEPTH:
            for item in target:
                yield from _leaves(item, conditions, depth + 1)
        case dict() if depth < _MAX_DEPTH:
            for condition, inner in target.items():
                if conditions is None or condition in conditions:
                    yield from _leaves(inner, conditions, depth + 1)
