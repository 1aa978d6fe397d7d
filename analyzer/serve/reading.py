"""From files to what is served; what cannot be read now stays as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator

from analyzer.api import Analysis, Options, analyze_paths, check_workers
from analyzer.graph.model import Note, Severity, Workflow
from analyzer.project.settings import find_settings
from analyzer.records import replace
from analyzer.serve.configured import configured_workflows
from analyzer.serve.memory import Memory
from analyzer.serve.naming import named
from analyzer.serve.snapshot import Served, Snapshot
from analyzer.serve.times import written


def read_project(path: str, options: Options, before: Snapshot, memory: Memory, changed: frozenset[str]) -> Snapshot:
    """Reads a file, or what is below a folder. ``before``: the snapshot whose graphs stand in for those that are broken.

    ``memory``: of analyses; ``changed``: the files that are different since it was used, none: any may be. Raises
    StepgraphError if the path is gone or the settings of the project cannot be read.
    """
    settings = find_settings(path)
    options = replace(options, facts=True, settings=settings)
    memory.forget(changed, options)
    analyses = [*analyze_paths([path], options=options, executor=memory)]
    served = [each for analysis in analyses for each in _served(analysis, before)]
    of_workers, _ = check_workers([path], options=options)
    errors = {error for analysis in analyses for error in analysis.errors}
    project = os.path.basename(os.path.realpath(path))
    workflows = named(served, configured_workflows([path], settings), project, settings.plan)
    return Snapshot(workflows, tuple(sorted(errors)), tuple(of_workers))


def _served(analysis: Analysis, before: Snapshot) -> Iterator[Served]:
    """The workflows of a file: as they are, or as they were if an error is in the way."""
    known = {old.key: old for old in before.workflows if old.analysis is not None and old.analysis.path == analysis.path}
    own = {note for workflow in analysis.workflows for note in workflow.notes}
    is_broken = any(map(_is_error, set(analysis.notes) - own))
    for index, workflow in enumerate(analysis.workflows):
        sound = not (is_broken or any(map(_is_error, workflow.notes)))
        fresh = _fresh(analysis, index, workflow, sound)
        old = known.pop(fresh.key, None)
        yield fresh if sound or old is None or not old.sound else replace(old, stale=True)
    if is_broken:
        yield from (replace(old, stale=True) for old in known.values())


def _is_error(note: Note) -> bool:
    return note.severity is Severity.ERROR


def _fresh(analysis: Analysis, index: int, workflow: Workflow, sound: bool) -> Served:
    path, line = analysis.path, 1
    if workflow.span is not None:
        path, line = workflow.span.path, analysis.sources[workflow.span.path].position(workflow.span.start).line
    times = [written(source) for source in analysis.sources]
    return Served(
        name=workflow.class_name,
        script_name="",
        class_name=workflow.class_name,
        path=path,
        line=line,
        language=workflow.language,
        analysis=analysis,
        index=index,
        sound=sound,
        created_on=min(times),
        modified_on=max(times),
    )
