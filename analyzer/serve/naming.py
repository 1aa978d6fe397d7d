"""Which name each workflow has on the platform, or would have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzer.analyses.engine import STEP_LIMITS
from analyzer.config import Plan
from analyzer.records import replace
from analyzer.serve.configured import Configured
from analyzer.serve.names import free_name, valid_name
from analyzer.serve.snapshot import Served
from analyzer.serve.times import written


def named(found: Iterable[Served], entries: Sequence[Configured], project: str, plan: Plan) -> tuple[Served, ...]:
    """Workflows with the names, scripts and step limits that configurations give them, sorted by path and line.

    Without a configuration the name is the class, and the script is the project. Names are valid, and no two are alike. A
    stale workflow keeps what it has. Entries whose class was not found follow, without a graph.
    """
    script, limit = valid_name(project), STEP_LIMITS[plan]
    pairs = [(served, None if served.stale else _entry_of(served, entries)) for served in sorted(found, key=_place)]
    taken = {served.name for served, _ in pairs if served.stale}
    workflows = [served for served, _ in pairs if served.stale]
    for served, entry in pairs:
        if entry is not None:
            workflows.append(_configured(served, entry, taken, limit))
    unnamed = taken | {entry.name for entry in entries}
    for served, entry in pairs:
        if entry is None and not served.stale:
            name = free_name(served.class_name, unnamed)
            unnamed.add(name)
            workflows.append(replace(served, name=name, script_name=script, step_limit=limit))
    return (*sorted(workflows, key=_place), *_missing(entries, taken, limit))


def _place(served: Served) -> tuple[str, int, str]:
    return served.path, served.line, served.class_name


def _entry_of(served: Served, entries: Iterable[Configured]) -> Configured | None:
    return next((entry for entry in entries if entry.means(served.class_name, served.path)), None)


def _configured(served: Served, entry: Configured, taken: set[str], limit: int) -> Served:
    name = free_name(entry.name, taken)
    taken.add(name)
    return replace(served, name=name, script_name=entry.script_name, step_limit=entry.step_limit or limit)


def _missing(entries: Iterable[Configured], taken: set[str], limit: int) -> Iterator[Served]:
    """What configurations name and nothing declares: listed, as the platform lists a workflow it has no graph of."""
    for entry in entries:
        if entry.name not in taken:
            time = written(entry.path)
            place = (entry.class_name, entry.path, entry.line, entry.language)
            served = Served(entry.name, entry.script_name, *place, created_on=time, modified_on=time)
            yield _configured(served, entry, taken, limit)
