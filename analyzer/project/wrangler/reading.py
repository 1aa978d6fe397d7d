"""From a wrangler file to a worker's configuration. Nothing here raises for what a file holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from analyzer.config import KeyPath
from analyzer.project.documents import Document, DocumentProblem, parse_jsonc, parse_toml
from analyzer.project.documents.access import elements_of, integer_of, table_of, tables_of, text_of, texts_of
from analyzer.project.documents.document import START
from analyzer.project.nearest import WRANGLER_NAMES, nearest_file
from analyzer.project.wrangler.checks import check
from analyzer.project.wrangler.config import ConfigProblem, Limits, ProblemKind, WorkerConfig, WorkflowEntry
from analyzer.records import record

CONFIG_NAMES = WRANGLER_NAMES

_INHERITED = ("main", "compatibility_date", "compatibility_flags", "exports", "limits")
"""Fields that an environment takes from the top level if it has none of its own; its name is made of the top level's."""


def find_config(folder: str) -> str | None:
    """The configuration of a folder or of the nearest one around it, or None."""
    return nearest_file(folder, CONFIG_NAMES)


def read_wrangler(path: str) -> WorkerConfig:
    """Reads a configuration file. One that cannot be read is a worker without fields and with a problem."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except OSError as error:
        return _unreadable(path, error.strerror or "cannot be read")
    except UnicodeDecodeError:
        return _unreadable(path, "not UTF-8")
    return parse_wrangler(path, text)


def parse_wrangler(path: str, text: str) -> WorkerConfig:
    """What ``read_wrangler`` makes of a file of this name and text."""
    document = parse_toml(path, text) if path.endswith(".toml") else parse_jsonc(path, text)
    return _worker(document)


def _unreadable(path: str, reason: str) -> WorkerConfig:
    return _worker(Document(path, {}, {}, (DocumentProblem(reason, START),)))


def _worker(document: Document) -> WorkerConfig:
    """What wrangler would say of the content of a file it can read; of another only why it cannot."""
    unread = [ConfigProblem(ProblemKind.SYNTAX, problem.message, (), problem.position) for problem in document.problems]
    top = _Part(document, document.data, {}, None)
    environments = tuple(_config(part, (), ()) for part in _environments(document))
    return _config(top, environments, tuple(unread or check(document)))


@record
class _Part:
    """The top level or an environment: its fields with those it inherits, and which are its own."""

    document: Document
    data: Mapping[str, object]
    own: Mapping[str, object]
    environment: str | None

    def key(self, field: str) -> KeyPath:
        return ("env", self.environment, field) if self.environment is not None and field in self.own else (field,)


def _environments(document: Document) -> Iterator[_Part]:
    top = document.data
    name = text_of(top, "name")
    for environment, own in tables_of(top, "env"):
        inherited = {key: top[key] for key in _INHERITED if key in top}
        if name is not None:
            inherited["name"] = f"{name}-{environment}"
        yield _Part(document, {**inherited, **own}, own, environment)


def _config(part: _Part, environments: tuple[WorkerConfig, ...], problems: tuple[ConfigProblem, ...]) -> WorkerConfig:
    data = part.data
    limits = table_of(data, "limits")
    return WorkerConfig(
        path=part.document.path,
        environment=part.environment,
        name=text_of(data, "name"),
        main=text_of(data, "main"),
        compatibility_date=_date_of(data, "compatibility_date"),
        compatibility_flags=texts_of(data, "compatibility_flags"),
        workflows=tuple(_workflows(part)),
        exports=tuple(_exports(part)),
        limits=Limits(integer_of(limits, "cpu_ms"), integer_of(limits, "subrequests")),
        environments=environments,
        problems=problems,
        document=part.document,
    )


def _date_of(table: Mapping[str, object], key: str) -> str | None:
    """A date as text, also where TOML's own type for dates is used, which wrangler rejects."""
    match table.get(key):
        case str(text):
            return text
        case date() as day:
            return day.isoformat()[:10]
        case _:
            return None


def _workflows(part: _Part) -> Iterator[WorkflowEntry]:
    for index, entry in elements_of(part.data, "workflows"):
        yield WorkflowEntry(
            key=(*part.key("workflows"), index),
            class_name=text_of(entry, "class_name"),
            name=text_of(entry, "name"),
            binding=text_of(entry, "binding"),
            script_name=text_of(entry, "script_name"),
            step_limit=integer_of(table_of(entry, "limits"), "steps"),
            retention=_retention(entry),
        )


def _exports(part: _Part) -> Iterator[WorkflowEntry]:
    for class_name, entry in tables_of(part.data, "exports"):
        if entry.get("type") == "workflow":
            yield WorkflowEntry(
                key=(*part.key("exports"), class_name),
                class_name=class_name,
                name=text_of(entry, "name"),
                step_limit=integer_of(table_of(entry, "limits"), "steps"),
                retention=_retention(entry),
            )


def _retention(entry: Mapping[str, object]) -> tuple[str | int | None, str | int | None]:
    table = table_of(entry, "default_retention")
    success, error = (text_of(table, key) or integer_of(table, key) for key in ("success_retention", "error_retention"))
    return success, error
