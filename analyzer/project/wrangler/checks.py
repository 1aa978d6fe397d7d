"""What wrangler 4.164 rejects or warns of in what concerns workflows. Source: the tool itself, run on such files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analyzer.config import KeyPath
from analyzer.project.documents import Document
from analyzer.project.documents.access import elements_of, tables_of, text_of
from analyzer.project.documents.wording import label, shown
from analyzer.project.wrangler.config import ConfigProblem, ProblemKind
from analyzer.project.wrangler.trouble import Trouble, wrong
from analyzer.project.wrangler.workflow_settings import SETTINGS, check_fields, check_settings

WORKFLOW_NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_-]{0,63}")
"""What the name of a workflow must match as a whole."""

_NAME_FORM = "1 to 64 letters, digits, underscores and hyphens that do not start with a hyphen"
_TEXTS = ("name", "main", "compatibility_date")
_EXPORT_TYPES = ("durable-object", "worker", "workflow")


def check(document: Document) -> list[ConfigProblem]:
    """The problems of a configuration, those of its environments included, by place."""
    return sorted((_placed(document, trouble) for trouble in _check_all(document.data)), key=lambda problem: problem.position)


def _placed(document: Document, trouble: Trouble) -> ConfigProblem:
    place = document.place(trouble.key)
    position = place.key if trouble.kind is ProblemKind.UNKNOWN_FIELD else place.value
    return ConfigProblem(trouble.kind, trouble.message, trouble.key, position)


def _check_all(top: Mapping[str, object]) -> Iterator[Trouble]:
    yield from _check_part((), top, top)
    match top.get("env", {}):
        case dict() as environments:
            for name, table in environments.items():
                yield from _check_environment(("env", name), table, top)
        case other:
            yield wrong(("env",), other, "an object")


def _check_environment(key: KeyPath, table: object, top: Mapping[str, object]) -> Iterator[Trouble]:
    match table:
        case dict():
            inherited = {"name": f"{top.get('name')}-{key[-1]}", "exports": top.get("exports")}
            yield from _check_part(key, table, {**inherited, **table})
            if "workflows" in top and "workflows" not in table:
                message = f'"workflows" of the top level is not inherited; repeat it in {label((*key, "workflows"))}'
                yield Trouble(ProblemKind.NOT_INHERITED, key, message)
        case _:
            yield wrong(key, table, "an object")


def _check_part(key: KeyPath, table: Mapping[str, object], effective: Mapping[str, object]) -> Iterator[Trouble]:
    """Checks the top level or an environment; ``effective``: with what it inherits."""
    for name in _TEXTS:
        if name in table and type(table[name]) is not str:
            yield wrong((*key, name), table[name], "a string")
    flags = table.get("compatibility_flags", [])
    if type(flags) is not list or any(type(flag) is not str for flag in flags):
        yield wrong((*key, "compatibility_flags"), flags, "a list of strings")
    yield from _check_bindings((*key, "workflows"), table, text_of(effective, "name"))
    yield from _check_exports((*key, "exports"), table)
    yield from _check_conflicts((*key, "workflows"), effective)


def _check_bindings(key: KeyPath, table: Mapping[str, object], worker: str | None) -> Iterator[Trouble]:
    match table.get("workflows", []):
        case list() as entries:
            for index, entry in enumerate(entries):
                yield from _check_binding((*key, index), entry, worker)
            yield from _duplicates(((*key, index), text_of(entry, "name")) for index, entry in elements_of(table, "workflows"))
        case other:
            yield wrong(key, other, "a list")


def _check_binding(key: KeyPath, entry: object, worker: str | None) -> Iterator[Trouble]:
    match entry:
        case dict():
            for name in ("binding", "name", "class_name"):
                yield from _required(key, entry, name)
            if "script_name" in entry and type(entry["script_name"]) is not str:
                yield wrong((*key, "script_name"), entry["script_name"], "a string")
            yield from check_settings(key, entry)
            yield from check_fields(key, entry, ("binding", "name", "class_name", "script_name", *SETTINGS))
            yield from _external_settings(key, entry, worker)
        case _:
            yield wrong(key, entry, "an object")


def _required(key: KeyPath, entry: Mapping[str, object], name: str) -> Iterator[Trouble]:
    match entry.get(name):
        case str(text):
            if name == "name" and not WORKFLOW_NAME.fullmatch(text):
                yield wrong((*key, name), text, _NAME_FORM, ProblemKind.NAME)
        case None if name not in entry:
            yield Trouble(ProblemKind.TYPE, key, f'{label(key)} needs a string "{name}"')
        case other:
            yield wrong((*key, name), other, "a string")


def _external_settings(key: KeyPath, entry: Mapping[str, object], worker: str | None) -> Iterator[Trouble]:
    script = text_of(entry, "script_name")
    if script is None or script == worker:
        return
    for name in SETTINGS:
        if name in entry:
            message = f"{label((*key, name))} must be set on worker {shown(script)}, which defines the workflow"
            yield Trouble(ProblemKind.EXTERNAL_SETTING, (*key, name), message)


def _check_exports(key: KeyPath, table: Mapping[str, object]) -> Iterator[Trouble]:
    match table.get("exports"):
        case dict() as entries:
            for class_name, entry in entries.items():
                yield from _check_export((*key, class_name), entry)
            yield from _duplicates(((*key, name), text) for name, text in _declared(table).items())
        case None:
            return
        case other:
            yield wrong(key, other, "an object whose keys are class names")


def _check_export(key: KeyPath, entry: object) -> Iterator[Trouble]:
    match entry:
        case dict() if entry.get("type") == "workflow":
            yield from _required(key, entry, "name")
            yield from check_settings(key, entry)
            yield from check_fields(key, entry, ("type", "name", *SETTINGS))
        case dict() if entry.get("type") in _EXPORT_TYPES:
            return
        case dict():
            yield wrong((*key, "type"), entry.get("type"), "one of " + ", ".join(map(shown, _EXPORT_TYPES)))
        case _:
            yield wrong(key, entry, "an object")


def _duplicates(names: Iterator[tuple[KeyPath, str | None]]) -> Iterator[Trouble]:
    first: dict[str, KeyPath] = {}
    for key, name in names:
        if name is None:
            continue
        if name in first:
            message = f"{label(key)} and {label(first[name])} both declare the workflow {shown(name)}; names must be unique"
            yield Trouble(ProblemKind.DUPLICATE_NAME, (*key, "name"), message)
        first.setdefault(name, key)


def _declared(table: Mapping[str, object]) -> dict[str, str | None]:
    """The class names of the exported workflows, with the workflows' names."""
    return {key: text_of(entry, "name") for key, entry in tables_of(table, "exports") if entry.get("type") == "workflow"}


def _check_conflicts(key: KeyPath, table: Mapping[str, object]) -> Iterator[Trouble]:
    """Where an entry of ``workflows`` names a workflow that ``exports`` declares."""
    classes = {name: class_name for class_name, name in _declared(table).items() if name is not None}
    for index, entry in elements_of(table, "workflows"):
        class_name = classes.get(text_of(entry, "name") or "")
        if class_name is not None:
            yield from _conflict((*key, index), entry, class_name, text_of(table, "name"))


def _conflict(key: KeyPath, entry: Mapping[str, object], exported: str, worker: str | None) -> Iterator[Trouble]:
    name, script = shown(entry["name"]), text_of(entry, "script_name")
    other = label(("exports", exported))
    if script is not None and script != worker:
        message = f"{label(key)} binds the workflow {name} of worker {shown(script)}, but {other} declares it in this worker"
        yield Trouble(ProblemKind.CONFLICT, (*key, "script_name"), message)
        return
    class_name = text_of(entry, "class_name")
    if class_name is not None and class_name != exported:
        message = (
            f"{label(key)} and {other} both declare the workflow {name}, with classes {shown(class_name)} and {shown(exported)}"
        )
        yield Trouble(ProblemKind.CONFLICT, (*key, "class_name"), message)
    for setting in SETTINGS:
        if setting in entry:
            message = f"{label((*key, setting))} configures the workflow {name}; set it in {other}, which declares it"
            yield Trouble(ProblemKind.CONFLICT, (*key, setting), message)
